"""Slips of the pen: the words of what everybody may read, and the nearest of them to a word that nobody knows.

A task gathers the words from the titles and summaries of what is public, every few minutes. What is corrected is
searched for like anything else, so a word that has left the site since leads nowhere and is never offered.
"""

import re
from string import ascii_lowercase

from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.utils import timezone

from ..accents import unaccented
from ..statements import written
from .query import tidy
from .registry import search_sources
from .statements import part, union

SHORTEST, LONGEST = 3, 40
SHORT = 5  # below it one slip is as much as a word can bear
MOST_WORDS = 8  # of one query that are looked at
CANDIDATES = 8
# One gathering at a time; a second one has nothing to add.
LOCK = 0x776F726473

_words = re.compile(r"-?\w+(?:'\w+)*")


def gather() -> int:
    """Replace the list by the words of now, and say how many there are."""
    at, parts = timezone.now(), []
    for source in search_sources:
        rows = source.rows(source.rights(AnonymousUser(), at)).order_by()
        parts += [piece for column in source.words for piece in part(rows.values_list(column))]
    if not parts:
        return 0
    texts, parameters = union(parts)
    gathering = written(_gathering(texts), parameters)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        gathering.rows(now=at, today=timezone.localdate(at))
        cursor.execute("SELECT count(*) FROM core_searchword")
        return cursor.fetchone()[0]


def _gathering(texts: str) -> str:
    return f"""
        WITH texts(line) AS ({texts}),
        seen AS (
            SELECT word, count(*) AS times
            FROM texts, regexp_split_to_table(lower(unaccent(line)), '[^[:alpha:]]+') AS word
            WHERE length(word) BETWEEN {SHORTEST} AND {LONGEST} GROUP BY word
        ),
        gone AS (DELETE FROM core_searchword WHERE word NOT IN (SELECT word FROM seen))
        INSERT INTO core_searchword (word, times) SELECT word, times FROM seen ORDER BY word
        ON CONFLICT (word) DO UPDATE SET times = excluded.times WHERE core_searchword.times <> excluded.times
        RETURNING word
    """  # noqa: S608 - made of the ORM's own statements and numbers of ours


def correct(query: str) -> tuple[str, list[str]]:
    """The query with each unknown word replaced by the nearest known one, "" if that changes nothing; and what of
    it is known, as it was typed. One statement, none without words.
    """
    typed = {_plain(word): word for word in _typed(query)}
    near = _near(list(typed))
    fixed = {plain: _best(plain, near.get(plain, {})) for plain in typed}
    known = [word for plain, word in typed.items() if plain in near.get(plain, {})]

    def replaced(found: re.Match[str]) -> str:
        return fixed.get(_plain(found[0])) or found[0]

    corrected = _words.sub(replaced, tidy(query))
    return ("" if _plain(corrected) == _plain(tidy(query)) else corrected), known


def _typed(query: str) -> list[str]:
    """The words to be found; not those to be left out, and not OR."""
    words = [word for word in _words.findall(tidy(query)) if word[0] != "-" and word.lower() != "or"]
    return [word for word in words if SHORTEST <= len(word) <= LONGEST][:MOST_WORDS]


def _plain(word: str) -> str:
    """Lower case, without accents, as the list keeps its words."""
    return unaccented(word.lower())


def _near(words: list[str]) -> dict[str, dict[str, int]]:
    """For each word the known ones like it, itself among them, and how often they stand on the site."""
    if not words:
        return {}
    meant = [(word, other) for word in words for other in [*_swapped(word), *_with_a_letter(word)]]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT typed, near.word, near.times FROM unnest(%s::text[]) AS typed CROSS JOIN LATERAL (
                SELECT word, times FROM core_searchword WHERE word %% typed
                ORDER BY similarity(word, typed) DESC, times DESC LIMIT %s
            ) AS near
            UNION
            SELECT typed, word, times FROM unnest(%s::text[], %s::text[]) AS slips(typed, meant)
            JOIN core_searchword ON word = meant
            """,
            [words, CANDIDATES, [typed for typed, _ in meant], [other for _, other in meant]],
        )
        near: dict[str, dict[str, int]] = {}
        for typed, word, times in cursor.fetchall():
            near.setdefault(typed, {})[word] = times
    return near


def _swapped(word: str) -> list[str]:
    """The word with two neighbors in the other order, the commonest slip that leaves few trigrams alike."""
    pairs = range(len(word) - 1)
    return [word[:place] + word[place + 1] + word[place] + word[place + 2 :] for place in pairs]


def _with_a_letter(word: str) -> list[str]:
    """A short word with one letter more, at every place: it has too few trigrams for any of them to be alike."""
    places = range(len(word) + 1) if len(word) < SHORT else ()
    return [word[:place] + letter + word[place:] for place in places for letter in ascii_lowercase]


def _best(typed: str, near: dict[str, int]) -> str:
    """The known word with the fewest slips; of several one that only has more letters, then the commonest: a letter
    that was left out (bak, back) is likelier than a wrong one (bak, bad). "" when none is near enough.
    """
    allowed = 1 if len(typed) < SHORT else 2 if len(typed) < 10 else 3
    ranked = sorted(
        (slips(typed, word), word[0] != typed[0], not _stands_in(typed, word), -times, word)
        for word, times in near.items()
    )
    return ranked[0][-1] if ranked and ranked[0][0] <= allowed else ""


def _stands_in(typed: str, word: str) -> bool:
    """Whether all letters stand in the word, in their order."""
    letters = iter(word)
    return all(letter in letters for letter in typed)


def slips(one: str, other: str) -> int:
    """How many letters were left out, added, changed, or swapped with a neighbor."""
    rows = [list(range(len(other) + 1))]
    for y, left in enumerate(one, 1):
        row = [y]
        for x, right in enumerate(other, 1):
            cost = min(rows[-1][x] + 1, row[x - 1] + 1, rows[-1][x - 1] + (left != right))
            if y > 1 and x > 1 and left == other[x - 2] and one[y - 2] == right:
                cost = min(cost, rows[-2][x - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]
