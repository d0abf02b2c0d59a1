"""The rows that are measured, what they should reach, and the table of what was seen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any


@dataclass(frozen=True)
class ResultRow:
    """One line of the table: which server is asked for what, and the least ratio to hello that it should reach."""

    name: str
    server: str
    paths: tuple[str, ...] | str  # or the word under which the sample names them
    aim: float | None
    signed_in: bool = False


@dataclass(frozen=True)
class Sighting:
    """What one row did in one round."""

    visits: int
    seconds: float
    site: float  # seconds of the processor, of the site and of the database
    database: float

    @property
    def rate(self) -> float:
        return self.visits / self.seconds

    @property
    def site_ms(self) -> float:
        return self.site * 1000 / self.visits

    @property
    def database_ms(self) -> float:
        return self.database * 1000 / self.visits


HELLO = ResultRow("hello-world Django, default middleware", "hello", ("/",), None)
SEARCHES = tuple(
    f"/search/?q={words}" for words in ("treatment", "zebrafish", "nerve+update", "xylophone", "zebrafisch")
)
ROWS = (
    HELLO,
    ResultRow("home page, from the page cache", "cached", ("/",), 1.2),
    ResultRow("a content page, not cached", "plain", ("/entry-10/", "/entry-510/", "/entry-1510/"), 0.14),
    ResultRow("an archive of a year, not cached", "plain", ("/2015/", "/2011/", "/2020/"), 0.12),
    ResultRow("search over 20,000 entries, a mix of words", "plain", SEARCHES, 0.05),
    ResultRow("a position, not cached", "plain", "job", 0.12),
    ResultRow("the list of positions, not cached", "plain", ("/career-center/jobs/",), 0.08),
    ResultRow("an article of the journal, signed in", "plain", "article", 0.08, signed_in=True),
    ResultRow("My account, signed in", "plain", ("/account/",), 0.08, signed_in=True),
)
SEARCH_OF_MANY = ResultRow("a mix of searches of positions, not cached", "plain", "addresses", 0.05)
MEMORY_AIM = 110.0
# Of the searches: statements of each, and milliseconds of the database for a statement, at a hundred thousand and more.
MOST_STATEMENTS, MOST_MS = 5, 150.0
P95_MS, P95_MS_OF_A_MILLION = 50.0, 250.0


def table(seen: Mapping[str, Sequence[Sighting]], memory: float) -> str:
    """The medians beside the aims. The ratio is what compares from machine to machine, the time what noise spares."""
    yardstick = median(one.rate for one in seen[HELLO.name])
    lines = [f"{'':<46}{'req/s':>8}{'ratio':>8}{'aim':>8}{'site ms':>9}{'database ms':>13}", "-" * 92]
    lines += [_line(row, seen[row.name], yardstick) for row in ROWS]
    lines.append(
        f"{'memory of a worker that has served all of these':<54}{f'{memory:.0f} MB':>8}{f'≤ {MEMORY_AIM:g}':>8}"
        f"{'':>22}{_missed(memory > MEMORY_AIM)}"
    )
    return "\n".join(lines)


def board_table(seen: Mapping[str, Sequence[Sighting]], told: Mapping[str, float], count: int) -> str:
    """The whole pages beside hello, and what the statements of the searches took of the database."""
    yardstick = median(one.rate for one in seen[HELLO.name])
    lines = [_line(row, seen[row.name], yardstick) for row in (HELLO, SEARCH_OF_MANY)]
    is_huge = count > 100_000
    aims = (
        ("statements of a search, at most", told["most"], MOST_STATEMENTS),
        ("ms of the database for a statement, median", told["median"], None),
        ("… of 95 in a hundred", told["p95"], P95_MS_OF_A_MILLION if is_huge else P95_MS),
        ("… at most", told["max"], None if is_huge else MOST_MS),
    )
    return "\n".join([*lines, f"Of the {told['searches']:,} random searches of {count:,} positions:", *map(_aim, aims)])


def _aim(measured: tuple[str, float, float | None]) -> str:
    words, value, most = measured
    aim = "" if most is None else f"≤ {most:g}"
    return f"  {words:<44}{value:>8.4g}{'':>8}{aim:>8}{_missed(most is not None and value > most)}"


def _line(row: ResultRow, rounds: Sequence[Sighting], yardstick: float) -> str:
    rate = median(one.rate for one in rounds)
    ratio = rate / yardstick
    aim = "" if row.aim is None else f"≥ {row.aim:g}"
    times = f"{median(one.site_ms for one in rounds):>9.2f}{median(one.database_ms for one in rounds):>13.2f}"
    missed = _missed(row.aim is not None and ratio < row.aim)
    return f"{row.name:<46}{rate:>8,.0f}{ratio:>8.3f}{aim:>8}{times}{missed}"


def _missed(is_missed: bool) -> str:
    return "  missed" if is_missed else ""


ALERT_AIMS = {
    "match": ("a new position among 100,000 alerts", 200.0),
    "letters": ("a digest of 500 alerts", 250.0),
}


# Of a whole search, and of a new profile: median, of 95 in a hundred, at most.
PROFILE_AIMS: dict[str, tuple[str, str, float]] = {
    "search": ("a search of {count:,} profiles, all its statements", "p95", 250.0),
    "match": ("a new profile among 100,000 saved searches", "max", 200.0),
}


def profile_lines(told: Mapping[str, Any], count: int) -> list[str]:
    """Milliseconds of the database's processor, beside the most that there should be."""
    lines = [f"Of {told['searches']:,} random searches of profiles, {told['most']} statements at most:"]
    for name, (words, figure, aim) in PROFILE_AIMS.items():
        seen = told[name]
        lines.append(
            f"{words.format(count=count):<54}median {seen['median']:>5.1f} ms   p95 {seen['p95']:>5.1f}   "
            f"most {seen['max']:>5.1f}   {figure} ≤ {aim:g}{_missed(seen[figure] > aim)}"
        )
    return lines


