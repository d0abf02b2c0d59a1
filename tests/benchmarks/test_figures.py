"""The table of `make bench`: medians of the rounds, ratios to hello, and the processor's time of each request."""

import os
import subprocess
import sys

import pytest

from benchmarks.figures import HELLO, ROWS, SEARCH_OF_MANY, Sighting, board_table, member_lines, report_lines, table
from benchmarks.processes import children_of, cpu_seconds, memory_mb, parent_of

BUSY = "import time\nwhile time.process_time() < 0.3: pass\nprint(flush=True)\ninput()"


def seen(**named: list[Sighting]) -> dict[str, list[Sighting]]:
    """Rounds in which every row answers 300 requests in three seconds, but for those that are named by a word."""
    usual = [Sighting(300, 3.0, 1.5, 0.3)] * 3
    rounds = {row.name: usual for row in ROWS} | {HELLO.name: [Sighting(3000, 3.0, 3.0, 0.0)] * 3}
    return rounds | {row.name: rounds for word, rounds in named.items() for row in ROWS if word in row.name}


def line_of(word: str, text: str) -> str:
    (line,) = (line for line in text.splitlines() if word in line)
    return " ".join(line.split())


def test_a_line_tells_rate_ratio_aim_and_the_time_of_site_and_database():
    text = table(seen(), 100.0)
    assert line_of("hello", text) == "hello-world Django, default middleware 1,000 1.000 1.00 0.00"
    assert line_of("search", text).endswith(" 100 0.100 ≥ 0.05 5.00 1.00")
    assert line_of("content page", text).endswith(" 100 0.100 ≥ 0.14 5.00 1.00 missed")
    assert line_of("list of positions", text).endswith(" 100 0.100 ≥ 0.08 5.00 1.00")


def test_the_median_of_the_rounds_counts():
    rounds = [Sighting(30, 3.0, 3.0, 0.3), Sighting(600, 3.0, 1.2, 0.6), Sighting(450, 3.0, 0.9, 0.9)]
    assert line_of("archive", table(seen(archive=rounds), 100.0)).endswith(" 150 0.150 ≥ 0.12 2.00 2.00")


@pytest.mark.parametrize(("memory", "end"), [(110.0, "110 MB ≤ 110"), (110.6, "111 MB ≤ 110 missed")])
def test_memory_has_an_aim_too(memory, end):
    assert line_of("memory", table(seen(), memory)).endswith(end)


def test_the_search_of_many_positions_has_its_aims_too():
    rounds = {HELLO.name: [Sighting(3000, 3.0, 3.0, 0.0)], SEARCH_OF_MANY.name: [Sighting(120, 3.0, 1.2, 0.6)]}
    told = {"searches": 500, "most": 6, "median": 4.2, "p95": 50.5, "max": 149.0}
    text = board_table(rounds, told, 100_000)
    assert line_of("mix of searches", text).endswith(" 40 0.040 ≥ 0.05 10.00 5.00 missed")
    assert [line.split()[-1] == "missed" for line in text.splitlines()[-4:]] == [True, False, True, False]
    assert "missed" not in board_table(rounds, told | {"most": 5}, 1_000_000).splitlines()[-2]


def test_reports_have_an_aim_and_lists_of_members_their_seconds():
    reports = report_lines({"revenue": {"median": 1234.5}, "renewals": {"median": 1600.0}})
    assert [" ".join(line.split()) for line in reports[1:]] == ["revenue 1234 ≤ 1500", "renewals 1600 ≤ 1500 missed"]
    lines = member_lines({"read": 6.01, "check": 27.0, "apply": 68.2, "lines": 50_000, "wrong": 500})
    assert lines[0] == "A list of 50,000 members, 500 of them wrong:"
    assert " ".join(lines[2].split()) == "checking every line 27.0 s"


def test_rows_have_names_of_their_own():
    assert len({row.name for row in ROWS}) == len(ROWS)


def test_the_time_of_a_server_is_that_of_its_children_living_and_ended():
    before = cpu_seconds(os.getpid())
    with subprocess.Popen([sys.executable, "-c", BUSY], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        assert child.pid in children_of(os.getpid())
        assert parent_of(child.pid) == os.getpid()
        assert cpu_seconds(os.getpid()) - before >= 0.28
        assert 1 < memory_mb(child.pid) < 200
        child.communicate(b"\n")
    assert child.pid not in children_of(os.getpid())
    assert cpu_seconds(os.getpid()) - before >= 0.28
