"""Measure and print: python -m benchmarks [--seconds 3] [--rounds 3]. Ends by itself after a few minutes."""

import argparse
import json
import os
import shutil
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
from benchmarks.figures import (
    HELLO,
    ROWS,
    SEARCH_OF_MANY,
    ResultRow,
    Sighting,
    alert_lines,
    article_lines,
    board_table,
    delivery_lines,
    jats_lines,
    member_figure_lines,
    member_lines,
    profile_lines,
    report_lines,
    table,
    usage_lines,
)
from benchmarks.load import Load, ask, load, visit
from benchmarks.processes import children_of, cpu_seconds, memory_mb, parent_of

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / "var" / "bench"
BOARD = ROOT / "var" / "bench-positions"  # a database of its own: many positions would change every other figure
PROFILES = ROOT / "var" / "bench-profiles"
ARTICLES = ROOT / "var" / "bench-articles"
ENTRIES = 20_000
STARTING = 90.0


@dataclass(frozen=True)
class Server:
    """One application with its two workers."""

    port: int
    pid: int


def environment(home: Path = HOME, **more: str) -> dict[str, str]:
    """The site's variables: an embedded database of its own, below var/bench."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    ours = {"VAR_DIR": str(home), "STATIC_ROOT": str(home / "static"), "LOG_LEVEL": "ERROR", "DB_POOL": "2"}
    return kept | ours | more


def say(text: str = "") -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def prepare() -> dict[str, Any]:
    """The tables, the style sheets and the sample; the next time they are there. What the sample says of itself."""
    return _prepared(HOME, f"from benchmarks.sample import prepare; print(prepare({ENTRIES}))")


def _prepared(home: Path, ask: str) -> dict[str, Any]:
    home.mkdir(parents=True, exist_ok=True)
    _manage(home, "migrate", "--verbosity", "0")
    _manage(home, "collectstatic", "--no-input", "--verbosity", "0")
    return json.loads(_manage(home, "shell", "--no-imports", "-c", ask).splitlines()[-1])


def _manage(home: Path, *command: str) -> str:
    call = [sys.executable, "manage.py", *command]
    return subprocess.run(call, cwd=ROOT, env=environment(home), check=True, stdout=subprocess.PIPE, text=True).stdout


@contextmanager
def database(home: Path = HOME) -> Iterator[int]:
    """Keeps the embedded server up until the block ends, and tells the number of its process."""
    with psycopg.connect(database_url(home / "pg")) as connection:
        yield parent_of(connection.info.backend_pid)


@contextmanager
def served(application: str, home: Path = HOME, **more: str) -> Iterator[Server]:
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
            env=environment(home, **more),
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


def measure_board(count: int, seconds: float, rounds: int) -> str:
    """The search of so many positions: the database's time for each statement of random searches, and whole pages."""
    told = _prepared(BOARD, f"from benchmarks.searches import told; print(told({count}))")
    seen: dict[str, list[Sighting]] = {HELLO.name: [], SEARCH_OF_MANY.name: []}
    with ExitStack() as running:
        postgres = running.enter_context(database(BOARD))
        hello = running.enter_context(served("benchmarks.hello:application", BOARD))
        site = running.enter_context(served("aapm_site.wsgi:application", BOARD, PAGE_CACHE="off"))
        askers = running.enter_context(load())
        for turn in range(rounds + 1):
            for name, server, paths in ((HELLO.name, hello, ["/"]), (SEARCH_OF_MANY.name, site, told["addresses"])):
                one = sighting(askers, server, postgres, [visit(path) for path in paths], seconds)
                seen[name] += [one] if turn else []  # the first round warms up
    return board_table(seen, told, count)


def measure_alerts() -> str:
    """A new position among the alerts, and a batch of letters, by the time of the database's processor."""
    with database(BOARD):
        told = _prepared(BOARD, "from benchmarks.alerts import told; print(told())")
    return "\n".join(alert_lines(told))


def measure_reports() -> str:
    """The staff's reports over what is made beside the positions, and is gone afterwards."""
    with database(BOARD):
        told = _prepared(BOARD, "from benchmarks.reports import told; print(told())")
    return "\n".join(report_lines(told))


def measure_members() -> str:
    """A long list of members, which is gone afterwards."""
    with database():
        told = _prepared(HOME, "from benchmarks.members import told; print(told())")
    return "\n".join(member_lines(told))


def measure_usage() -> str:
    """A counted page, a month's counts and a report of the journal's use, which are gone afterwards."""
    with database():
        told = _prepared(HOME, "from benchmarks.usage import told; print(told())")
    return "\n".join(usage_lines(told))


def measure_member_figures() -> str:
    """Standings, reports and due work of many members, who are gone afterwards."""
    with database():
        told = _prepared(HOME, "from benchmarks.member_figures import told; print(told())")
    return "\n".join(member_figure_lines(told))


