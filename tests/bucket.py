"""A bucket on this machine: moto's server, which speaks S3 over HTTP and keeps what it gets until the process ends."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import boto3
from moto.server import ThreadedMotoServer

NAME, KEY, SECRET = "aapm-files", "the-key", "the-secret"


class Bucket:
    """The server with one empty bucket. `away()` stops it for a while; what it held is there again afterwards."""

    def __init__(self) -> None:
        self.port = 0
        self._start()
        self.client().create_bucket(Bucket=NAME)

    def _start(self) -> None:
        logging.getLogger("werkzeug").setLevel(logging.WARNING)  # it would tell of each request
        self.server = ThreadedMotoServer("127.0.0.1", self.port, verbose=False)
        self.server.start()
        self.port = self.server.get_host_and_port()[1]

    def stop(self) -> None:
        self.server.stop()
        self.server._server.server_close()

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """As an operator sets it."""
        return {"S3_BUCKET": NAME, "S3_ENDPOINT": self.endpoint, "S3_ACCESS_KEY": KEY, "S3_SECRET_KEY": SECRET}

    def options(self, folder: str) -> dict[str, str]:
        """Of the storage of one folder."""
        keys = {"access_key": KEY, "secret_key": SECRET, "region_name": "us-east-1"}
        return {"bucket_name": NAME, "location": folder, "endpoint_url": self.endpoint, **keys}

    def client(self):
        return boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            aws_access_key_id=KEY,
            aws_secret_access_key=SECRET,
            region_name="us-east-1",
        )

    def files(self) -> dict[str, bytes]:
        """Everything that lies in it."""
        client = self.client()
        listed = client.list_objects_v2(Bucket=NAME).get("Contents", [])
        return {one["Key"]: client.get_object(Bucket=NAME, Key=one["Key"])["Body"].read() for one in listed}

    def empty(self) -> None:
        for name in self.files():
            self.client().delete_object(Bucket=NAME, Key=name)

    @contextmanager
    def away(self) -> Iterator[None]:
        self.stop()
        try:
            yield
        finally:
            self._start()
