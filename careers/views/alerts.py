"""Alerts: a search becomes one, its reader confirms it, and changes, pauses, stops, exports or erases them.

With a letter of theirs nobody needs an account: the random token in it is the proof, as in the link that stops mail.
"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from aapm_site.accounts.requests import SignedInRequest
from aapm_site.accounts.views.crumbs import crumbs as account_crumbs
from aapm_site.core.http import view_counts
from aapm_site.core.http.limits import within_limit
from aapm_site.core.http.public_forms import PublicRequest, public_form
from aapm_site.core.seo import PageMeta
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.domain import subscriptions

from ..domain import alert_letters, alerts
from ..domain.alerts import WantedAlert
from ..forms.alerts import AlertChoiceForm, AlertForm, PaceForm
from ..forms.filters import read_criteria
from ..models import Alert, AlertReader
from ..presenters.alerts import pace_words, search_words
from ..privacy import alerts_of
from ..queries.alerts import reader_by_token, readers_with_alerts
from .jobs import CAREERS, JOBS

TITLE = "Alerts"
HOURS = {"times": 20, "seconds": 3600}
FROM_ELSEWHERE = "We could not see that this came from our page. Nothing was changed; please press the button again."
TOO_MANY = "Many alerts were asked for from your connection within an hour. Please try again later."


@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def alert_new(request: PublicRequest) -> HttpResponse:
    """The search of this address becomes an alert: at once for who is signed in, for others by a link that we mail."""
    sent = request.POST if request.method == "POST" else None
    criteria = read_criteria(request.GET).without("since")
    is_known = alerts.may_have_at_once(request.user)
    own = Alert.objects.filter(reader__in=AlertReader.objects.for_user(request.user)) if is_known else None
    form = AlertForm(sent, alerts=own)
    title = search_words(criteria)
    if sent is None:
        return _asked_for(request, form, title)
    if not request.from_here:
        return _asked_for(request, form, title, status=403, not_taken=FROM_ELSEWHERE)
    if not form.is_valid():
        return _asked_for(request, form, title, status=422)
    wanted = WantedAlert(criteria.to_query(), title, form.cleaned_data["pace"])
    if own is None:
        if not within_limit(request, "alerts", **HOURS):
            return _asked_for(request, form, title, status=429, not_taken=TOO_MANY)
        alerts.ask_to_confirm_alert(form.cleaned_data["email"], wanted)
        return redirect("careers:alert-asked")
    try:
        if replaced := own.filter(public_id=form.cleaned_data.get("replaces", "")).first():
            alerts.change_alert(replaced, wanted, criteria)
        else:
            alerts.add_alert(request.user, wanted, criteria)  # type: ignore[arg-type]  # known, so signed in
    except NotAllowed as refused:
        return _asked_for(request, form, title, status=422, not_taken=str(refused))
    messages.success(request, f"We tell you of new positions {pace_words(wanted.pace)}: {title}.")
    return redirect("careers:alert-list")


def _asked_for(
    request: HttpRequest, form: AlertForm, title: str, *, status: int = 200, not_taken: str = ""
) -> HttpResponse:
    crumbs = [*CAREERS, ("Positions", JOBS), ("Tell me of new ones", None)]
    context = {
        "form": form,
        "title": title,
        "not_taken": not_taken,
        "search_url": f"{JOBS}?{request.GET.urlencode()}" if request.GET else JOBS,
        "crumbs": crumbs,
        "meta": PageMeta("Tell me of new positions", noindex=True),
    }
    return render(request, "careers/alerts/new.html", context, status=status)


@require_safe
def alert_asked(request: HttpRequest) -> HttpResponse:
    """What follows: the same page whether the address is known or not."""
    context = {
        "crumbs": [*CAREERS, ("Positions", JOBS), ("Tell me of new ones", None)],
        "meta": PageMeta("Please look into your mail", noindex=True),
    }
    return render(request, "careers/alerts/asked.html", context)


@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def alert_confirm(request: PublicRequest, signed: str) -> HttpResponse:
    """GET shows the search and a button, because mail scanners follow links; POST makes the alert."""
    found = alerts.alert_to_confirm(signed)
    if found is None:
        gone = PageMeta("This link has expired", noindex=True)
        return render(request, "careers/alerts/confirm_gone.html", {"meta": gone}, status=404)
    email, wanted = found
    context: dict[str, Any] = {
        "email": email,
        "wanted": wanted,
        "pace": pace_words(wanted.pace),
        "meta": PageMeta("Confirm your alert", noindex=True),
    }
    if request.method != "POST" or not request.from_here:
        context["not_taken"] = FROM_ELSEWHERE if request.method == "POST" else ""
        return render(request, "careers/alerts/confirm.html", context, status=403 if context["not_taken"] else 200)
    try:
        made = alerts.add_confirmed_alert(email, wanted, read_criteria(QueryDict(wanted.address)))
    except NotAllowed as refused:
        context["not_taken"] = str(refused)
        return render(request, "careers/alerts/confirm.html", context, status=422)
    messages.success(request, f"It is on: we write to {email} {context['pace']}.")
    return redirect(made.reader)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def alert_list(request: SignedInRequest) -> HttpResponse:
    """The person's own alerts."""
    readers = AlertReader.objects.for_user(request.user)
    if request.method == "POST":
        _do(request, readers)
        return redirect("careers:alert-list")
    context = {
        "readers": readers_with_alerts(readers),
        "limit": alerts.LIMIT,
        "crumbs": account_crumbs(TITLE),
        "meta": PageMeta(TITLE, noindex=True),
    }
    return render(request, "careers/alerts/list.html", context)