def alert_lines(told: Mapping[str, Mapping[str, float]]) -> list[str]:
    """Milliseconds of the database's processor, beside the most that there should be."""
    return [
        f"{words:<46}median {told[name]['median']:>6.0f} ms   most {told[name]['max']:>6.0f} ms   ≤ {aim:g}"
        f"{_missed(told[name]['max'] > aim)}"
        for name, (words, aim) in ALERT_AIMS.items()
    ]


MEMBER_STEPS = {"read": "reading the file", "check": "checking every line", "apply": "applying it"}
LIST_SECONDS, LIST_MEMORY = 120.0, 200.0


def member_lines(told: Mapping[str, float]) -> list[str]:
    """Seconds of each step of a long list of members."""
    whole, memory, changed = sum(told[name] for name in MEMBER_STEPS), told["memory"], told["changed"]
    return [
        f"A list of {told['lines']:,} members, {told['wrong']:,} of them wrong:",
        *(f"  {words:<44}{told[name]:>7.1f} s" for name, words in MEMBER_STEPS.items()),
        f"  {'together':<44}{whole:>7.1f} s{f'≤ {LIST_SECONDS:g}':>8}{_missed(whole > LIST_SECONDS)}",
        f"  {'memory at most':<44}{memory:>6.0f} MB{f'≤ {LIST_MEMORY:g}':>8}{_missed(memory > LIST_MEMORY)}",
        f"  {'checking the same list again':<44}{told['second']:>7.1f} s",
        f"  {'lines that it would change':<44}{changed:>7,}{'0':>10}{_missed(changed > 0)}",
    ]


# What is asked while somebody waits for a page, or every five minutes; the others are reports.
MEMBER_AIMS = {"members": 250.0, "members five years ago": 250.0, "a saved list": 250.0, "due letters": 200.0}
REPORT_AIM = 1_500.0


def member_figure_lines(told: Mapping[str, float]) -> list[str]:
    """Milliseconds of the database's processor for each figure about many members."""
    lines = ["The figures about 50,000 members with some 280,000 terms:"]
    for name, time in told.items():
        aim = MEMBER_AIMS.get(name, REPORT_AIM)
        lines.append(f"  {name:<44}{time:>8.0f}{'':>8}{f'≤ {aim:g}':>8}{_missed(time > aim)}")
    return lines


def report_lines(told: Mapping[str, Mapping[str, float]]) -> list[str]:
    """Milliseconds of the database's processor for a year of each of the staff's reports."""
    return ["The staff's reports of a year, over 100,000 positions and as many orders:"] + [
        f"  {name:<44}{one['median']:>8.0f}{'':>8}{f'≤ {REPORT_AIM:g}':>8}{_missed(one['median'] > REPORT_AIM)}"
        for name, one in told.items()
    ]


# What is measured: its words, the figure that counts, and the most that it should be, in milliseconds.
ARTICLE_AIMS = {
    "find": ("a search of the journal", (("p95", 30.0), ("max", 60.0))),
    "excerpts": ("the excerpts of its first page", (("p95", 30.0),)),
}


