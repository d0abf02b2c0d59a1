"""What a person works as, and in which field of medicine."""

from typing import NamedTuple

from aapm_site.core.statements import PERSON, Prepared

from ..models import User


class Occupation(NamedTuple):
    """The names of a profession and of a specialty; empty where somebody has not said."""

    profession: str | None
    specialty: str | None


_OF = Prepared[tuple[str | None, str | None]](
    lambda: User.objects.filter(pk=PERSON).order_by().values_list("profession__name", "specialty__name")
)


def occupation_of(user: User) -> Occupation:
    """Both in one statement, and none for who has said neither."""
    if not user.profession_id and not user.specialty_id:
        return Occupation(None, None)
    return Occupation(*_OF.rows(person=user.pk)[0])