def measure_profiles(count: int) -> str:
    """The search of so many profiles, and a new one among saved searches, by the time of the database's processor."""
    with database(PROFILES):
        told = _prepared(PROFILES, f"from benchmarks.profiles import told; print(told({count}))")
    return "\n".join(profile_lines(told, count))


def measure_articles(count: int) -> str:
    """The journal's search over so many long articles, by the time of the database's processor."""
    with database(ARTICLES):
        told = _prepared(ARTICLES, f"from benchmarks.articles import told; print(told({count}))")
    return "\n".join(article_lines(told, count))


def measure_deliveries() -> str:
    """A hundred articles with figures, imported in a process of its own; they are gone afterwards."""
    folder = HOME / "deliveries"
    with database():
        _manage(HOME, "migrate", "--verbosity", "0")
        write = f"from pathlib import Path; from benchmarks.deliveries import write; write(Path({str(folder)!r}))"
        _manage(HOME, "shell", "--no-imports", "-c", write)
        ask = f"from benchmarks.deliveries import told; print(told({str(folder)!r}))"
        told = json.loads(_manage(HOME, "shell", "--no-imports", "-c", ask).splitlines()[-1])
    shutil.rmtree(folder)
    return "\n".join(delivery_lines(told))


def measure_jats(folder: Path) -> str:
    """Every article in a folder from its file to its page, each in a process of its own. Nothing is kept."""
    files = sorted(one for one in folder.iterdir() if one.suffix in {".xml", ".nxml"})
    if not files:
        raise SystemExit(f"There is no .xml file in {folder}.")
    told = []
    for file in files:
        call = [sys.executable, "-m", "benchmarks.jats", str(file.resolve())]
        told.append(json.loads(subprocess.run(call, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout))
    return "\n".join(jats_lines(told))


ALONE = {"deliveries": measure_deliveries, "usage": measure_usage}  # by the option that asks for nothing else


def main() -> None:
    """Prepare, measure, print. Figures never fail a build: the machine is shared, and a noisy one tells little."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--seconds", type=float, default=3.0, help="how long each row is asked in each round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--positions", type=int, default=100_000, help="how many are searched; 0 leaves that out")
    parser.add_argument("--only-positions", action="store_true", help="nothing but their search")
    parser.add_argument("--profiles", type=int, default=100_000, help="how many are searched; 0 leaves that out")
    parser.add_argument("--only-profiles", action="store_true", help="nothing but their search")
    parser.add_argument("--articles", type=int, default=10_000, help="how many are searched; 0 leaves that out")
    parser.add_argument("--only-articles", action="store_true", help="nothing but their search")
    parser.add_argument("--deliveries", action="store_true", help="nothing but the import of a hundred articles")
    parser.add_argument("--usage", action="store_true", help="nothing but what counting the journal’s use costs")
    parser.add_argument("--jats", type=Path, metavar="DIR", help="nothing but the articles in a folder, file by file")
    chosen = parser.parse_args()
    alone = [step for name, step in ALONE.items() if getattr(chosen, name)]
    if alone or chosen.jats:
        for text in (*(step() for step in alone), *((measure_jats(chosen.jats),) if chosen.jats else ())):
            say(f"\n{text}")
        return
    seconds, rounds = min(max(chosen.seconds, 0.5), 60.0), min(max(chosen.rounds, 1), 9)
    only = {name for name in ("positions", "profiles", "articles") if getattr(chosen, f"only_{name}")}
    if not only:
        _measure_pages(seconds, rounds)
        say(f"\n{measure_members()}")
        say(f"\n{measure_member_figures()}")
        say(f"\n{measure_usage()}")
        say(f"\n{measure_deliveries()}")
    if chosen.positions > 0 and only <= {"positions"}:
        say(f"Preparing {chosen.positions:,} positions in {BOARD.relative_to(ROOT)}/, a few minutes the first time …")
        say(f"\n{measure_board(chosen.positions, seconds, rounds)}")
        say(f"\n{measure_alerts()}")
        say(f"\n{measure_reports()}")
    if chosen.profiles > 0 and only <= {"profiles"}:
        say(f"Preparing {chosen.profiles:,} profiles in {PROFILES.relative_to(ROOT)}/, a few minutes the first time …")
        say(f"\n{measure_profiles(chosen.profiles)}")
    if chosen.articles > 0 and only <= {"articles"}:
        say(f"Preparing {chosen.articles:,} articles in {ARTICLES.relative_to(ROOT)}/, some minutes the first time …")
        say(f"\n{measure_articles(chosen.articles)}")


def _measure_pages(seconds: float, rounds: int) -> None:
    say(f"Preparing {ENTRIES:,} entries and the sample in {HOME.relative_to(ROOT)}/ …")
    seen, memory = measure(prepare(), seconds, rounds)
    say(f"\n{table(seen, memory)}\n")
    say("2 sync workers, 16 visitors, this machine alone; medians of the rounds. The ratio is that of the requests a")
    say("second to the first line; site and database are the processor's time that a request takes of each.")


if __name__ == "__main__":
    main()