def article_lines(told: Mapping[str, Any], count: int) -> list[str]:
    """Milliseconds of the database's processor, beside the most that there should be."""
    lines = [f"Of {told['searches']:,} random searches of {count:,} articles of 120 kB:"]
    for name, (words, aims) in ARTICLE_AIMS.items():
        seen = told[name]
        said = ", ".join(f"{figure} ≤ {aim:g}{_missed(seen[figure] > aim)}" for figure, aim in aims)
        lines.append(
            f"{words:<34}median {seen['median']:>5.1f} ms   p95 {seen['p95']:>5.1f}   most {seen['max']:>5.1f}   {said}"
        )
    return lines


# Seconds of the processor, of site and database; and how much longer a page from the cache may take that is counted.
USAGE_AIMS = {
    "month": ("a month’s openings, 1,000,000, counted by article", 15.0),
    "report": ("an item report of 10,000 articles and 24 months", 15.0),
}
MOST_FOR_A_COUNT = 1.6


def usage_lines(told: Mapping[str, float]) -> list[str]:
    """What a count adds to a page from the cache in the same run, and how long counts and reports of many take."""
    times = told["counted"] / told["plain"]
    words = f"a page from the cache: {told['plain']:.0f} µs, counted {told['counted']:.0f} µs, times"
    lines = [f"{words:<54}{times:>8.2f}{f'≤ {MOST_FOR_A_COUNT:g}':>10}{_missed(times > MOST_FOR_A_COUNT)}"]
    lines += [
        f"{said:<54}{told[name]:>6.1f} s{f'≤ {aim:g}':>10}{_missed(told[name] > aim)}"
        for name, (said, aim) in USAGE_AIMS.items()
    ]
    return ["Usage of the journal:", *(f"  {line}" for line in lines)]


IMPORT_SECONDS, IMPORT_MEMORY, IMPORTED = 120.0, 300.0, 100


def delivery_lines(told: Mapping[str, float]) -> list[str]:
    """How long an import of many articles with figures takes, and the most memory of its process."""
    rows = (
        ("articles", told["articles"], f"≥ {IMPORTED}", told["articles"] < IMPORTED),
        ("their pictures, each made anew", told["pictures"], "", False),
        ("seconds", told["seconds"], f"≤ {IMPORT_SECONDS:g}", told["seconds"] > IMPORT_SECONDS),
        ("memory at most, MB", told["memory"], f"≤ {IMPORT_MEMORY:g}", told["memory"] > IMPORT_MEMORY),
        ("articles that need a look", told["attention"], "0", told["attention"] > 0),
    )
    return ["Articles of the journal with figures, imported by the command from packages of three makers:"] + [
        f"  {words:<44}{value:>8.0f}{'':>8}{aim:>8}{_missed(missed)}" for words, value, aim, missed in rows
    ]


FILE_SECONDS, FILE_MEMORY, FILE_LETTERS, FILE_WORDS = 1.0, 100.0, 99.9, 98.0
COUNTS = ("links", "formulas", "figures", "tables")


def jats_lines(told: Sequence[Mapping[str, Any]]) -> list[str]:
    """Of each file of a publisher: time and memory of its own process, and what of the source stands on the page."""
    aims = (
        f"≤ {FILE_SECONDS:g} s of the processor, ≤ {FILE_MEMORY:g} MB, letters ≥ {FILE_LETTERS:g} %, "
        f"words of references ≥ {FILE_WORDS:g} %, and all the rest"
    )
    head = f"  {'':<28}{'kB':>6}{'s':>7}{'MB':>6}{'letters':>9}{'words':>8}" + "".join(f"{name:>12}" for name in COUNTS)
    lines = ["Articles as publishers deliver them, each in a process of its own:", f"  {aims}", head]
    return lines + [
        f"  {one['name']:<28}{one['size'] / 1000:>6.0f}{one['seconds']:>7.2f}{one['memory']:>6.0f}"
        f"{one['letters']:>9.3f}{one['words']:>8.2f}{''.join(f'{_kept(one[name]):>12}' for name in COUNTS)}"
        f"{_missed(_falls_short(one))}"
        for one in told
    ]


def _kept(counts: Sequence[int]) -> str:
    return f"{counts[0]} of {counts[1]}"


def _falls_short(one: Mapping[str, Any]) -> bool:
    return (
        one["seconds"] > FILE_SECONDS
        or one["memory"] > FILE_MEMORY
        or one["letters"] < FILE_LETTERS
        or one["words"] < FILE_WORDS
        or any(one[name][0] < one[name][1] for name in COUNTS)
    )
