"""The embedded server under races, kills and odd places. Every test uses a server of its own, never the suite's."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from aapm_site.core.runtime import embedded
from tests.full_disk import full_disk

PATIENCE = 180  # seconds; generous, since the suite may share two busy cores
MODULE = Path(embedded.__file__).resolve()
CLIENT = """
import importlib.util, sys
spec = importlib.util.spec_from_file_location("embedded", sys.argv[1])
embedded = importlib.util.module_from_spec(spec)
sys.modules["embedded"] = embedded
spec.loader.exec_module(embedded)
try:
    print(embedded.database_url(sys.argv[2]), flush=True)
except embedded.CannotStart as reason:
    sys.exit(str(reason))
sys.stdin.read()
"""


def client_command(home: Path) -> list[str]:
    return [sys.executable, "-P", "-c", CLIENT, str(MODULE), str(home)]


def start_client(home: Path, **environment: str) -> subprocess.Popen:
    """A process that holds a lease and prints the address; it ends when its standard input is closed."""
    pipe = subprocess.PIPE
    env = {**os.environ, **environment}
    return subprocess.Popen(client_command(home), stdin=pipe, stdout=pipe, stderr=pipe, text=True, env=env)


@contextmanager
def client(home: Path, **environment: str):
    process = start_client(home, **environment)
    try:
        process.url = process.stdout.readline().strip()
        assert process.url, process.stderr.read()
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate(timeout=PATIENCE)


def refusal(home: Path, *before: str) -> str:
    """What a client that must not succeed says; exactly one line, and a code that is not 0."""
    done = subprocess.run(
        [*before, *client_command(home)], input="", capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert done.returncode == 1, done
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    return done.stderr.strip()


def until(what, message: str):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if result := what():
            return result
        time.sleep(0.05)
    pytest.fail(f"{message} within {PATIENCE} seconds")


def processes_of(home: Path) -> dict[int, list[bytes]]:
    """The living guardians and postmasters of a home, as pid and command line."""
    found = {}
    for folder in Path("/proc").iterdir():
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
        except (OSError, ValueError):
            continue
        is_client = b"-c" in words[:3]  # a client's command line holds the home too
        if folder.name.isdigit() and not is_client and {os.fsencode(home), os.fsencode(home / "data")} & set(words):
            found[int(folder.name)] = words
    return found


def guardian_of(home: Path) -> int:
    return next(pid for pid, words in processes_of(home).items() if os.fsencode(MODULE) in words)


def postmaster_of(home: Path) -> int:
    return next(pid for pid, words in processes_of(home).items() if words[0].endswith(b"/postgres"))


def wait_until_gone(home: Path) -> None:
    until(lambda: not processes_of(home), f"{home}: the server did not stop")


def answer(url: str, *statements: str):
    """The first value that the last statement returns."""
    with psycopg.connect(url, connect_timeout=5) as connection:
        for statement in statements:
            cursor = connection.execute(statement)
        return cursor.fetchone()[0]


def answer_soon(url: str, statement: str):
    def ask():
        try:
            return (answer(url, statement),)
        except psycopg.OperationalError:
            return None

    return until(ask, "the server did not answer")[0]


@contextmanager
def new_home():
    folder = Path(tempfile.mkdtemp(prefix="embedded-", dir="/tmp"))
    folder.chmod(0o755)  # root's server runs as nobody, who must be able to pass
    try:
        yield folder / "pg"
    finally:
        wait_until_gone(folder / "pg")
        shutil.rmtree(folder)


@pytest.fixture
def cold_home():
    with new_home() as home:
        yield home


@pytest.fixture(scope="module")
def module_home():
    with new_home() as home:
        with client(home):
            pass
        yield home


@pytest.fixture
def home(module_home):
    """A home whose cluster exists already and whose server is stopped."""
    wait_until_gone(module_home)
    return module_home


def test_three_cold_clients_share_one_server(cold_home):
    starters = [start_client(cold_home) for _ in range(3)]

    urls = [starter.stdout.readline().strip() for starter in starters]

    assert len(set(urls)) == 1
    assert [answer(url, "SELECT current_database()") for url in urls] == ["aapm"] * 3
    assert len(processes_of(cold_home)) == 2  # one guardian, one postmaster
    for starter in starters:
        starter.communicate(timeout=PATIENCE)
    wait_until_gone(cold_home)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL], ids=["terminated", "killed"])
def test_the_server_stops_when_its_only_client_dies(home, how):
    with client(home) as only:
        assert answer(only.url, "SELECT 1") == 1

        only.send_signal(how)
        only.wait(PATIENCE)

        wait_until_gone(home)
    assert not (home / "data" / "postmaster.pid").exists()  # it was stopped, it did not crash


def test_the_server_stays_while_another_client_lives(home):
    with client(home) as first, client(home) as second:
        first.kill()
        first.wait(PATIENCE)
        time.sleep(4 * embedded.WATCH_SECONDS)

        assert answer(second.url, "SELECT 1") == 1


def test_a_killed_guardian_takes_the_server_with_it_and_the_next_client_starts_both(home):
    with client(home) as first:
        answer(first.url, "CREATE TABLE IF NOT EXISTS kept AS SELECT 42 AS number", "SELECT number FROM kept")
        before = postmaster_of(home)

        os.kill(guardian_of(home), signal.SIGKILL)
        with client(home) as second:
            assert answer(second.url, "SELECT number FROM kept") == 42
            assert postmaster_of(home) != before
            assert answer(first.url, "SELECT 1") == 1


def test_a_killed_server_comes_back_with_everything_it_acknowledged(home):
    with client(home) as holder:
        answer(holder.url, "CREATE TABLE written (number int)", "SELECT 1")
        acknowledged = []

        def write():
            with psycopg.connect(holder.url, autocommit=True) as connection:
                for number in range(1_000_000):
                    connection.execute("INSERT INTO written VALUES (%s)", [number])
                    acknowledged.append(number)

        def write_until_cut_off():
            with pytest.raises(psycopg.OperationalError):
                write()

        writer = threading.Thread(target=write_until_cut_off)
        writer.start()
        until(lambda: len(acknowledged) > 200, "nothing was written")
        os.kill(postmaster_of(home), signal.SIGKILL)
        writer.join(PATIENCE)

        assert not writer.is_alive()
        # Nobody asked for the server again: its guardian starts it.
        assert answer_soon(holder.url, "SELECT count(*) FROM written") in {len(acknowledged), len(acknowledged) + 1}
        assert answer(holder.url, "SELECT max(number) FROM written") >= acknowledged[-1]


def test_a_pid_file_that_names_another_program_is_no_obstacle(home):
    stranger = subprocess.Popen(["sleep", "60"], **embedded._server_user())
    (home / "data" / "postmaster.pid").write_text(f"{stranger.pid}\n{home}/data\n")

    with client(home) as process:
        assert answer(process.url, "SELECT 1") == 1

    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def test_a_path_of_130_characters(cold_home):
    deep = cold_home.parent / "pg" / ("deep" * 40)
    deep = Path(str(deep)[:130])
    assert len(str(deep)) == 130

    with client(deep) as process:
        assert answer(process.url, "SELECT 1") == 1
    wait_until_gone(deep)
    shutil.rmtree(embedded.ServerHome(deep).sockets)


def test_a_home_that_only_its_owner_may_enter(cold_home):
    private = cold_home.parent / "private"
    private.mkdir(mode=0o700)
    inside = private / "pg"
    as_root = os.geteuid() == 0
    used = embedded.ROOT_HOMES / embedded._digest(inside) if as_root else inside

    with client(inside) as process:
        assert answer(process.url, "SELECT 1") == 1
        assert (used / "data").is_dir()
    wait_until_gone(used)
    assert private.stat().st_mode & 0o777 == 0o700
    if as_root:
        shutil.rmtree(used)


def test_accented_letters_are_letters_whatever_the_environment_says(cold_home):
    with client(cold_home, LANG="C", LC_ALL="C") as process:
        assert answer(process.url, "SELECT lower('ÉÇŞ')") == "éçş"
        assert answer(process.url, "SELECT 'É' ~* 'é'") is True
        assert answer(process.url, "CREATE EXTENSION pg_trgm", "SELECT similarity('Éco', 'éco')") == 1
        assert answer(process.url, "SELECT show_trgm('É') = show_trgm('')") is False


def test_data_of_another_major_version_is_refused(cold_home):
    (cold_home / "data").mkdir(parents=True)
    (cold_home / "data" / "PG_VERSION").write_text("12\n")

    said = refusal(cold_home)

    assert f"{cold_home}/data was made by PostgreSQL 12 and this is PostgreSQL 18" in said
    assert "dump it with version 12, or delete it to begin anew" in said


def test_an_interrupted_first_start_is_begun_anew(cold_home):
    (cold_home / "data.new").mkdir(parents=True)
    (cold_home / "data.new" / "PG_VERSION").write_text("half")

    with client(cold_home) as process:
        assert answer(process.url, "SELECT 1") == 1


def test_a_full_disk_is_named(cold_home, tmp_path):
    cold_home.mkdir()

    said = refusal(cold_home, *full_disk(cold_home, tmp_path))

    assert said == f"The disk is full: the embedded PostgreSQL needs at least 64 MB free in {cold_home}."


def test_a_home_that_cannot_be_made_is_named(cold_home):
    cold_home.write_text("in the way")

    said = refusal(cold_home / "deeper")

    assert said.startswith(f"The embedded PostgreSQL in {cold_home}/deeper cannot start: Not a directory")