@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def alert_reader(request: PublicRequest, token: str) -> HttpResponse:
    """The alerts of whoever has a letter of theirs."""
    reader = _reader_or_404(token)
    if request.method == "POST" and request.from_here:
        _do(request, AlertReader.objects.filter(pk=reader.pk))
        return redirect(reader)
    context = {
        "readers": readers_with_alerts(AlertReader.objects.filter(pk=reader.pk)),
        "reader": reader,
        "not_taken": FROM_ELSEWHERE if request.method == "POST" else "",
        "crumbs": [*CAREERS, ("Your alerts", None)],
        "meta": PageMeta("Your alerts", noindex=True),
    }
    return render(request, "careers/alerts/reader.html", context, status=403 if request.method == "POST" else 200)


def _reader_or_404(token: str) -> AlertReader:
    reader = reader_by_token(token)
    if reader is None:
        raise Http404
    return reader


def _do(request: HttpRequest, readers: Any) -> None:
    """What one of the buttons asks for, of all alerts of a reader or of one. What is gone meanwhile needs nothing."""
    do = request.POST.get("do", "")
    if do in {"stop", "go-on"}:
        _do_all(request, do, readers)
        return
    form = AlertChoiceForm(request.POST)
    public_id = form.cleaned_data["alert"] if form.is_valid() else ""
    alert = Alert.objects.filter(reader__in=readers, public_id=public_id).first()
    if alert is None:
        messages.error(request, "We did not understand that. Please press one of the buttons below.")
        return
    match do:
        case "pause":
            alerts.pause_alert(alert)
            messages.success(request, f"“{alert}” rests.")
        case "resume":
            alerts.resume_alert(alert)
            messages.success(request, f"“{alert}” tells you of new positions again.")
        case "delete":
            alerts.delete_alert(alert)
            messages.success(request, f"“{alert}” is deleted.")
        case _:
            _set_pace(request, alert)


def _set_pace(request: HttpRequest, alert: Alert) -> None:
    form = PaceForm(request.POST)
    if not form.is_valid():
        messages.error(request, "We did not understand that. Please press one of the buttons below.")
        return
    alerts.set_pace(alert, form.cleaned_data["pace"])
    later = ", once you take it up again" if alert.paused_at or alert.reader.subscription.paused_at else ""
    messages.success(request, f"“{alert}” tells you {pace_words(form.cleaned_data['pace'])}{later}.")


def _do_all(request: HttpRequest, do: str, readers: Any) -> None:
    for reader in readers.select_related("subscription"):
        alerts.note_answer(reader)
        if do == "stop":
            subscriptions.pause_subscription(reader.subscription)
        else:
            subscriptions.resume_subscription(reader.subscription)
    stopped = "All of them rest. Nothing is sent before you take them up again."
    messages.success(request, stopped if do == "stop" else "Good. We go on telling you of new positions.")


@require_safe
def alert_export(request: HttpRequest, token: str) -> HttpResponse:
    """All that is kept for this reader, as a file."""
    reader = _reader_or_404(token)
    answer = JsonResponse(alerts_of(AlertReader.objects.filter(pk=reader.pk)), json_dumps_params={"indent": 2})
    answer["Content-Disposition"] = 'attachment; filename="alerts.json"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def alert_erase(request: PublicRequest, token: str) -> HttpResponse:
    """GET asks once more; POST forgets all alerts of the reader, and the letters about them."""
    reader = _reader_or_404(token)
    if request.method == "POST" and request.from_here:
        alerts.forget_readers(AlertReader.objects.filter(pk=reader.pk))
        return redirect("careers:alert-erased")
    context = {
        "reader": reader,
        "not_taken": FROM_ELSEWHERE if request.method == "POST" else "",
        "crumbs": [*CAREERS, ("Your alerts", reader.get_absolute_url()), ("Erase them", None)],
        "meta": PageMeta("Erase your alerts?", noindex=True),
    }
    return render(request, "careers/alerts/erase.html", context, status=403 if request.method == "POST" else 200)


@require_safe
def alert_erased(request: HttpRequest) -> HttpResponse:
    """Nothing is left of them."""
    context = {"crumbs": [*CAREERS, ("Alerts", None)], "meta": PageMeta("Your alerts are erased", noindex=True)}
    return render(request, "careers/alerts/erased.html", context)


@require_safe
def alert_job(request: HttpRequest, signed: str) -> HttpResponse:
    """From a letter to a position; that the link was pressed is counted, with the reader and without the position."""
    return redirect("careers:job-short", _counted(request, signed))


@require_safe
def alert_search(request: HttpRequest, signed: str) -> HttpResponse:
    """From a letter to what a search finds now; to all positions when the alert is gone."""
    alert = Alert.objects.filter(pk=_counted(request, signed)).first()
    return redirect(alert.search_url if alert else JOBS)


def _counted(request: HttpRequest, signed: str) -> int:
    found = alert_letters.pressed(signed)
    if found is None:
        raise Http404
    reader, target = found
    view_counts.count(request, alerts.PRESS, str(reader))
    return target
