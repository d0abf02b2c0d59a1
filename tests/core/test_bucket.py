"""Files in a bucket: seen by every machine, handed out by the site alone, and kindly missed while it is away."""

import hashlib
import subprocess
import sys
import tracemalloc

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import RequestFactory
from procrastinate.contrib.django.models import ProcrastinateJob

from aapm_site.core import tasks
from aapm_site.core.files import private
from aapm_site.core.files.away import FilesAway
from aapm_site.core.files.bucket import BucketStorage
from aapm_site.core.runtime import preparation
from content.domain import media
from content.models import Document, Picture
from tests.bucket import NAME, Bucket
from tests.conftest import ask_for_private_storage
from tests.content.pictures import PDF, document, picture, picture_bytes, upload
from tests.factories import staff_client
from tests.house.source import ROOT

STATIC = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
SEEN_BY_ANOTHER = """
from django.core.files.storage import storages
print(storages["private"].open("documents/one.pdf").read().decode())
"""


@pytest.fixture(scope="module")
def server():
    made = Bucket()
    yield made
    made.stop()


@pytest.fixture
def bucket(server, settings, monkeypatch):
    """The site's files in an empty bucket."""
    server.empty()
    kept = {
        alias: {"BACKEND": "aapm_site.core.files.bucket.BucketStorage", "OPTIONS": server.options(folder)}
        for alias, folder in (("default", "media"), ("private", "private"))
    }
    settings.STORAGES = {**kept, "staticfiles": STATIC}
    settings.S3_BUCKET = NAME
    ask_for_private_storage(monkeypatch)
    return server


def test_another_process_sees_the_same_file(bucket, tmp_path):
    private.storage().save("documents/one.pdf", ContentFile(b"the same for all"))

    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", SEEN_BY_ANOTHER]
    nowhere = {"DATABASE_URL": "postgresql://nobody@localhost:1/none", "SECRET_KEY": "x" * 50, "FACTOR_KEYS": "x" * 32}
    settings = nowhere | {"SITE_ORIGIN": "https://www.example.org", "VAR_DIR": str(tmp_path), "PATH": "/usr/bin"}
    asked = subprocess.run(
        command, cwd=ROOT, env=settings | bucket.environment, capture_output=True, text=True, check=False
    )

    assert (asked.stdout, asked.returncode) == ("the same for all\n", 0), asked.stderr
    assert set(bucket.files()) == {"private/documents/one.pdf"}


def test_a_file_is_written_once_read_as_it_was_and_opened_again(bucket):
    storage = BucketStorage(**bucket.options("media"))
    content = bytes(range(256)) * 8_000  # more than is kept in memory

    name = storage.save("pictures/a.webp", ContentFile(content))
    another = storage.save("pictures/a.webp", ContentFile(b"another"))
    assert name == "pictures/a.webp"
    assert another != name

    file = storage.open(name)
    assert hashlib.sha256(file.read()).digest() == hashlib.sha256(content).digest()
    file.close()
    with file.open() as again:
        assert again.read(4) == content[:4]
    assert (storage.size(name), storage.exists(name), storage.exists("pictures/b.webp")) == (len(content), True, False)
    with pytest.raises(FileNotFoundError):
        storage.open("pictures/b.webp")


LARGE = bytes(range(256)) * 20_000  # 5.12 MB


OPTIONS = {"bucket_name": NAME, "location": "private", "access_key": "a", "secret_key": "b", "region_name": "us-east-1"}


class CountedStorage(BucketStorage):
    """Counts the bytes that the bucket is asked for."""

    fetched = 0

    def fetch_piece(self, name, first, length):
        self.fetched += length
        return super().fetch_piece(name, first, length)

    def fetch(self, name):
        raise AssertionError("The whole file was fetched.")


def served(storage, name: str, **headers: str):
    class Kept:  # as a row holds it: nothing is opened before it is asked for
        size = storage.size(name)

    Kept.name, Kept.storage = name, storage
    request = RequestFactory().get("/", headers=headers)
    return private.serve(Kept, filename="l.pdf", content_type="application/pdf", inline=True, request=request)


def test_a_part_of_a_large_file_asks_the_bucket_for_its_own_bytes_and_a_little_memory(bucket):
    storage = CountedStorage(**bucket.options("private"))
    name = storage.save("a/large.pdf", ContentFile(LARGE))
    for asked, expected in (
        ("bytes=0-65535", LARGE[:65_536]),
        ("bytes=3000000-3000009", LARGE[3_000_000:3_000_010]),
        ("bytes=-7", LARGE[-7:]),
        ("bytes=4000000-", LARGE[4_000_000:]),
    ):
        storage.fetched = 0
        response = served(storage, name, Range=asked)
        assert response.status_code == 206
        assert b"".join(response.streaming_content) == expected
        assert storage.fetched == len(expected) == int(response["Content-Length"])
    storage.fetched = 0
    assert served(storage, name, Range="bytes=5120000-").status_code == 416
    assert storage.fetched == 0


def test_fifty_megabytes_of_a_bucket_add_less_than_five():
    class Made(BucketStorage):
        def fetch_piece(self, name, first, length):
            return bytes(length)

        def size(self, name):
            return 50_000_000

    storage = Made(**OPTIONS)
    for headers in ({}, {"Range": "bytes=1-"}):
        tracemalloc.start()
        response = served(storage, "a/large.pdf", **headers)
        sent = sum(map(len, response.streaming_content))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert sent == 50_000_000 - len(headers)
        assert peak < 5_000_000


def test_a_reader_who_leaves_costs_the_bucket_no_more_than_they_took(bucket):
    storage = CountedStorage(**bucket.options("private"))
    response = served(storage, storage.save("a/large.pdf", ContentFile(LARGE)))

    next(iter(response.streaming_content))

    assert storage.fetched == 1024 * 1024


