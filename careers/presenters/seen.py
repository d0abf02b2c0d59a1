"""Who has seen a person, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ..choices import OpenedFrom
from ..models import ApplicationOpening, ProfileOpening
from ..models.application import OpenedPart
from ..queries.seen import Seen

UNNAMED = "An employer that has not named itself"
DID = {
    OpenedFrom.SEARCH: "opened your profile",
    OpenedFrom.APPLICATION: "opened your profile, from your application",
    OpenedFrom.CONTACT: "opened your profile, after your yes",
    OpenedFrom.CV: "opened your CV, after your yes",
}


@dataclass(frozen=True)
class Sight:
    """One employer at one moment: what it did, as the end of a sentence, and for what it did so, with its address."""

    at: datetime
    employer: str
    did: str
    about: str = ""
    url: str = ""


def sights(rows: Iterable[Seen]) -> list[Sight]:
    return [of_profile(one) if isinstance(one, ProfileOpening) else of_application(one) for one in rows]


def of_profile(opening: ProfileOpening) -> Sight:
    """Read by queries.seen.profile_openings(), which knows whether the employer has named itself."""
    is_named: bool = opening.is_named  # type: ignore[attr-defined]  # annotated there
    did = DID[OpenedFrom(opening.source)]
    return Sight(opening.opened_at, opening.employer.name if is_named else UNNAMED, did)


def of_application(opening: ApplicationOpening) -> Sight:
    application = opening.application
    is_known = application.revealed.person_knows_employer
    part = "CV" if opening.part == OpenedPart.CV else "application"
    return Sight(
        opening.at,
        application.job.employer.name if is_known else UNNAMED,
        f"opened your {part} for",
        str(application.job),
        application.get_absolute_url(),
    )
