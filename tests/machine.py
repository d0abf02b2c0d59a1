"""What runs beside a site on a machine: the proxy of compose.yaml, an ordinary PostgreSQL, Redis, a mail server."""

import os
import re
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import psycopg
from aiosmtpd.controller import Controller
from psycopg import sql

from aapm_site.core.runtime import embedded
from tests.house.source import ROOT

PATIENCE = 30  # seconds


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def caddyfile(site_port: int, port: int, gives_up: str) -> str:
    """The proxy's configuration as compose.yaml has it, for these ports, without certificates."""
    shipped = re.search(r"content: \|\n(.*?)\n\nvolumes:", (ROOT / "compose.yaml").read_text(), re.S)[1]
    here = {
        "{$$SITE_ORIGIN} {": f"http://localhost:{port} {{",
        "web:8000": f"127.0.0.1:{site_port}",
        "read_header 10s": f"read_header {gives_up}",
        "      {\n          servers": "      {\n          admin off\n          servers",
    }
    for theirs, ours in here.items():
        assert theirs in shipped
        shipped = shipped.replace(theirs, ours, 1)
    return shipped


def as_older(configuration: str) -> str:
    """In the words of Caddy 2.6, which Debian 12 has."""
    sizes = re.compile(r"request_buffers (\S+)\n(\s+)response_buffers \S+")
    return sizes.sub(r"buffer_requests\n\2buffer_responses\n\2max_buffer_size \1", configuration)


@contextmanager
def proxy(site_port: int, home: Path, *, port: int = 0, gives_up: str = "10s") -> Iterator[int]:
    """The proxy before a site's port; listens on `port`, or on a free one."""
    program = os.environ.get("CADDY", "caddy")
    port = port or free_port()
    version = subprocess.run([program, "version"], capture_output=True, text=True, check=True).stdout
    older = tuple(map(int, re.findall(r"\d+", version)[:2])) < (2, 7)
    configuration = caddyfile(site_port, port, gives_up)
    (home / "Caddyfile").write_text(as_older(configuration) if older else configuration)
    command = [program, "run", "--config", str(home / "Caddyfile"), "--adapter", "caddyfile"]
    with running(command, home / "caddy.log", port, env=os.environ | {"HOME": str(home)}):
        yield port


@contextmanager
def postgres(home: Path, password: str) -> Iterator[int]:
    """An ordinary server of its own, over TCP and with passwords, as docs/operations.md asks for it.

    The database is made by the words that stand there; its owner may do nothing else. Gives the port.
    """
    home.mkdir(mode=0o755)
    place, user, port = embedded.ServerHome(home), embedded._server_user(), free_port()
    programs, folder, secret = embedded._binaries(place), home / "data", home / "first-password"
    folder.mkdir(mode=0o700)
    secret.write_text("of the machine's administrator")
    for path in (folder, secret) if user else ():
        os.chown(path, user["user"], user["group"])
    how = ["-U", "postgres", "--auth=scram-sha-256", f"--pwfile={secret}", "--no-sync", "--locale=C"]
    subprocess.run([programs / "initdb", "-D", folder, *how], cwd="/", check=True, capture_output=True, **user)
    options = ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off"]
    command = [programs / "postgres", "-D", folder, "-p", str(port), *options]
    with running(command, home / "postgres.log", port, cwd="/", **user):
        administrator = {"user": "postgres", "password": secret.read_text(), "host": "127.0.0.1", "port": port}
        with psycopg.connect(**administrator, dbname="postgres", autocommit=True) as server:
            for statement in documented_statements():
                server.execute(statement.replace("'…'", sql.Literal(password).as_string(server)))
        yield port


def documented_statements() -> list[str]:
    """What docs/operations.md has the database's administrator do."""
    words = (ROOT / "docs" / "operations.md").read_text()
    return re.findall(r"^    (CREATE (?:ROLE|DATABASE) .*?);$", words, re.M | re.S)


@contextmanager
def redis(home: Path, password: str) -> Iterator[tuple[int, subprocess.Popen]]:
    """A Redis with a password that keeps nothing on the disk. Gives its port, and the process, which may be ended."""
    home.mkdir()
    port = free_port()
    options = ["--bind", "127.0.0.1", "--port", str(port), "--requirepass", password, "--save", "", "--dir", str(home)]
    command = [os.environ.get("REDIS", "redis-server"), *options]
    with running(command, home / "redis.log", port) as server:
        yield port, server


class Mailbox:
    """A mail server's handler that takes everything and keeps it."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []

    async def handle_DATA(self, server, session, envelope) -> str:
        self.taken.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@contextmanager
def mail_server() -> Iterator[tuple[int, Mailbox]]:
    mailbox = Mailbox()
    controller = Controller(mailbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield controller.port, mailbox
    finally:
        controller.stop()


@contextmanager
def running(command: list, log: Path, port: int, **how) -> Iterator[subprocess.Popen]:
    """A program that listens on a port, until the end of the block."""
    with log.open("wb") as output:
        program = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, **how)
    try:
        until_it_listens(port, program, log)
        yield program
    finally:
        program.terminate()
        program.wait(60)


def until_it_listens(port: int, program: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and program.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"It did not start:\n{log.read_text()[-2000:]}")
