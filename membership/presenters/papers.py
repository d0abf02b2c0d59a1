"""A member's papers: what My membership offers, what the card's page shows, and what is printed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse

from aapm_site.core.association import association
from aapm_site.core.seo import absolute

from .. import check_codes
from ..domain import papers
from ..domain.papers import PaperFacts
from ..models import MemberPaper, Membership
from ..papers import CardPaper, CertificatePaper, LetterPaper, render_card, render_letter
from ..papers.squares import QUIET, runs, squares
from ..rules import Standing
from ..states import MembershipStatus


@dataclass(frozen=True)
class PapersWords:
    """What is offered on My membership. `wants` says what is missing before anything can be printed."""

    card: MemberPaper | None
    has_letter: bool
    wants_latin: bool
    wants_name: bool


def papers_words(membership: Membership | None, standing: Standing) -> PapersWords | None:
    """Nothing for whoever is no member today. Two queries at most."""
    if membership is None or not standing.is_current:
        return None
    has_name = bool(membership.user.full_name)
    wants_latin = has_name and not papers.printed_name(membership)
    return PapersWords(
        papers.card_of(membership), standing.status == MembershipStatus.ACTIVE, wants_latin, not has_name
    )


def check_address(code: str) -> str:
    """Where a code is checked, with the origin: what the squares lead to."""
    return absolute(reverse("membership:check", args=[check_codes.written(code)]))


def typed_at() -> str:
    """The page where a code is typed, as people write an address."""
    return f"{urlsplit(settings.SITE_ORIGIN).netloc}{reverse('membership:check-typed')}"


@dataclass(frozen=True)
class Squares:
    """A QR code as a drawing: the path of its dark squares, in a box so wide."""

    box: str
    path: str
    side: int


def squares_of(text: str) -> Squares:
    side = len(squares(text)) + 2 * QUIET
    path = "".join(f"M{QUIET + column} {QUIET + row}h{length}v1h-{length}z" for column, row, length in runs(text))
    return Squares(f"0 0 {side} {side}", path, side)


@dataclass(frozen=True)
class CardWords:
    """The card as a page."""

    academy: str
    name: str
    other_name: str
    category: str
    number: int
    valid_until: date
    code: str
    address: str
    typed_at: str
    squares: Squares


def card_words(paper: MemberPaper) -> CardWords:
    address = check_address(paper.code)
    return CardWords(
        _academy(),
        paper.name,
        paper.full_name if paper.full_name != paper.name else "",
        paper.category,
        paper.membership.number,
        paper.ends_on,
        check_codes.written(paper.code),
        address,
        typed_at(),
        squares_of(address),
    )


def _academy() -> str:
    return association().name


def printed_card(paper: MemberPaper) -> CardPaper:
    return CardPaper(
        _academy(),
        paper.name,
        paper.category,
        paper.membership.number,
        paper.ends_on,
        paper.made_on,
        check_codes.written(paper.code),
        check_address(paper.code),
        typed_at(),
    )


def printed_certificate(facts: PaperFacts) -> CertificatePaper:
    return CertificatePaper(
        _academy(),
        facts.name,
        facts.category,
        facts.number,
        facts.joined_on,
        facts.starts_on,
        facts.category_until,
    )


def printed_letter(paper: MemberPaper) -> LetterPaper:
    return LetterPaper(
        association().sheet,
        paper.name,
        paper.category,
        paper.membership.number,
        paper.membership.joined_on,
        paper.member_until,
        paper.made_on,
        check_codes.written(paper.code),
        paper.ends_on,
        check_address(paper.code),
        typed_at(),
    )


def as_pdf(name: str, draw: Callable[[], bytes]) -> HttpResponse:
    """A private paper that opens in the browser: not cached, not sniffed, without any right to run."""
    response = HttpResponse(draw(), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Robots-Tag"] = "noindex"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


def paper_pdf(paper: MemberPaper) -> HttpResponse:
    """A card or a letter, as it says itself. Its membership is read with it."""
    if paper.is_card:
        return as_pdf("membership-card", lambda: render_card(printed_card(paper)))
    return as_pdf(f"letter-of-good-standing-{paper.made_on}", lambda: render_letter(printed_letter(paper)))
