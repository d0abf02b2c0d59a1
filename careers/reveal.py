"""Who knows whom: on a confidential posting nobody is named before both have said yes.

The posting may be one's own hospital's. So the employer names itself to one applicant, who then says yes or withdraws;
before that yes the employer reads the message under an alias.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Revealed:
    """What each side knows of the other, and what each may do next."""

    employer_knows_person: bool  # name, address and CV
    person_knows_employer: bool
    may_name_itself: bool
    may_say_yes: bool


def revealed(*, confidential: bool, named: bool, agreed: bool) -> Revealed:
    """By whether the posting is confidential, the employer has named itself to this applicant, and they said yes."""
    if not confidential:
        return Revealed(True, True, False, False)
    return Revealed(
        employer_knows_person=named and agreed,
        person_knows_employer=named,
        may_name_itself=not named,
        may_say_yes=named and not agreed,
    )
