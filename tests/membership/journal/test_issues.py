"""Issues put together: their order and headings, their day, their cover; each once, whoever presses at once."""

import io
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.models import OutgoingEmail
from membership.journal.domain import contents_letters, issues
from membership.journal.domain.issues import IssueRefused, PlacedArticle, lineup, mark_of, put_together
from membership.journal.models import Article, ArticleType, Issue
from membership.journal.queries.issues import articles_of
from tests.factories import staff_client
from tests.racing import at_once

from ..factories import day, make_article, make_issue, make_user

pytestmark = pytest.mark.django_db


def titles(issue: Issue) -> list[str]:
    return [one.title for one in lineup(issue)]


def three(issue: Issue) -> list[Article]:
    return [
        make_article(issue, title=name, first_page=page, last_page=page)
        for page, name in ((1, "A"), (2, "B"), (3, "C"))
    ]


def placed(*articles: Article, sections: tuple[str, ...] = ()) -> list[PlacedArticle]:
    headings = sections or ("",) * len(articles)
    return [
        PlacedArticle(one.pk, at, heading) for at, (one, heading) in enumerate(zip(articles, headings, strict=True), 1)
    ]


# What stands in it ----------------------------------------------------------------------------------------------------
def test_without_an_editor_the_order_is_that_of_types_and_pages_and_with_one_theirs():
    issue = make_issue()
    a, b, c = three(issue)
    assert titles(issue) == ["A", "B", "C"]

    put_together(issue, placed(c, a, b, sections=("Sleep", "", "Sleep")))

    assert [(one.title, one.section, one.place) for one in lineup(issue)] == [
        ("C", "Sleep", 1), ("B", "Sleep", 2), ("A", "", 3),
    ]  # fmt: skip
    assert [(one.title, one.kind) for one in articles_of(issue.pk, day(0))] == [
        ("C", "Sleep"), ("B", "Sleep"), ("A", "Original research"),
    ]  # fmt: skip
    page = Client().get(issue.get_absolute_url()).text
    assert page.index("Sleep</h2>") < page.index(">C<") < page.index("Original research</h2>")


def test_what_is_not_named_stays_behind_the_others():
    issue = make_issue()
    a, _, c = three(issue)

    assert put_together(issue, placed(c, a)) == 3
    assert titles(issue) == ["C", "A", "B"]


def test_an_advance_article_moves_in_with_its_address_and_its_doi_and_out_again():
    issue = make_issue()
    a, *_ = three(issue)
    ahead = make_article(title="Ahead", is_advance=True)
    Article.objects.filter(pk=ahead.pk).update(issue=None)
    before = ahead.get_absolute_url(), ahead.doi

    put_together(issue, placed(ahead, a))

    ahead.refresh_from_db()
    assert (ahead.issue, ahead.get_absolute_url(), ahead.doi) == (issue, *before)
    assert titles(issue) == ["Ahead", "A", "B", "C"]

    put_together(issue, [], taken_out=[ahead.pk])

    ahead.refresh_from_db()
    assert (ahead.issue, ahead.place, ahead.is_advance) == (None, None, True)
    assert titles(issue) == ["A", "B", "C"]


def test_what_cannot_come_or_go_is_said_and_nothing_is_done():
    issue, other = make_issue(), make_issue()
    a, b, _ = three(issue)
    elsewhere = make_article(other, title="Elsewhere")
    for asked, out, said in (
        (placed(b, elsewhere), (), "“Elsewhere” has moved into another issue by now."),
        (placed(b), (a.pk,), "“A” is not out before its issue"),
        (placed(b), (elsewhere.pk,), "“Elsewhere” stands in another issue by now."),
        ([PlacedArticle(0, 1)], (), "One of the articles is gone by now."),
    ):
        with pytest.raises(IssueRefused, match=said):
            put_together(issue, asked, taken_out=out)
        assert titles(issue) == ["A", "B", "C"]
        assert set(Article.objects.values_list("place", flat=True)) == {None}


def test_a_page_that_a_colleague_has_overtaken_changes_nothing():
    issue = make_issue()
    a, b, c = three(issue)
    seen = mark_of(issue, lineup(issue))
    put_together(issue, placed(c, b, a), seen=seen)

    with pytest.raises(IssueRefused, match="A colleague has changed this issue"):
        put_together(issue, placed(b, a, c), seen=seen)
    assert titles(issue) == ["C", "B", "A"]


@pytest.mark.django_db(transaction=True)
def test_of_two_editors_who_keep_an_order_at_once_one_does():
    issue = make_issue()
    a, b, c = three(issue)
    seen = mark_of(issue, lineup(issue))

    done = at_once(
        lambda: put_together(issue, placed(c, b, a), seen=seen), lambda: put_together(issue, placed(b, a, c), seen=seen)
    )

    assert sorted(str(one)[:26] for one in done) == ["3", "A colleague has changed th"]
    assert titles(issue) in (["C", "B", "A"], ["B", "A", "C"])


