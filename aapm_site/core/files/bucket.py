"""Files in an S3 bucket, for a site of several machines. Imported only where S3_BUCKET is set: boto3 is heavy."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from tempfile import SpooledTemporaryFile
from typing import Any

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import ContentFile, File
from storages.backends.s3 import S3Storage

from .away import FilesAway

IN_MEMORY = 1024 * 1024  # bytes of a file that is read; the rest of a larger one lies on the disk meanwhile
PIECE = 1024 * 1024  # bytes of a part that are fetched at once, and lie in memory
CONNECT_SECONDS, READ_SECONDS, TRIES = 3, 10, 2
MISSING = ("NoSuchKey", "404", "NotFound")
PROBE = "is-it-there.txt"


class BucketStorage(S3Storage):
    """One folder of the bucket. It has no addresses: only the site's views hand its files out.

    A file that is opened is fetched whole, so that a failure comes before the first byte of an answer, and a slow
    reader holds no connection to the bucket. A part of one (`open_part`) is fetched in pieces, as it is read. Whatever
    keeps the bucket from answering is FilesAway.
    """

    def get_default_settings(self) -> dict[str, Any]:
        defaults = super().get_default_settings()
        return defaults | {
            "file_overwrite": False,
            "signature_version": "s3v4",
            "transfer_config": TransferConfig(use_threads=False),
        }

    def __init__(self, **options: Any) -> None:
        own = bool(options.get("endpoint_url"))  # not Amazon's: older ones know neither host names nor newer checksums
        checksums = "when_required" if own else "when_supported"
        config = Config(
            s3={"addressing_style": "path" if own else "auto"},
            signature_version="s3v4",
            connect_timeout=CONNECT_SECONDS,
            read_timeout=READ_SECONDS,
            retries={"mode": "standard", "total_max_attempts": TRIES},
            request_checksum_calculation=checksums,
            response_checksum_validation=checksums,
        )
        super().__init__(client_config=config, **options)

    @property
    def place(self) -> str:
        """What it is called to the operator."""
        return f"{self.location}/ in the bucket {self.bucket_name}"

    def check(self) -> None:
        """Write, read, list and delete a small file. Raises FilesAway."""
        name = self.save(PROBE, ContentFile(b"Written when the site started."))
        self.open(name).close()
        self.listdir("")
        self.delete(name)

    def url(self, name: str | None, *_: Any, **__: Any) -> str:
        raise ValueError("Files have no address in the bucket; a view of the site hands them out.")

    def _open(self, name: str, mode: str = "rb") -> File:
        if mode != "rb":
            raise ValueError("Files of a bucket are opened to be read, as bytes, and written by save().")
        return BucketFile(self, name)

    def fetch(self, name: str) -> SpooledTemporaryFile[bytes]:
        """The content of a file. Raises FileNotFoundError."""
        with self._answering(), ExitStack() as unfinished:
            found = self.connection.meta.client.get_object(Bucket=self.bucket_name, Key=self._normalize_name(name))
            content = unfinished.enter_context(SpooledTemporaryFile(max_size=IN_MEMORY))
            shutil.copyfileobj(found["Body"], content)
            content.seek(0)
            unfinished.pop_all()
        return content

    def open_part(self, name: str, first: int, length: int) -> "BucketPart":
        """So many bytes of a file from one on, fetched in pieces. Raises FileNotFoundError."""
        return BucketPart(self, name, first, length)

    def fetch_piece(self, name: str, first: int, length: int) -> bytes:
        """One piece of a file, in memory. Raises FileNotFoundError."""
        with self._answering():
            found = self.connection.meta.client.get_object(
                Bucket=self.bucket_name, Key=self._normalize_name(name), Range=f"bytes={first}-{first + length - 1}"
            )
            return found["Body"].read()

    def _save(self, name: str, content: File) -> str:
        with self._answering():
            return super()._save(name, content)

    def delete(self, name: str) -> None:
        with self._answering():
            super().delete(name)

    def exists(self, name: str) -> bool:
        with self._answering():
            return super().exists(name)

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        with self._answering():
            return super().listdir(path)

    def size(self, name: str) -> int:
        with self._answering():
            return super().size(name)

    def get_modified_time(self, name: str) -> Any:
        with self._answering():
            return super().get_modified_time(name)

    @contextmanager
    def _answering(self) -> Iterator[None]:
        """What the bucket's library raises, in our words."""
        try:
            yield
        except ClientError as error:
            code = error.response.get("Error", {}).get("Code", "")
            if code in MISSING:
                raise FileNotFoundError(f"It is not {self.place}.") from error
            status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
            refused = 300 <= status < 500 and status != 429
            raise FilesAway(f"The bucket {self.bucket_name} refuses: {code}.", is_refused=refused) from error
        except (BotoCoreError, Boto3Error) as error:
            raise FilesAway(f"The bucket {self.bucket_name} does not answer: {type(error).__name__}.") from error


class BucketPart:
    """Reads a part of a file, a piece at a time; the first is fetched at once, so that most failures come before the
    first byte of an answer. One that fails later ends the answer short of its length, and the reader resumes.
    """

    def __init__(self, storage: BucketStorage, name: str, first: int, length: int) -> None:
        self.storage, self.name, self.at, self.left = storage, name, first, length
        self.piece = memoryview(b"")
        self._fetch()

    def _fetch(self) -> None:
        asked = min(PIECE, self.left)
        self.piece = memoryview(self.storage.fetch_piece(self.name, self.at, asked) if asked else b"")
        if len(self.piece) != asked:
            raise FilesAway(f"The bucket {self.storage.bucket_name} sent less of a file than it has.")
        self.at, self.left = self.at + asked, self.left - asked

    def read(self, size: int = -1) -> bytes:
        """Up to so many bytes; of -1 all that is at hand, which is less than the rest. Nothing at the end."""
        if not self.piece and self.left:
            self._fetch()
        taken = self.piece if size < 0 else self.piece[:size]
        self.piece = self.piece[len(taken) :]
        return bytes(taken)

    def close(self) -> None:
        self.piece, self.left = memoryview(b""), 0


class BucketFile(File):
    """A file of a bucket to be read; it may be opened again once it is closed."""

    def __init__(self, storage: BucketStorage, name: str) -> None:
        self.storage = storage
        super().__init__(storage.fetch(name), name)

    def open(self, mode: str | None = None, *_: Any, **__: Any) -> "BucketFile":
        if self.closed:
            self.file = self.storage.fetch(str(self.name))
        self.seek(0)
        return self
