"""My account: the employers that a person posts for, with where their jobs stand."""

from django.template.loader import render_to_string
from django.utils import timezone

from aapm_site.accounts.registry import AccountPanel
from aapm_site.accounts.requests import SignedInRequest
from aapm_site.core.statements import PERSON, Prepared

from .models import Employer, EmployerInvitation, Job
from .presenters.credits import left_in_words
from .presenters.standing import words_for
from .queries import credits

SHOWN = 5

EMPLOYERS_OF = Prepared[Employer](lambda: Employer.objects.for_user(PERSON))
INVITATIONS_TO = Prepared[EmployerInvitation](lambda: EmployerInvitation.objects.for_user(PERSON))
NEWEST_OF = Prepared[Job](
    lambda: (
        Job.objects.for_user(PERSON)
        .select_related("employer")
        .defer("search", "body")
        .order_by("-updated_at", "-pk")[:SHOWN]
    )
)


def render(request: SignedInRequest) -> str:
    """The newest jobs of the person's employers; nothing for who posts for none and is invited by none."""
    employers = EMPLOYERS_OF.rows(person=request.user.pk)
    invitations = INVITATIONS_TO.rows(email=request.user.email)
    if not employers and not invitations:
        return ""
    at = timezone.now()
    rows = [(job, *words_for(job, at)) for job in NEWEST_OF.rows(person=request.user.pk)]
    left = credits.owned_by(employers)
    owned = [(employer, left_in_words(sum(row.left for row in left[employer.pk]))) for employer in employers]
    context = {"employers": employers, "owned": owned, "invitations": invitations, "rows": rows}
    return render_to_string("careers/parts/account_panel.html", context)


EMPLOYER = AccountPanel("careers-employer", render, order=30)
