"""My account: what a person has saved, and the employers that they post for with where their jobs stand."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from aapm_site.accounts.registry import AccountEntries, AccountPanel
from aapm_site.accounts.requests import SignedInRequest
from aapm_site.core.menus import MenuEntry
from aapm_site.core.statements import PERSON, Prepared

from .models import Alert, AlertReader, Employer, EmployerInvitation, Job, SavedJob
from .presenters.credits import left_in_words
from .presenters.saved import how_full, saved_rows
from .presenters.standing import words_for
from .queries import credits
from .queries.alerts import last_alerts
from .queries.profile_contacts import waiting_contacts, waiting_for
from .queries.saved import last_saved

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


def render_saved(request: SignedInRequest) -> str:
    """The positions that were saved last; nothing for who has saved none."""
    saved, count = last_saved(request.user)
    if not saved:
        return ""
    rows = saved_rows(saved, timezone.now())
    context = {"rows": rows, "how_full": how_full(count), "all": count > len(rows)}
    return render_to_string("careers/parts/saved_panel.html", context)


def entries(request: HttpRequest) -> list[MenuEntry]:
    return [
        MenuEntry("Career profile", reverse("careers:profile")),
        MenuEntry("Saved positions", reverse("careers:saved-list")),
        MenuEntry("My applications", reverse("careers:application-list")),
        MenuEntry("Alerts", reverse("careers:alert-list")),
        MenuEntry("Who asks for you", reverse("careers:contact-list")),
        MenuEntry("Who has seen you", reverse("careers:profile-seen")),
    ]


def render_alerts(request: SignedInRequest) -> str:
    """The alerts of the person that are newest; nothing for who has none."""
    alerts, count = last_alerts(request.user)
    if not alerts:
        return ""
    return render_to_string("careers/alerts/panel.html", {"alerts": alerts, "count": count})


def render_contacts(request: SignedInRequest) -> str:
    """Which employers wait for the person's answer; nothing when none does."""
    contacts = waiting_for(request.user)
    return render_to_string("careers/parts/contacts_panel.html", {"contacts": contacts}) if contacts else ""


def _employers() -> list[QuerySet]:
    return [Employer.objects.for_user(PERSON), EmployerInvitation.objects.for_user(PERSON)]


def _alerts() -> list[QuerySet]:
    return [Alert.objects.filter(reader__in=AlertReader.objects.for_user(PERSON))]


CONTACTS = AccountPanel("careers-contacts", render_contacts, order=35, rows=lambda: [waiting_contacts(PERSON)])
EMPLOYER = AccountPanel("careers-employer", render, order=30, rows=_employers)
SAVED = AccountPanel("careers-saved", render_saved, order=40, rows=lambda: [SavedJob.objects.for_user(PERSON)])
ALERTS = AccountPanel("careers-alerts", render_alerts, order=41, rows=_alerts)
ENTRIES = AccountEntries("careers-saved", entries, order=40)