def test_a_part_of_what_is_gone_is_an_error_before_the_answer_and_a_cut_one_ends_it(bucket, monkeypatch):
    storage = BucketStorage(**bucket.options("private"))
    with pytest.raises(FileNotFoundError):
        storage.open_part("a/none.pdf", 0, 10)
    name = storage.save("a/large.pdf", ContentFile(LARGE[:3_000_000]))
    assert storage.open_part(name, 0, 0).read() == b""
    part = storage.open_part(name, 0, 3_000_000)
    monkeypatch.setattr(storage, "fetch_piece", lambda name, first, length: b"short")
    part.read()
    with pytest.raises(FilesAway, match="sent less of a file than it has"):
        part.read()


def test_nothing_leads_past_the_site(bucket):
    for storage in (default_storage, private.storage()):
        name = storage.save("one.pdf", ContentFile(PDF))
        with pytest.raises(ValueError, match="have no address"):
            storage.url(name)
    for key in bucket.files():
        grants = bucket.client().get_object_acl(Bucket=NAME, Key=key)["Grants"]
        assert [(one["Grantee"]["Type"], one["Permission"]) for one in grants] == [("CanonicalUser", "FULL_CONTROL")]


def test_a_name_cannot_leave_its_folder(bucket):
    with pytest.raises(Exception, match=r"\.\."):
        default_storage.save("../private/cv.pdf", ContentFile(b"x"))
    assert bucket.files() == {}


def fetched(client, path):
    """A response with a file, and the file, read to its end, at which it is closed."""
    response = client.get(path)
    return response, response.getvalue()


@pytest.mark.django_db
def test_pictures_and_documents_come_by_their_views(bucket, client):
    kept, paper = picture(), document()
    assert {name.split("/")[0] for name in bucket.files()} == {"media", "private"}
    assert len(paper.file.name.removeprefix("documents/").removesuffix(".pdf")) >= 16  # nobody guesses it

    seen, content = fetched(client, kept.get_absolute_url())
    assert content == bucket.files()[f"media/{kept.files[-1]}"]
    assert seen["Content-Length"] == str(len(bucket.files()[f"media/{kept.files[-1]}"]))
    assert seen["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.get(kept.get_absolute_url(), headers={"if-none-match": seen["ETag"]}).status_code == 304
    assert client.get(kept.get_absolute_url().replace(kept.public_id, "a" * len(kept.public_id))).status_code == 404

    saved, content = fetched(client, paper.get_absolute_url())
    assert content == PDF
    assert saved["Content-Disposition"] == f'attachment; filename="{paper.name}"'


@pytest.mark.django_db
def test_while_it_is_away_a_reader_is_told_kindly(bucket, client):
    kept = picture()
    with bucket.away():
        answer = client.get(kept.get_absolute_url())
        page = client.get("/")
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "10", "private, no-store")
    assert page.status_code == 200
    assert fetched(client, kept.get_absolute_url())[0].status_code == 200


@pytest.mark.django_db
def test_an_upload_while_it_is_away_leaves_nothing_half_done_and_says_so(bucket):
    staff = staff_client("Content editor")
    words = {"title": "A chair", "alt": "An empty chair by a window"}
    with bucket.away():
        answer = staff.post("/admin/content/picture/add/", {**words, "upload": upload(picture_bytes(), "chair.png")})
    said = answer.content.decode()
    assert answer.status_code == 503
    assert "“chair.png”\nwas not kept. Please choose it again then." in said
    assert "An empty chair by a window" in said
    assert (Picture.objects.count(), bucket.files()) == (0, {})

    again = staff.post("/admin/content/picture/add/", {**words, "upload": upload(picture_bytes(), "chair.png")})
    assert again.status_code == 302
    assert {name.removeprefix("media/") for name in bucket.files()} == set(Picture.objects.get().files)


@pytest.mark.django_db
def test_what_is_deleted_while_it_is_away_goes_when_it_is_back(bucket, django_capture_on_commit_callbacks):
    paper = document()
    with bucket.away(), django_capture_on_commit_callbacks(execute=True):
        media.delete_document(paper)
    assert Document.objects.count() == 0
    assert len(bucket.files()) == 1

    waiting = ProcrastinateJob.objects.get(task_name="core.remove_file")
    tasks.remove_file.func(**waiting.args)
    assert bucket.files() == {}


def test_a_start_tries_the_bucket_and_leaves_nothing_in_it(bucket):
    said = []
    preparation.check_files(said.append)
    assert (said, bucket.files()) == ([], {})


def test_a_start_says_that_there_is_no_such_bucket(bucket, settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            **settings.STORAGES["default"],
            "OPTIONS": bucket.options("media") | {"bucket_name": "not-this-one"},
        },
    }
    with pytest.raises(preparation.NotPrepared) as stopped:
        preparation.check_files(lambda text: None)
    assert str(stopped.value) == (
        "S3_BUCKET names a bucket that cannot be used. The bucket not-this-one refuses: NoSuchBucket."
    )


def test_a_start_goes_on_without_one_that_is_silent(bucket):
    said = []
    with bucket.away():
        preparation.check_files(said.append)
    assert said == [
        f"The bucket {NAME} does not answer: EndpointConnectionError. "
        "The site starts without its pictures and documents, and shows them once it does."
    ]


def test_a_failure_tells_no_secret(bucket):
    storage = BucketStorage(**bucket.options("private"))
    with bucket.away(), pytest.raises(FilesAway) as away:
        storage.open("documents/cv.pdf")
    assert not any(word in str(away.value) for word in ("documents", "the-key", "the-secret", "127.0.0.1"))
    assert not away.value.is_refused
