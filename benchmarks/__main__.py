"""Measure and print: python -m benchmarks [--seconds 3] [--rounds 3]. Ends by itself after about a minute."""

import argparse
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from aapm_site.core.runtime.embedded import stop_with_parent
from benchmarks.load import REQUEST, ask, rate

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / "var" / "bench"
ENTRIES = 20_000
STARTING = 90.0


@dataclass(frozen=True)
class ResultRow:
    """One line of the table: where it asks, and the least ratio to hello that it should reach."""

    name: str
    server: str
    paths: tuple[str, ...]
    aim: float | None


HELLO = ResultRow("hello-world Django, default middleware", "hello", ("/",), None)
ROWS = (
    HELLO,
    ResultRow("home page, from the page cache", "cached", ("/",), 1.2),
    ResultRow("a content page, not cached", "plain", ("/entry-10/", "/entry-510/", "/entry-1510/"), 0.12),
    ResultRow("an archive of a year, not cached", "plain", ("/2015/", "/2011/", "/2020/"), 0.12),
    ResultRow(
        f"search over {ENTRIES:,} entries, a mix of words",
        "plain",
        tuple(f"/search/?q={words}" for words in ("treatment", "zebrafish", "nerve+update", "xylophone", "zebrafisch")),
        0.05,
    ),
)


def environment(**more: str) -> dict[str, str]:
    """The site's variables: an embedded database of its own, below var/bench."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    ours = {"VAR_DIR": str(HOME), "STATIC_ROOT": str(HOME / "static"), "LOG_LEVEL": "ERROR", "DB_POOL": "2"}
    return kept | ours | more


def say(text: str = "") -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def prepare() -> None:
    """The tables, the style sheets and the entries; the next time they are there."""
    for command in (["migrate", "--verbosity", "0"], ["collectstatic", "--no-input", "--verbosity", "0"]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment(), check=True)
    fill = (
        "from benchmarks.entries import make; from content.models import Page; from django.db import connection\n"
        f"if not Page.objects.exists():\n    make({ENTRIES})\n"
        "connection.cursor().execute('VACUUM (ANALYZE)')"
    )
    subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", fill], cwd=ROOT, env=environment(), check=True
    )


@contextmanager
def served(application: str, **more: str) -> Iterator[int]:
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
            yield port
        finally:
            process.terminate()
            process.wait(20)


def _wait_for(port: int) -> None:
    latest = time.monotonic() + STARTING
    while time.monotonic() < latest:
        try:
            if ask(port, REQUEST.format(path="/").encode()):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"The server on port {port} did not answer within {STARTING:g} seconds.")


def measure(seconds: float, rounds: int) -> dict[str, float]:
    """Requests a second by row: the median of interleaved rounds, so that a noisy minute strikes all alike."""
    seen: dict[str, list[float]] = {row.name: [] for row in ROWS}
    with ExitStack() as running:
        ports = {
            "hello": running.enter_context(served("benchmarks.hello:application")),
            "cached": running.enter_context(served("aapm_site.wsgi:application", PAGE_CACHE="on")),
            "plain": running.enter_context(served("aapm_site.wsgi:application", PAGE_CACHE="off")),
        }
        for row in ROWS:
            rate(ports[row.server], list(row.paths), min(1.0, seconds))
        for turn in range(rounds):
            say(f"Round {turn + 1} of {rounds} …")
            for row in ROWS:
                seen[row.name].append(rate(ports[row.server], list(row.paths), seconds))
    return {name: statistics.median(rates) for name, rates in seen.items()}


def table(rates: dict[str, float]) -> str:
    """The figures beside their aims. The ratio is what compares from machine to machine."""
    yardstick = rates[HELLO.name]
    lines = [f"{'page':<46}{'req/s':>9}{'ratio':>9}{'aim':>9}", "-" * 73]
    for row in ROWS:
        ratio = rates[row.name] / yardstick
        aim = "" if row.aim is None else f"≥ {row.aim:g}"
        missed = "  missed" if row.aim is not None and ratio < row.aim else ""
        lines.append(f"{row.name:<46}{rates[row.name]:>9,.0f}{ratio:>9.3f}{aim:>9}{missed}")
    return "\n".join(lines)


def main() -> None:
    """Prepare, measure, print. Figures never fail a build: the machine is shared, and a noisy one tells little."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--seconds", type=float, default=3.0, help="how long each row is asked in each round")
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    say(f"Preparing {ENTRIES:,} entries in {HOME.relative_to(ROOT)}/ …")
    prepare()
    rates = measure(min(max(chosen.seconds, 0.5), 60.0), min(max(chosen.rounds, 1), 9))
    say(f"\n{table(rates)}\n\n2 sync workers, 16 visitors, this machine alone; ratio to the first line.")


if __name__ == "__main__":
    main()
