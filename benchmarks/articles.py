"""Random searches of the journal over many long articles, by the database's time for each statement. Runs in the site.

Ten thousand articles of about 120 kB each, of words as rare and as common as those of a language. Made once and kept.
"""

import json
import random
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from aapm_site.core.search.query import CONFIG
from benchmarks.searches import Clock
from membership.access import JournalReach
from membership.journal.models import Article, ArticleType, Issue
from membership.journal.queries.article_search import ArticleCriteria, abstracts, excerpts, find

SEED, VOCABULARY, PASSAGES = 17, 30_000, 20_000
YEARS, SHOWN, BATCH = 25, 20, 500
MARK = "10.5555/bench."
KINDS = ("introduction", "methods", "results", "discussion")
# u to the fourth of a number between 0 and 1: the first words stand everywhere, the last in a few texts.
WORD = f"'w' || floor({VOCABULARY} * power(random(), 4))::int"
MADE_OF = (
    "SELECT setseed(0.17)",
    f"""CREATE TEMP TABLE bench_passage AS
        SELECT n, string_agg({WORD}, ' ') AS words
        FROM generate_series(0, {PASSAGES - 1}) AS n CROSS JOIN generate_series(1, 90) GROUP BY n""",  # noqa: S608 - numbers of ours
    "CREATE UNIQUE INDEX ON bench_passage (n)",
)
SECTIONS = f"""
    INSERT INTO membership_articlesection (article_id, "order", kind, title, anchor, text)
    SELECT a.id, section, (ARRAY['{"','".join(KINDS)}'])[1 + section %% 4], 'Part ' || section, 's' || section,
        (SELECT string_agg(p.words, '. ') FROM generate_series(1, 9) AS piece
         JOIN bench_passage p ON p.n = mod(a.id * 7919 + section * 104729 + piece * 1299709, {PASSAGES}))
        || ' rare' || mod(a.id, 997) || '.'
    FROM unnest(%(keys)s::bigint[]) AS a(id) CROSS JOIN generate_series(1, 12) AS section
"""  # noqa: S608 - numbers of ours
WORDS_OF = f"""
    INSERT INTO membership_articlewords (article_id, words)
    SELECT article_id, strip(to_tsvector('{CONFIG}', string_agg(title || ' ' || text, ' ')))
    FROM membership_articlesection WHERE article_id = ANY(%(keys)s) GROUP BY article_id
"""  # noqa: S608 - a name of ours
TYPED = (
    "w0", "w3 w40", "w12 w900", "w2500", "w7000 w11", "w29000", "rare77", "rare12 w2", "nowhereword", "w1 -w2",
    "w5 or w29001", '"w0 w1"', '"w3 w0 w2"', "w100 w200 w300", "w15 w16 w17 w18", "pain", "sleep w4",
)  # fmt: skip


def prepare(count: int) -> None:
    """The articles, in batches of their own, so that an interrupted making goes on where it was."""
    made = Article.objects.filter(doi__startswith=MARK).count()
    if made >= count:
        return
    type_ = ArticleType.objects.order_by("pk").first()
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        for statement in MADE_OF:
            cursor.execute(statement)
        for first in range(made, count, BATCH):
            with transaction.atomic():
                cursor.execute("SET LOCAL synchronous_commit = off")
                keys = _articles(first, min(first + BATCH, count), type_)
                cursor.execute(SECTIONS, {"keys": keys})
                cursor.execute(WORDS_OF, {"keys": keys})
        cursor.execute("VACUUM ANALYZE membership_article, membership_articlesection, membership_articlewords")


def _articles(first: int, until: int, type_: Any) -> list[int]:
    """Rows of the journal from the newest back over 25 years, each fourth year free to read."""
    chance = random.Random(SEED + first)  # noqa: S311 - a bench, not a secret
    today = timezone.localdate()
    rows = []
    for number in range(first, until):
        words = [f"w{int(VOCABULARY * chance.random() ** 4)}" for _ in range(220)]
        published = today - timedelta(days=1 + number * YEARS * 365 // 10_000)
        rows.append(
            Article(
                issue=_issue(published),
                type=type_,
                slug=f"bench-{number}",
                doi=f"{MARK}{number}",
                title=f"Sleep and pain: {' '.join(words[:9])}",
                byline=f"Ada w{number % 800}, Ines w{number % 37}",
                keywords=", ".join(words[9:14]),
                published_on=published,
                free_to_read=published.year % 4 == 0,
                abstract=f"<p>{' '.join(words[14:])}</p>",
            )  # fmt: skip
        )
    return [one.pk for one in Article.objects.bulk_create(rows)]


def _issue(on: date) -> Issue:
    """That of its month, far behind the numbers of the journal's own."""
    months = on.year * 12 + on.month
    first = {"published_on": on.replace(day=1)}
    found, _ = Issue.objects.get_or_create(volume=20_000 + months // 12, number=1 + months % 12, defaults=first)
    return found


def random_criteria(chance: random.Random) -> ArticleCriteria:
    """Words from nowhere to everywhere, often with an author, years, or a part of the text."""
    year = timezone.localdate().year
    first = chance.choice((None, None, year - 20, year - 8, year - 2))
    return ArticleCriteria(
        words=chance.choice(TYPED) if chance.random() < 0.6 else f"w{int(VOCABULARY * chance.random() ** 3)}",
        author=chance.choice(("", "", "", "", f"w{chance.randrange(800)}")),
        first_year=first,
        last_year=chance.choice((None, year - 1)) if first else None,
        part=chance.choice(("", "", "", "abstract", *KINDS[1:3])),
    )


def _reaches() -> list[JournalReach]:
    today = timezone.localdate()
    span = (today - timedelta(days=2_000), today - timedelta(days=900))
    return [
        JournalReach(everything=True),
        JournalReach(everything=True),
        JournalReach(False),
        JournalReach(False, (span,)),
    ]


def told(count: int, searches: int = 500) -> str:
    """For the table: milliseconds of the database for a search and for the excerpts of its page, as JSON."""
    prepare(count)
    chance, today, reaches = random.Random(SEED), timezone.localdate(), _reaches()  # noqa: S311 - a bench
    times: dict[str, list[float]] = {"find": [], "excerpts": []}
    for _ in range(searches):
        criteria, reach = random_criteria(chance), chance.choice(reaches)
        found, spent = _timed(lambda: find(criteria, reach, today))  # noqa: B023 - asked at once
        times["find"].append(spent)
        page = found[:SHOWN]
        _, spent = _timed(lambda: excerpts([key for key, in_text in page if in_text], criteria))  # noqa: B023
        _, more = _timed(lambda: abstracts([key for key, in_text in page if not in_text], criteria.words))  # noqa: B023
        times["excerpts"].append(spent + more)
    return json.dumps({"searches": searches, **{name: _spread(spent) for name, spent in times.items()}})


def _timed(step: Any) -> tuple[Any, float]:
    clock = Clock()
    with connection.execute_wrapper(clock):
        found = step()
    return found, sum(time for time, _ in clock.seen)


def _spread(spent: list[float]) -> dict[str, float]:
    spent = sorted(spent)
    return {"median": spent[len(spent) // 2], "p95": spent[int(len(spent) * 0.95)], "max": spent[-1]}
