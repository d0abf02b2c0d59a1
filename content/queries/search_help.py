"""What staff have taught the search, as it is asked: read once for everybody."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from aapm_site.core.cache import lifetime
from aapm_site.core.cache.remembered import remembered
from aapm_site.core.search.guides import Bet
from content.models import PUBLIC, BestBet, Synonym
from content.text.urgency import holds_phrase, phrases_in, plainly


@dataclass(frozen=True)
class KnownBet:
    """A place with the phrases that mean it, one a line."""

    phrases: str
    bet: Bet


@remembered
def known_bets(at: datetime) -> tuple[KnownBet, ...]:
    """Those in use that lead somewhere, in the editors' order; one query."""
    found = []
    for row in BestBet.objects.filter(is_on=True).select_related("page"):
        if row.page:
            lifetime.ends_at(row.page.next_change(at))
        if row.page is None or (row.page.is_published(at) and row.page.audience == PUBLIC):
            bet = Bet(row.title, row.page.path if row.page else row.url, row.note)
            found.append(KnownBet(row.phrases, bet))
    return tuple(found)


@remembered
def known_synonyms() -> tuple[tuple[str, ...], ...]:
    """Groups of wordings in plain form; one query."""
    groups = Synonym.objects.filter(is_on=True).values_list("phrases", flat=True)
    return tuple(tuple(phrases_in(lines)) for lines in groups)


def bets(typed: str) -> list[Bet]:
    """The places that these words mean."""
    words = plainly(typed)
    return [known.bet for known in known_bets(timezone.now()) if holds_phrase(words, known.phrases)]


def reworded(typed: str) -> list[str]:
    """The same words with one wording put for another, one at a time."""
    words = f" {plainly(typed)} "
    found: list[str] = []
    for group in known_synonyms():
        # The longest first: of "chronic pain clinic" the clinic is meant, not the pain.
        said = next((phrase for phrase in sorted(group, key=len, reverse=True) if f" {phrase} " in words), None)
        if said:
            pattern = re.compile(rf"(?<= ){re.escape(said)}(?= )")
            found += [pattern.sub(other, words).strip() for other in group if other != said]
    return found
