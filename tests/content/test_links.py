"""The links that the site names: noticed in texts, tried without harm, broken only when it is so, told once."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from aapm_site.core.http import internal_request, safe_http
from aapm_site.core.http.safe_http import HttpResult, Limits
from aapm_site.mail.models import OutgoingEmail
from content.domain import linkchecks, links, pages, resources
from content.domain.linkchecks import Manner
from content.models import Event, Link, Page, PageLink, Partner, Resource, ResourceTopic
from content.rules import Verdict, is_broken, verdict
from tests.content.makers import chicago, news, page
from tests.core.test_safe_http import running
from tests.factories import staff_client
from tests.racing import at_once

QUICK = Manner(Limits(seconds=0.6, altogether=1.5, inside=True), pause=0)
NOON = chicago(2026, 11, 23, 12, 0)
FINE, GONE, FAILING = Verdict.FINE, Verdict.GONE, Verdict.FAILING


@pytest.fixture(autouse=True)
def _checks_are_on(settings):
    settings.LINK_CHECKS = True


def urls_of(made):
    return set(made.links.values_list("url", flat=True))


def link(url, **fields):
    made = Link.objects.create(url=url, is_external=not url.startswith("/"), **fields)
    page(f"names-{made.pk}", body=f'<p><a href="{url}">There</a></p>')
    return made


# --- what a text names ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("https://a.example/x?y=1#part", "https://a.example/x?y=1"),
        ("http://a.example", "http://a.example"),
        ("/about/", "/about/"),
        ("/about/#staff", "/about/"),
        ("http://localhost:8000/about/", "/about/"),
        ("http://localhost:8000", "/"),
        ("http://localhost:8000.evil.example/", "http://localhost:8000.evil.example/"),
        ("below/", "/here/below/"),
        ("../", "/"),
        ("//a.example/x", "http://a.example/x"),
        ("#part", "/here/"),
        ("mailto:a@b.example", ""),
        ("tel:911", ""),
        ("javascript:alert(1)", ""),
        ("http://[::1", ""),
        ("https://", ""),
        (f"https://a.example/{'x' * 1000}", ""),
        (" https://a.example/\x00 ", "https://a.example/"),
    ],
)
def test_the_address_that_is_checked(target, expected):
    assert links.normal_address(target, "/here/") == expected


@pytest.mark.django_db
def test_saving_a_page_notes_what_it_names():
    made = page(
        "about",
        kind="initiative",
        body='<p><a href="https://a.example/">A</a> <a href="/ask/">Ask</a> <a href="tel:911">911</a> '
        '<a href="https://a.example/#x">A again</a></p>',
        recap='<p><a href="https://b.example/">B</a></p>',
    )
    assert urls_of(made) == {"https://a.example/", "/ask/", "https://b.example/"}

    made.body, made.recap = '<p><a href="https://c.example/">C</a></p>', ""
    pages.save_page(made)

    assert urls_of(made) == {"https://c.example/"}
    assert Link.objects.get(url="/ask/").is_external is False


@pytest.mark.django_db
def test_saving_costs_the_same_for_one_link_and_fifty(django_assert_num_queries):
    few, many = page("few"), page("many")
    few.body = '<p><a href="https://a.example/">A</a></p>'
    many.body = "".join(f'<p><a href="https://a.example/{number}">A</a></p>' for number in range(50))

    for made in (few, many):
        with django_assert_num_queries(8):
            links.note_links(made)
    assert many.links.count() == 50


@pytest.mark.django_db
def test_what_was_written_past_the_editors_is_caught_up():
    made = page("about", body='<p><a href="https://old.example/">Old</a></p>')
    Page.objects.update(body='<p><a href="https://new.example/">New</a></p>')
    Partner.objects.create(page=made, name="P", url="https://partner.example/")
    Event.objects.create(page=made, title="E", starts_on=timezone.localdate(), url="https://event.example/")

    linkchecks.tidy_links()

    assert urls_of(made) == {"https://new.example/", "https://partner.example/", "https://event.example/"}
    assert not Link.objects.filter(url="https://old.example/").exists()
    assert links.catch_up_links() == 0


@pytest.mark.django_db
def test_a_link_of_a_resource_is_kept():
    resource = resources.save_resource(
        Resource(title="R", url="https://r.example/", source="S", summary="S", topic=ResourceTopic.objects.first())
    )

    linkchecks.tidy_links()

    assert resource.link.url == "https://r.example/"
    assert Link.objects.filter(pk=resource.link_id).exists()


# --- verdicts -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (HttpResult(200), FINE),
        (HttpResult(204), FINE),
        (HttpResult(302), FINE),
        (HttpResult(401), FINE),
        (HttpResult(403), FINE),
        (HttpResult(405), FINE),
        (HttpResult(429), FINE),
        (HttpResult(404), GONE),
        (HttpResult(410), GONE),
        (HttpResult(None, "Its host has no address.", is_unknown=True), GONE),
        (HttpResult(None, "Its host has no address."), FAILING),
        (HttpResult(None, "The answer took longer than 10 seconds."), FAILING),
        (HttpResult(302, "It redirects more than 3 times."), FAILING),
        (HttpResult(400), FAILING),
        (HttpResult(500), FAILING),
        (HttpResult(503), FAILING),
    ],
)
def test_what_an_answer_means(answer, expected):
    assert verdict(answer.status, is_unknown=answer.is_unknown, problem=answer.problem) == expected


@pytest.mark.parametrize(
    ("found", "days", "broken"),
    [(GONE, 1, False), (GONE, 2, True), (FAILING, 1, False), (FAILING, 2, False), (FAILING, 3, True), (FINE, 9, False)],
)
def test_how_long_readers_are_not_warned(found, days, broken):
    assert is_broken(found, days) is broken


def after(made, *results):
    """The link after results given as (day, verdict)."""
    for day, found in results:
        links.record_results([links.Result(made.pk, found, None, "No.")], NOON + timedelta(days=day))
    made.refresh_from_db()
    return made


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("results", "failures", "broken"),
    [
        ([(0, FAILING)] * 5, 1, False),
        ([(0, FAILING), (1, FAILING)], 2, False),
        ([(0, FAILING), (1, FAILING), (2, FAILING)], 3, True),
        ([(0, FAILING), (1, FINE), (2, FAILING), (3, FAILING)], 2, False),
        ([(0, GONE), (0, GONE)], 1, False),
        ([(0, GONE), (1, GONE)], 2, True),
        ([(0, FAILING), (1, GONE)], 2, True),
        ([(0, GONE), (1, GONE), (2, FINE)], 0, False),
        ([(0, GONE), (1, GONE), (2, FAILING)], 3, True),
    ],
)
def test_a_link_is_broken_after_failures_on_different_days(results, failures, broken):
    made = after(link("https://a.example/"), *results)

    assert (made.failures, made.broken_since is not None) == (failures, broken)
    assert Page.objects.with_broken_links().exists() is broken


@pytest.mark.django_db
def test_a_day_is_the_associations_own():
    made = link("https://a.example/")
    late = chicago(2026, 11, 23, 23, 30)

    links.record_results([links.Result(made.pk, GONE)], late)
    links.record_results([links.Result(made.pk, GONE)], late + timedelta(minutes=20))
    made.refresh_from_db()
    assert made.failures == 1

    links.record_results([links.Result(made.pk, GONE)], late + timedelta(hours=1))
    made.refresh_from_db()
    assert made.failures == 2


@pytest.mark.django_db
def test_results_are_written_in_one_statement(django_assert_num_queries):
    made = [link(f"https://a.example/{number}") for number in range(50)]

    with django_assert_num_queries(5):  # a savepoint, the lock, the rows, one update
        links.record_results([links.Result(one.pk, FINE, 200) for one in made], NOON)


# --- what is due ----------------------------------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "due"),
    [
        ({}, True),
        ({"checked_at": NOON - timedelta(days=6, hours=23)}, False),
        ({"checked_at": NOON - timedelta(days=7)}, True),
        ({"checked_at": NOON - timedelta(hours=19), "failures": 1}, False),
        ({"checked_at": NOON - timedelta(days=1), "failures": 1}, True),
    ],
)
def test_what_is_tried_again(fields, due):
    link("https://a.example/", **fields)

    assert Link.objects.due(NOON).exists() is due


@pytest.mark.django_db
def test_a_run_asks_few_of_one_host_and_not_too_many():
    for number in range(30):
        link(f"https://one.example/{number}")
    for number in range(60):
        link(f"https://h{number}.example/")

    chosen = linkchecks._due_elsewhere(NOON)

    hosts = [made.url.split("/")[2] for made in chosen]
    assert len(chosen) == linkchecks.OTHERS_A_RUN
    assert hosts.count("one.example") == linkchecks.OF_A_HOST


@pytest.mark.django_db
def test_nothing_outside_is_asked_while_checks_are_off(settings, monkeypatch):
    settings.LINK_CHECKS = False
    asked = []
    monkeypatch.setattr(safe_http, "ask", lambda *arguments: asked.append(arguments) or HttpResult(200))
    external, own = link("https://a.example/"), link("/nothing-here/")

    linkchecks.run_link_checks(NOON)
    linkchecks.check_links([external, own], NOON)

    external.refresh_from_db()
    own.refresh_from_db()
    assert (asked, external.checked_at, own.http_status) == ([], None, 404)


# --- a run against a real server ------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_run_tries_pages_here_and_elsewhere():
    page("about")
    news("draft", status="draft")
    with running() as server:
        found = {
            name: link(f"http://127.0.0.1:{server.port}/{name}")
            for name in ("fine", "gone", "moved", "slow", "garbage")
        }
        own = {path: link(path) for path in ("/about/", "/news/draft/", "/account/", "/ask/?x=1", "/%zz%00/")}

        linkchecks.run_link_checks(NOON, QUICK)

    answers = {name: Link.objects.get(pk=made.pk) for name, made in {**found, **own}.items()}
    assert {name: made.http_status for name, made in answers.items()} == {
        "fine": 200, "gone": 404, "moved": 200, "slow": None, "garbage": None,
        "/about/": 200, "/news/draft/": 404, "/account/": 302, "/ask/?x=1": 200, "/%zz%00/": 404,
    }  # fmt: skip
    assert {name for name, made in answers.items() if made.failures} == {
        "gone", "slow", "garbage", "/news/draft/", "/%zz%00/",
    }  # fmt: skip


@pytest.mark.django_db
def test_when_nothing_answers_nothing_is_recorded():
    with running() as server:
        dead = link(f"http://127.0.0.1:{server.port}/garbage")
        linkchecks.check_links([dead], NOON, QUICK)
        dead.refresh_from_db()
        assert dead.checked_at is None

        witness = link(f"http://127.0.0.1:{server.port}/fine", checked_at=NOON - timedelta(days=1))
        linkchecks.check_links([dead], NOON, QUICK)

    dead.refresh_from_db()
    witness.refresh_from_db()
    assert (dead.checked_at, dead.failures) == (NOON, 1)
    assert witness.checked_at == NOON - timedelta(days=1)


@pytest.mark.django_db
def test_the_way_inside_is_shut_by_default(monkeypatch):
    with running() as server:
        made = link(f"http://127.0.0.1:{server.port}/fine")
        other = link("https://a.example/")
        monkeypatch.setattr(
            safe_http, "ask",
            lambda url, limits, ask=safe_http.ask: HttpResult(200) if "a.example" in url else ask(url, limits),
        )  # fmt: skip
        linkchecks.check_links([made, other], NOON, Manner(pause=0))

    made.refresh_from_db()
    assert (made.http_status, made.failures, server.asked) == (None, 1, [])


@pytest.mark.django_db
def test_asking_ourselves_counts_no_view_and_follows_every_route(client):
    page("about")

    assert internal_request.status_of("/about/") == 200
    assert internal_request.status_of("/about") == 301
    assert internal_request.status_of("/nothing/") == 404
    assert internal_request.status_of("/sitemap.xml") == 200


# --- staff ----------------------------------------------------------------------------------------------------------
def mails():
    return OutgoingEmail.objects.filter(template=links.DIGEST)


@pytest.mark.django_db
def test_staff_are_told_once_and_at_most_once_a_day():
    first, second = link("https://a.example/x"), link("https://b.example/")
    after(first, (0, GONE), (1, GONE))
    Link.objects.filter(url="https://a.example/x").update(http_status=404, problem="")

    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        assert links.report_broken_links(timezone.now()) == 1
        after(second, (0, GONE), (1, GONE))
        assert links.report_broken_links(timezone.now()) == 0
    with time_machine.travel(NOON + timedelta(days=2, minutes=1), tick=False):
        assert links.report_broken_links(timezone.now()) == 1
        assert links.report_broken_links(timezone.now() + timedelta(days=3)) == 0

    sent = list(mails().order_by("pk"))
    assert [mail.subject for mail in sent] == ["1 broken link on our pages"] * 2
    assert "https://a.example/x" in sent[0].text
    assert "It answers with status 404." in sent[0].text
    assert f"names-{first.pk}/" in sent[0].text
    assert "https://b.example/" in sent[1].text
    assert "/admin/content/link/?state=broken" in sent[0].text


@pytest.mark.django_db
def test_a_link_that_breaks_again_is_told_again():
    made = after(link("https://a.example/"), (0, GONE), (1, GONE))
    links.report_broken_links(NOON + timedelta(days=1))
    after(made, (2, FINE), (9, GONE), (10, GONE))

    with time_machine.travel(NOON + timedelta(days=10), tick=False):
        assert links.report_broken_links(NOON + timedelta(days=10)) == 1


@pytest.mark.django_db
def test_a_long_list_is_cut_in_the_mail(django_assert_num_queries):
    for number in range(45):
        made = link(f"https://h{number}.example/")
    Link.objects.update(failures=2, broken_since=NOON, checked_at=NOON)

    with django_assert_num_queries(11):
        links.report_broken_links(NOON)

    assert "And 15 more." in mails().get().text
    assert mails().get().text.count(".example/\n") == 30
    assert Link.objects.filter(reported_at=None).count() == 0
    assert made


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "expected"),
    [("broken", {"broken"}), ("failing", {"failing"}), ("fine", {"fine"}), ("new", {"new"}), ("x' OR 1", None)],
)
def test_staff_see_the_links_by_their_state(state, expected):
    rows = {
        "broken": {"failures": 3, "broken_since": NOON, "checked_at": NOON, "problem": "Its host has no address."},
        "failing": {"failures": 1, "checked_at": NOON, "http_status": 500},
        "fine": {"checked_at": NOON, "http_status": 200},
        "new": {},
    }
    for name, fields in rows.items():
        link(f"https://{name}.example/", **fields)

    response = staff_client("Content editor").get("/admin/content/link/", {"state": state})

    found = {made.url.split("/")[2].split(".")[0] for made in response.context["cl"].result_list}
    assert found == (expected or set(rows))


@pytest.mark.django_db
def test_staff_have_links_tried_now(settings):
    made = link("https://a.example/", checked_at=NOON)
    editor = staff_client("Content editor")

    page_after = editor.post(
        "/admin/content/link/", {"action": "check_now", "_selected_action": [made.pk]}, follow=True
    )
    job = ProcrastinateJob.objects.get(task_name="content.check_these_links")

    assert "1 will be tried within a minute" in page_after.text
    assert job.args == {"links": [made.pk]}
    settings.LINK_CHECKS = False
    off = editor.post("/admin/content/link/", {"action": "check_now", "_selected_action": [made.pk]}, follow=True)
    assert "LINK_CHECKS is off" in off.text
    assert ProcrastinateJob.objects.filter(task_name="content.check_these_links").count() == 1


@pytest.mark.django_db
def test_who_may_not_check_finds_no_button():
    made = link("https://a.example/")

    response = staff_client("Finance").post(
        "/admin/content/link/", {"action": "check_now", "_selected_action": [made.pk]}
    )

    assert response.status_code == 403
    assert not ProcrastinateJob.objects.filter(task_name="content.check_these_links").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 50])
def test_the_list_costs_the_same_for_one_link_and_many(rows, django_assert_num_queries):
    editor = staff_client("Content editor")
    editor.get("/admin/content/link/")
    for number in range(rows):
        link(f"https://a.example/{number}")

    with django_assert_num_queries(9):
        editor.get("/admin/content/link/")


@pytest.mark.django_db
def test_the_front_page_says_what_is_broken():
    editor, finance = staff_client("Content editor"), staff_client("Finance")
    words = "One link on our pages no longer answers."
    made = link("https://a.example/", failures=1, checked_at=NOON)
    assert words not in editor.get("/admin/").text

    Link.objects.filter(pk=made.pk).update(failures=3, broken_since=NOON)

    assert words in editor.get("/admin/").text
    assert "/admin/content/link/?state=broken" in editor.get("/admin/").text
    assert words not in finance.get("/admin/").text


# --- two at once ----------------------------------------------------------------------------------------------------
def failures(*works):
    """Run the works at the same moment; what went wrong."""
    return [outcome for outcome in at_once(*works) if isinstance(outcome, Exception)]


@pytest.mark.django_db(transaction=True)
def test_two_runs_tell_the_staff_once():
    made = Link.objects.create(url="https://a.example/", failures=2, broken_since=NOON, checked_at=NOON)

    assert (
        failures(lambda: links.report_broken_links(timezone.now()), lambda: links.report_broken_links(timezone.now()))
        == []
    )

    assert mails().count() == 1
    made.refresh_from_db()
    assert made.reported_at


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_they_would_be_told_twice(monkeypatch):
    """The race is real: both have looked before either has written."""
    Link.objects.create(url="https://a.example/", failures=2, broken_since=NOON, checked_at=NOON)
    both_have_looked, real = threading.Barrier(2, timeout=10), links.queue_email
    monkeypatch.setattr(links, "one_at_a_time", lambda: None)

    def queue_after_both(*given, **named):
        both_have_looked.wait()
        return real(*given, **named)

    monkeypatch.setattr(links, "queue_email", queue_after_both)

    assert (
        failures(lambda: links.report_broken_links(timezone.now()), lambda: links.report_broken_links(timezone.now()))
        == []
    )

    assert mails().count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_editors_may_name_the_same_new_address_at_once():
    bodies = [page("first"), page("second")]
    for made in bodies:
        made.body = "".join(f'<p><a href="https://a.example/{number}">A</a></p>' for number in range(30))

    failed = failures(*(lambda made=made: links.note_links(made) for made in bodies))

    assert failed == []
    assert (Link.objects.count(), PageLink.objects.count()) == (30, 60)


@pytest.mark.django_db
def test_the_broken_and_the_due_are_found_by_an_index():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plans = [Link.objects.due(NOON)[:10].explain(), Link.objects.broken().order_by("broken_since")[:10].explain()]

    assert "content_link_due" in plans[0]
    assert "content_link_broken" in plans[1]