# Its day --------------------------------------------------------------------------------------------------------------
def test_without_a_day_it_is_nowhere_and_with_one_everything_comes_at_once():
    issue = make_issue(published_on=None)
    a, *_ = three(issue)
    Article.objects.filter(pk=a.pk).update(published_on=day(9))
    visitor = Client()
    addresses = (issue.get_absolute_url(), a.get_absolute_url())
    assert [visitor.get(one).status_code for one in addresses] == [404, 404]
    assert staff_client("Journal editor").get(issue.get_absolute_url()).status_code == 200

    issues.schedule_issue(issue, day(3))

    a.refresh_from_db()
    issue.refresh_from_db()
    assert (issue.published_on, a.published_on) == (day(3), day(3))
    assert [visitor.get(one).status_code for one in (issue.get_absolute_url(), addresses[1])] == [404, 404]

    issues.publish_issue(issue)

    issue.refresh_from_db()
    assert issue.published_on == day(0)
    assert [visitor.get(one).status_code for one in (issue.get_absolute_url(), addresses[1])] == [200, 200]


def test_what_a_day_cannot_be_is_said():
    empty, out, waiting = make_issue(published_on=None), make_issue(), make_issue(published_on=day(5))
    three(out)
    three(waiting)
    for act, said in (
        (lambda: issues.schedule_issue(empty, day(3)), "No article stands in this issue"),
        (lambda: issues.publish_issue(empty), "No article stands in this issue"),
        (lambda: issues.schedule_issue(out, day(3)), "This issue is out already"),
        (lambda: issues.publish_issue(out), "This issue is out already"),
        (lambda: issues.hold_issue(out), "This issue is out, and people have read it"),
        (lambda: issues.schedule_issue(waiting, day(0)), "That day is not ahead"),
        (lambda: issues.correct_day(waiting, day(-3)), "This issue is not out yet"),
        (lambda: issues.correct_day(out, day(1)), "its day cannot lie ahead"),
    ):
        with pytest.raises(IssueRefused, match=said):
            act()
    assert issues.hold_issue(waiting).published_on is None
    assert issues.correct_day(out, day(-40)).published_on == day(-40)


@pytest.mark.django_db(transaction=True)
def test_of_two_editors_who_publish_at_once_one_does():
    issue = make_issue(published_on=None)
    three(issue)

    done = at_once(lambda: issues.publish_issue(issue), lambda: issues.publish_issue(issue))

    assert sorted(type(one).__name__ for one in done) == ["Issue", "IssueRefused"]


# Its contents by mail -------------------------------------------------------------------------------------------------
def wanting(number: int = 2) -> None:
    for _ in range(number):
        contents_letters.want_contents(make_user())


@transaction.atomic
def send(issue: Issue) -> None:
    """As the worker does it, in one transaction."""
    contents_letters.send_contents(str(issue.pk))


def due(days: int = 0) -> list[str]:
    noon = timezone.localtime().replace(hour=12) + timedelta(days=days)
    return [row.key for row in contents_letters.due_contents(noon)]


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_who_send_the_contents_at_once_one_does():
    wanting()
    issue = make_issue(published_on=day(0))
    three(issue)

    at_once(*[lambda: send(issue)] * 2)

    assert OutgoingEmail.objects.count() == 2


@pytest.mark.parametrize("step", ["_readers", "_context", "_letter", "queue_emails"])
@pytest.mark.django_db(transaction=True)
def test_a_worker_that_dies_at_any_step_leaves_nothing_half_done_and_the_next_one_sends_all_once(monkeypatch, step):
    wanting(3)
    issue = make_issue(published_on=day(0))
    three(issue)
    real, called = getattr(contents_letters, step), []

    def dies(*given, **more):
        called.append(step)
        if step != "_letter" or len(called) == 2:  # the second letter, with the first one made
            raise SystemExit
        return real(*given, **more)

    monkeypatch.setattr(contents_letters, step, dies)
    with pytest.raises(SystemExit):
        send(issue)
    monkeypatch.undo()

    assert OutgoingEmail.objects.count() == 0
    assert due() == [str(issue.pk)]
    send(issue)
    assert OutgoingEmail.objects.count() == 3
    assert due() == []


def test_a_clock_that_stood_still_is_caught_up_and_old_news_is_none():
    wanting()
    issue = make_issue(published_on=day(2))
    three(issue)

    assert (due(1), due(2), due(9)) == ([], [str(issue.pk)], [str(issue.pk)])
    Issue.objects.update(published_on=day(-13))
    assert due() == [str(issue.pk)]
    Issue.objects.update(published_on=day(-15))
    assert due() == []


