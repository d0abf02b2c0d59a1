"""My account: the employers that a person posts for, with where their jobs stand."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from aapm_site.accounts.registry import AccountPanel

from .models import Employer, EmployerInvitation, Job
from .presenters.credits import left_in_words
from .presenters.standing import words_for
from .queries import credits

SHOWN = 5


def render(request: HttpRequest) -> str:
    """The newest jobs of the person's employers; nothing for who posts for none and is invited by none."""
    employers = list(Employer.objects.for_user(request.user))
    invitations = list(EmployerInvitation.objects.for_user(request.user))
    if not employers and not invitations:
        return ""
    at = timezone.now()
    jobs = Job.objects.for_user(request.user).select_related("employer").defer("search", "body")
    rows = [(job, *words_for(job, at)) for job in jobs.order_by("-updated_at", "-pk")[:SHOWN]]
    left = credits.owned_by(employers)
    owned = [(employer, left_in_words(sum(row.left for row in left[employer.pk]))) for employer in employers]
    context = {"employers": employers, "owned": owned, "invitations": invitations, "rows": rows}
    return render_to_string("careers/parts/account_panel.html", context)


EMPLOYER = AccountPanel("careers-employer", render, order=30)
