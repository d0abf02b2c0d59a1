"""The board of unfilled fellowship places, as everybody reads it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone

from aapm_site.accounts.us_states import STATE_NAMES
from aapm_site.core.background.reminder_schedule import moment
from aapm_site.core.cache import lifetime
from aapm_site.core.cache.remembered import remembered

from ..choices import FellowshipVisa
from ..models import FellowshipOffer, FellowshipRound


@dataclass(frozen=True)
class OpenOffer:
    """One program with open places."""

    pk: int
    program: str
    employer: str
    place: str
    state: str
    open_places: int
    begins_on: date
    accredited: bool
    visa: str
    summary: str
    wanted: str
    apply_url: str
    apply_email: str
    is_sample: bool
    since: datetime  # when staff let it stand there

    @classmethod
    def of(cls, row: FellowshipOffer) -> "OpenOffer":
        state = STATE_NAMES.get(row.place.state_code, row.place.state)
        return cls(
            row.pk, row.program, row.employer.name, row.place.label, state, row.open_places, row.begins_on,
            row.accredited, row.visa, row.summary, row.wanted, row.apply_url, row.apply_email, row.is_sample,
            row.approved_at or row.submitted_at,
        )  # fmt: skip

    @property
    def url(self) -> str:
        """Its entry on the board."""
        return f"{reverse('careers:fellowship-list')}#offer-{self.pk}"

    @property
    def visa_words(self) -> str:
        return FellowshipVisa(self.visa).label if self.visa else ""


@dataclass(frozen=True)
class FellowshipBoard:
    """What stands on the board today; which round is open, and which comes next."""

    offers: tuple[OpenOffer, ...] = ()
    round: str = ""
    closes_on: date | None = None
    opens_on: date | None = None

    @property
    def open_places(self) -> int:
        return sum(one.open_places for one in self.offers)

    @property
    def states(self) -> list[tuple[str, list[OpenOffer]]]:
        """The offers of each state, in the order of the alphabet."""
        names = sorted({one.state for one in self.offers})
        return [(name, [one for one in self.offers if one.state == name]) for name in names]


@remembered
def fellowship_board(at: datetime) -> FellowshipBoard:
    """The board of the day, until the next day begins; two queries."""
    today = timezone.localdate(at)
    lifetime.ends_at(moment(today + timedelta(days=1), time.min))
    rounds = list(FellowshipRound.objects.not_over(today))
    now = [one for one in rounds if one.opens_on <= today]
    if not now:
        return FellowshipBoard(opens_on=rounds[0].opens_on if rounds else None)
    rows = FellowshipOffer.objects.live(today).select_related("employer", "place").order_by("program", "pk")
    return FellowshipBoard(tuple(map(OpenOffer.of, rows)), now[0].name, _last_day(now))


def _last_day(rounds: Sequence[FellowshipRound]) -> date:
    return max(one.closes_on for one in rounds)
