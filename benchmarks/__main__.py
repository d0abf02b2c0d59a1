"""Measure and print: python -m benchmarks [--seconds 3] [--rounds 3]. Ends by itself after a few minutes."""

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from aapm_site.core.runtime.embedded import database_url, stop_with_parent
from benchmarks.figures import ROWS, ResultRow, Sighting, table
from benchmarks.load import Load, ask, load, visit
from benchmarks.processes import children_of, cpu_seconds, memory_mb, parent_of

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / "var" / "bench"
ENTRIES = 20_000
STARTING = 90.0


@dataclass(frozen=True)
class Server:
    """One application with its two workers."""

    port: int
    pid: int


def environment(**more: str) -> dict[str, str]:
    """The site's variables: an embedded database of its own, below var/bench."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    ours = {"VAR_DIR": str(HOME), "STATIC_ROOT": str(HOME / "static"), "LOG_LEVEL": "ERROR", "DB_POOL": "2"}
    return kept | ours | more


def say(text: str = "") -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def prepare() -> dict[str, Any]:
    """The tables, the style sheets and the sample; the next time they are there. What the sample says of itself."""
    _manage("migrate", "--verbosity", "0")
    _manage("collectstatic", "--no-input", "--verbosity", "0")
    told = _manage("shell", "--no-imports", "-c", f"from benchmarks.sample import prepare; print(prepare({ENTRIES}))")
    return json.loads(told.splitlines()[-1])


def _manage(*command: str) -> str:
    call = [sys.executable, "manage.py", *command]
    return subprocess.run(call, cwd=ROOT, env=environment(), check=True, stdout=subprocess.PIPE, text=True).stdout


@contextmanager
def database() -> Iterator[int]:
    """Keeps the embedded server up until the block ends, and tells the number of its process."""
    with psycopg.connect(database_url(HOME / "pg")) as connection:
        yield parent_of(connection.info.backend_pid)


@contextmanager
def served(application: str, **more: str) -> Iterator[Server]:
    """Two sync workers on a free port of this machine, until the block ends."""
    with socket.create_server(("127.0.0.1", 0), backlog=2048) as listener:
        port = listener.getsockname()[1]
        command = [
            *(sys.executable, "-m", "gunicorn", application, "--bind", f"fd://{listener.fileno()}"),
            *("--worker-class", "sync", "--workers", "2", "--log-level", "error", "--no-control-socket"),
        ]
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment(**more),
            pass_fds=(listener.fileno(),),
            preexec_fn=stop_with_parent(signal.SIGTERM),  # noqa: PLW1509 - no other thread runs yet
        )
        try:
            _wait_for(port)
            yield Server(port, process.pid)
        finally:
            process.terminate()
            process.wait(20)


def _wait_for(port: int) -> None:
    latest = time.monotonic() + STARTING
    while time.monotonic() < latest:
        try:
            if ask(port, visit("/")):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"The server on port {port} did not answer within {STARTING:g} seconds.")


def requests_of(row: ResultRow, sample: dict[str, Any]) -> list[bytes]:
    paths = sample[row.paths] if isinstance(row.paths, str) else row.paths
    return [visit(path, sample["cookie"] if row.signed_in else "") for path in paths]


def measure(sample: dict[str, Any], seconds: float, rounds: int) -> tuple[dict[str, list[Sighting]], float]:
    """What each row did in interleaved rounds, so that a noisy minute strikes all alike, and a worker's memory."""
    seen: dict[str, list[Sighting]] = {row.name: [] for row in ROWS}
    with ExitStack() as running:
        postgres = running.enter_context(database())
        servers = {
            "hello": running.enter_context(served("benchmarks.hello:application")),
            "cached": running.enter_context(served("aapm_site.wsgi:application", PAGE_CACHE="on")),
            "plain": running.enter_context(served("aapm_site.wsgi:application", PAGE_CACHE="off")),
        }
        askers = running.enter_context(load())
        for row in ROWS:
            askers.visits(servers[row.server].port, requests_of(row, sample), min(1.0, seconds))
        for turn in range(rounds):
            say(f"Round {turn + 1} of {rounds} …")
            for row in ROWS:
                asked = requests_of(row, sample)
                seen[row.name].append(sighting(askers, servers[row.server], postgres, asked, seconds))
        return seen, max(map(memory_mb, children_of(servers["plain"].pid)))


def sighting(askers: Load, server: Server, postgres: int, asked: list[bytes], seconds: float) -> Sighting:
    site, database = cpu_seconds(server.pid), cpu_seconds(postgres)
    visits = askers.visits(server.port, asked, seconds)
    return Sighting(visits, seconds, cpu_seconds(server.pid) - site, cpu_seconds(postgres) - database)


def main() -> None:
    """Prepare, measure, print. Figures never fail a build: the machine is shared, and a noisy one tells little."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--seconds", type=float, default=3.0, help="how long each row is asked in each round")
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    say(f"Preparing {ENTRIES:,} entries and the sample in {HOME.relative_to(ROOT)}/ …")
    seen, memory = measure(prepare(), min(max(chosen.seconds, 0.5), 60.0), min(max(chosen.rounds, 1), 9))
    say(f"\n{table(seen, memory)}\n")
    say("2 sync workers, 16 visitors, this machine alone; medians of the rounds. The ratio is that of the requests a")
    say("second to the first line; site and database are the processor's time that a request takes of each.")


if __name__ == "__main__":
    main()