# Its cover ------------------------------------------------------------------------------------------------------------
def picture(width: int = 800, height: int = 1_000) -> io.BytesIO:
    written = io.BytesIO()
    Image.new("RGB", (width, height), "#336699").save(written, "PNG")
    written.seek(0)
    written.name = "cover.png"
    return written


def test_a_cover_is_shown_once_the_issue_is_out_and_goes_with_the_next_one(django_capture_on_commit_callbacks):
    issue = make_issue(published_on=day(3))
    editor, visitor = staff_client("Journal editor"), Client()
    address = reverse("admin:membership_issue_cover", args=[issue.pk])

    assert editor.post(address, {"picture": picture()}).status_code == 302
    issue.refresh_from_db()
    first, shown = issue.cover, issue.cover_url

    assert visitor.get(shown).status_code == 404
    assert editor.get(shown).getvalue()[:4] == b"RIFF"
    Issue.objects.update(published_on=day(0))
    issue.refresh_from_db()
    answer = visitor.get(shown)
    assert (answer["Content-Type"], answer.getvalue()[:4]) == ("image/webp", b"RIFF")
    assert f'src="{shown}"' in visitor.get(issue.get_absolute_url()).text

    with django_capture_on_commit_callbacks(execute=True):
        editor.post(address, {"picture": picture(600, 800)})
    assert not default_storage.exists(first)
    with django_capture_on_commit_callbacks(execute=True):
        issues.remove_cover(issue)
    with pytest.raises(NotAllowed, match="no cover of its own"):
        issues.remove_cover(issue)
    assert visitor.get(shown).status_code == 404


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (picture(200, 250), "only 200 pixels wide"),
        (picture(1_000, 800), "A cover is upright"),
        (io.BytesIO(b"no picture"), "not a picture that can be read"),
    ],
)
def test_what_is_no_cover_is_said(file, said):
    issue = make_issue()
    file.name = "cover.png"

    answer = staff_client("Journal editor").post(
        reverse("admin:membership_issue_cover", args=[issue.pk]), {"picture": file}
    )

    assert answer.status_code == 422
    assert said in answer.text
    assert Issue.objects.get().cover == ""


# As the editor does it ------------------------------------------------------------------------------------------------
def test_an_editor_puts_an_issue_together_and_lets_it_come_out():
    issue = make_issue(published_on=None)
    a, b, _ = three(issue)
    review = ArticleType.objects.get(slug="review")
    ahead = make_article(title="Ahead", is_advance=True, type=review)
    Article.objects.filter(pk=ahead.pk).update(issue=None)
    editor, address = staff_client("Journal editor"), reverse("admin:membership_issue_put_together", args=[issue.pk])

    page = editor.get(address)
    data = {name: field.value() or "" for name, field in ((one.html_name, one) for one in page.context["form"])}
    assert "It has no cover of its own" in page.text
    answer = editor.post(address, {**data, f"place-{a.pk}": "x"})
    assert (answer.status_code, "Give a whole number." in answer.text) == (422, True)
    sent = {
        **data,
        f"place-{ahead.pk}": "1",
        f"place-{b.pk}": "2",
        f"place-{a.pk}": "3",
        f"section-{b.pk}": " Sleep  well ",
    }
    assert editor.post(address, sent).status_code == 302

    assert titles(issue) == ["Ahead", "B", "A", "C"]
    assert Article.objects.get(pk=b.pk).section == "Sleep well"
    again = editor.post(address, sent)
    assert again.status_code == 422
    assert "A colleague has changed this issue" in again.text
    assert editor.post(address, {**sent, "seen": again.context["form"]["seen"].value()}).status_code == 302

    days = reverse("admin:membership_issue_schedule", args=[issue.pk])
    for typed, said in (
        ("", "Choose the day."),
        ("2199-01-01", "within the next two years"),
        (str(day(0)), "not ahead"),
    ):
        answer = editor.post(days, {"day": typed})
        assert (answer.status_code, said in answer.text) == (422, True)
    assert editor.post(days, {"day": str(day(4))}).status_code == 302

    steps = (days, {"day": str(day(3))}), (reverse("admin:membership_issue_publish", args=[issue.pk]), {})
    for step, given in steps:
        seen = editor.get(step).context["form"].initial["seen"]
        Article.objects.filter(pk=b.pk).update(section=f"Another heading, {step}")
        late = editor.post(step, {**given, "seen": seen})
        assert (late.status_code, "A colleague has changed this issue" in late.text) == (422, True)
    issue.refresh_from_db()
    assert issue.published_on == day(4)
    assert editor.post(reverse("admin:membership_issue_publish", args=[issue.pk])).status_code == 302
    issue.refresh_from_db()
    assert issue.published_on == day(0)
