"""`manage.py serve` as a person uses it: real processes on an embedded server of their own, started, killed, restarted.

One data directory serves all these tests, since a first start fills it; they run in one process of the suite.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from aapm_site.core import demo
from tests.full_disk import full_disk

PATIENCE = 300  # seconds; generous, since the suite may share two busy cores
MANAGE = settings.BASE_DIR / "manage.py"
# Nothing of the suite's own environment may reach the processes under test.
CLEAN = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TZ") if name in os.environ}


def until(what, message: str):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if result := what():
            return result
        time.sleep(0.1)
    pytest.fail(f"{message} within {PATIENCE} seconds")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Site:
    """One running `serve`: its process, what it has said, and the processes that belong to its data directory."""

    def __init__(self, var: Path, *options: str, within: tuple[str, ...] = ()):
        self.var = var
        self.port = free_port()
        self.output = Path(tempfile.mkstemp(prefix="said-", dir=var)[1])
        with self.output.open("ab") as output:
            self.process = subprocess.Popen(
                [*within, sys.executable, str(MANAGE), "serve", *options],
                env=environment(var, PORT=str(self.port)),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    @property
    def said(self) -> str:
        return self.output.read_text()

    def status(self, path: str) -> int:
        """The response's code; 0 when nobody answers."""
        try:
            with urllib.request.urlopen(f"http://localhost:{self.port}{path}", timeout=10) as response:
                return response.status
        except urllib.error.HTTPError as answer:
            with answer:
                return answer.code
        except OSError:
            return 0

    def wait_until_announced(self) -> None:
        until(lambda: "The site is at" in self.said or self.process.poll() is not None, "no address was printed")
        assert self.process.poll() is None, self.said

    def wait_until_stopped(self) -> int:
        code = self.process.wait(PATIENCE)
        until(lambda: not processes_of(self.var), "something was left running")
        return code


def environment(var: Path, **more: str) -> dict[str, str]:
    return CLEAN | {"VAR_DIR": str(var), "STATIC_ROOT": str(var / "static")} | more


def processes_of(var: Path) -> dict[int, str]:
    """Every living process that was started with this data directory, or serves it."""
    found = {}
    for folder in (one for one in Path("/proc").iterdir() if one.name.isdigit()):
        try:
            command, started_with = ((folder / name).read_bytes() for name in ("cmdline", "environ"))
        except OSError:
            continue
        if command and (os.fsencode(var) in command or b"VAR_DIR=" + os.fsencode(var) in started_with.split(b"\0")):
            found[int(folder.name)] = command.replace(b"\0", b" ").decode(errors="replace")
    return found


def pids(var: Path, part: str) -> set[int]:
    return {pid for pid, command in processes_of(var).items() if part in command}


@pytest.fixture(scope="module")
def var():
    folder = Path(tempfile.mkdtemp(prefix="serve-", dir="/tmp"))
    folder.chmod(0o755)  # root's server runs as nobody, who must be able to pass
    yield folder
    until(lambda: not processes_of(folder), "the database did not stop")
    shutil.rmtree(folder)


@pytest.fixture
def small():
    """Where a small disk is mounted, seen by the process under test alone."""
    folder = Path(tempfile.mkdtemp(prefix="small-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def start(var):
    """Start `serve`; whatever a test leaves running is ended after it."""
    sites = []

    def begin(*options: str, **how) -> Site:
        sites.append(Site(var, *options, **how))
        return sites[-1]

    yield begin
    for site in sites:
        site.process.kill()
    for site in sites:
        site.wait_until_stopped()


@contextmanager
def database(var: Path):
    server = {"host": str(var / "pg" / "sock"), "user": "postgres", "dbname": "aapm"}
    with psycopg.connect(**server, autocommit=True, connect_timeout=PATIENCE) as connection:
        yield connection


def refusal(env: dict[str, str], *options: str, before: tuple[str, ...] = ()) -> str:
    """What a start that must fail says: one sentence, without a traceback, and its code is 1.

    Its words go to files: a pipe would be held open by whatever it had started, and waited for beyond the time given.
    """
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        process = subprocess.Popen(
            [*before, sys.executable, str(MANAGE), "serve", *options],
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            start_new_session=True,
        )
        try:
            code = process.wait(PATIENCE)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        out.seek(0)
        err.seek(0)
        printed, said = out.read(), err.read().strip()
    assert (code, printed) == (1, ""), said
    assert len(said.splitlines()) == 1, said
    return said


def test_the_first_start_goes_from_nothing_to_pages(start):
    site = start()
    site.wait_until_announced()

    said = site.said
    assert f"The site is at http://localhost:{site.port} " in said
    assert demo.PASSWORD in said
    assert [one.email for one in demo.SIGN_INS if one.email not in said] == []
    assert site.status("/readyz") == 200
    until(lambda: site.status("/workerz") == 200, "the worker gave no sign")
    assert site.status("/accounts/login/") == 200

    site.process.send_signal(signal.SIGINT)
    assert site.wait_until_stopped() == 0


def test_a_later_start_prepares_nothing_again(start):
    site = start()
    site.wait_until_announced()

    assert [line for line in site.said.splitlines() if "…" in line] == []


def test_sigterm_stops_web_and_worker_with_the_database(start, var):
    site = start()
    site.wait_until_announced()
    until(lambda: len(pids(var, "procrastinate worker")) == 1, "no worker")
    assert len(pids(var, "gunicorn")) == 3  # a parent and two workers

    site.process.terminate()

    assert site.wait_until_stopped() == 0


def test_a_killed_supervisor_leaves_nothing_running_and_loses_nothing(start, var):
    site = start()
    site.wait_until_announced()
    with database(var) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (number int)")
        connection.execute("INSERT INTO kept VALUES (42)")

    site.process.kill()
    site.wait_until_stopped()

    start().wait_until_announced()
    with database(var) as connection:
        assert connection.execute("SELECT number FROM kept").fetchall() == [(42,)]


def test_a_killed_starting_process_stops_the_site_when_asked_to(start):
    site = start("--stop-with-parent", "--no-worker", within=("sh", "-c", '"$@"; exit $?', "sh"))
    site.wait_until_announced()

    site.process.kill()  # the shell, as `make` would be

    site.wait_until_stopped()


def test_what_is_killed_comes_back(start, var):
    site = start()
    site.wait_until_announced()
    worker = until(lambda: pids(var, "procrastinate worker"), "no worker")
    web = pids(var, "gunicorn")
    guardian = pids(var, "embedded.py")

    for pid in worker | guardian | {min(web)}:  # the parent of the web server's processes was started first
        os.kill(pid, signal.SIGKILL)

    until(lambda: len(pids(var, "procrastinate worker") - worker) == 1, "the worker did not come back")
    until(lambda: len(pids(var, "gunicorn") - web) == 3, "the web server did not come back")
    until(lambda: site.status("/readyz") == 200, "the database did not come back")
    assert "The worker ended (code -9)" in site.said
    assert "The web server ended (code -9)" in site.said


def test_only_the_worker(start, var):
    start("--no-web")

    until(lambda: pids(var, "procrastinate worker"), "no worker")
    assert pids(var, "gunicorn") == set()


def test_a_port_in_use_is_named(var):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        said = refusal(environment(var, PORT=str(port)))

    assert said == f"CommandError: Port {port} is in use by another program; choose another, for example PORT=8001."


def test_an_unreachable_database_is_named(var):
    address = f"postgresql://site:hidden@127.0.0.1:{free_port()}/site"
    keys = {"SECRET_KEY": "k" * 50, "FACTOR_KEYS": "f" * 32}
    production = {"DATABASE_URL": address, "SITE_ORIGIN": "https://www.example.org", **keys}

    said = refusal(environment(var, PORT=str(free_port()), **production), "--wait", "0")

    assert said.startswith("CommandError: DATABASE_URL names a database that cannot be reached: ")
    assert "refused" in said
    assert "hidden" not in said


def test_a_full_disk_is_named(small, tmp_path):
    said = refusal(environment(small), before=full_disk(small, tmp_path))

    assert said.startswith("The disk is full: the embedded PostgreSQL needs at least 64 MB free in ")
