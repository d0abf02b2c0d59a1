"""Deliveries become articles: whole, once, with their files, and nothing of them for whom they are closed."""

import io
from datetime import date

import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import DataError
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from membership.journal.domain import imports
from membership.journal.domain.imports import import_package
from membership.journal.domain.packages import PackageRefused
from membership.journal.models import Article, DeliveredFile, DeliveredReference, DeliveredText
from tests.factories import client_of, staff_client
from tests.membership.factories import make_article, make_issue, make_member
from tests.racing import at_once

from .jats import DOI, jats, package, pdf, png_bomb, tiff

pytestmark = pytest.mark.django_db


@pytest.fixture
def issue():
    return make_issue(volume=27, number=9, published_on=date(2026, 9, 1))


def bring(content: bytes, name: str = "a.xml", **options):
    return list(import_package(content, name, by=None, **options))


def test_a_delivery_becomes_an_article_with_all_that_everybody_reads(issue):
    (told,) = bring(jats())

    article = Article.objects.get(doi=DOI)
    assert (told.outcome, told.slug, told.needs_a_look) == ("new", article.slug, False)
    assert told.notes == ["gr1 was not delivered."]
    assert (article.issue, str(article.type), article.pages) == (issue, "Original research", "801–809")
    assert (article.title, article.title_html) == ("Sleep in chronic pain", "Sleep in <em>chronic</em> pain")
    assert (article.byline, article.keywords) == ("Lena M. Okafor, The Sleep Group", "sleep, screening")
    assert (article.published_on, article.received_on, article.free_to_read) == (
        date(2026, 9, 9),
        date(2026, 3, 2),
        False,
    )
    assert bytes(article.delivered.source) == jats()
    assert [(one.label, one.doi, one.pmid) for one in article.delivered_references.all()] == [
        ("1", "10.5555/old.1", "123")
    ]


def test_the_page_shows_the_text_and_its_contents_to_a_member_and_the_gate_to_others(issue, client):
    (told,) = bring(jats())
    address = reverse("journal:article-detail", args=[told.slug])

    page = client_of(make_member((-30, 30))).get(address).text
    gate = client.get(address).text

    assert 'We asked<a href="#j-b1"' in page
    assert '<li><a href="#j-h1">Methods</a></li>' in page
    assert page.count('<h2 id="j-h3">References</h2>') == 1
    for closed in ("We asked", "<figure", "10.5555/old.1", "Methods"):
        assert closed not in gate
    assert "<p>Figure 1. Nights. Hours slept.</p>" in gate
    assert "To ask about sleep." in gate


CC = "https://creativecommons.org/licenses/by/4.0/"
CORRECTED = '<related-article related-article-type="corrected-article" xlink:href="10.5555/o.1"/>'


@pytest.mark.parametrize(
    ("said", "free"),
    [
        ('<permissions><free_to_read start_date="2026-01-01"/></permissions>', (True, None, None, None)),
        (
            f'<permissions><license><license_ref start_date="2999-02-03">{CC}</license_ref></license></permissions>',
            (False, date(2999, 2, 3), None, None),
        ),
        (
            '<permissions><free_to_read start_date="2026-10-01" end_date="2026-10-31"/></permissions>',
            (False, None, date(2026, 10, 1), date(2026, 10, 31)),
        ),
        (CORRECTED, (False, None, None, None)),  # by an article that is no notice
    ],
)
def test_it_is_free_from_when_and_until_when_the_delivery_says(issue, said, free):
    bring(jats().replace(b"<volume>", f"{said}<volume>".encode()))

    article = Article.objects.get()
    assert (article.free_to_read, article.free_from, article.chosen_from, article.chosen_until) == free


def test_the_same_again_changes_nothing_and_a_new_one_takes_its_place(issue):
    bring(jats())
    first = DeliveredText.objects.get()

    assert [one.outcome for one in bring(jats())] == ["unchanged"]
    assert DeliveredText.objects.get().imported_at == first.imported_at
    assert [one.outcome for one in bring(jats("<p>Corrected.</p>"))] == ["updated"]
    assert DeliveredText.objects.get().html.startswith("<p>Corrected.</p>")
    assert DeliveredReference.objects.count() == 1
    assert Article.objects.get().slug == bring(jats())[0].slug


def test_a_dry_run_says_the_same_and_keeps_nothing(issue):
    (told,) = bring(package({"a.xml": jats(), "gr1.tif": tiff()}), "a.zip", dry_run=True)

    assert (told.outcome, told.notes) == ("new", [])
    assert not Article.objects.exists()
    assert not DeliveredFile.objects.exists()


def test_a_package_brings_figures_as_webp_the_pdf_and_supplements(issue):
    delivery = package(
        {
            "pm27/a.xml": jats(more="").replace(b"</sec>", b'<supplementary-material xlink:href="s1.csv"/></sec>'),
            "pm27/images/gr1.tif": tiff(), "pm27/images/gr1.jpg": b"not a picture", "pm27/a.pdf": pdf(),
            "pm27/s1.csv": b"night,hours\n1,7\n", "__MACOSX/._a.xml": b"x", "pm27/.DS_Store": b"x",
        }
    )  # fmt: skip

    (told,) = bring(delivery, "pm27.zip")

    assert told.notes == []
    article = Article.objects.get()
    kept = {one.name: (one.role, one.ending, one.width) for one in article.delivered_files.all()}
    assert kept == {
        "gr1.tif": ("picture", "webp", 40), "a.pdf": ("pdf", "pdf", None), "s1.csv": ("supplement", "csv", None),
    }  # fmt: skip
    assert (
        f'src="/journal/article/{article.slug}/files/gr1-tif/" alt="Figure 1 Nights." width="40" height="30"'
        in article.delivered.html
    )
    member = client_of(make_member((-30, 30)))
    page = member.get(article.get_absolute_url()).text
    assert "This article as PDF" in page
    for key, kind in (("gr1-tif", "image/webp"), ("a-pdf", "application/pdf"), ("s1-csv", "text/csv")):
        address = reverse("journal:delivered-file", args=[article.slug, key])
        answer = member.get(address)
        assert b"".join(answer.streaming_content)
        assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (200, kind, "private, no-store")
        assert Client().get(address).status_code == 404


def test_files_that_are_replaced_are_removed(issue, django_capture_on_commit_callbacks):
    bring(package({"a.xml": jats(), "gr1.tif": tiff()}), "a.zip")
    old = DeliveredFile.objects.get().file.name

    with django_capture_on_commit_callbacks(execute=True):
        bring(package({"a.xml": jats(), "gr1.tif": tiff(50, 50)}), "a.zip")

    assert DeliveredFile.objects.get().width == 50
    assert not storages["private"].exists(old)
    (told,) = bring(jats("<fig><graphic xlink:href='GR1.eps'/></fig><media xlink:href='gr1.csv'/>"))  # a text alone
    assert (DeliveredFile.objects.get().width, told.notes) == (50, ["gr1.csv was not delivered."])


@pytest.mark.parametrize(
    ("files", "note"),
    [
        ({"gr1.png": png_bomb()}, "gr1.png: This picture has more than"),
        ({"gr1.png": b"<svg onload=alert(1)>"}, "gr1.png: This file is not a picture that can be read"),
        ({"run.exe": b"MZ"}, "run.exe: files of this kind are not taken."),
        ({"../../etc/gr1.tif": tiff()}, ""),
        ({"images\\gr1.tif": tiff(), "Thumbs.db": b"x"}, ""),  # as a program of Windows packs it
    ],
)
def test_what_is_not_taken_is_said_and_the_article_comes_all_the_same(issue, files, note):
    (told,) = bring(package({"a.xml": jats(), **files}), "a.zip")

    assert told.outcome == "new"
    assert any(one.startswith(note) for one in told.notes) is bool(note)
    assert all(".." not in one.file.name for one in DeliveredFile.objects.all())


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (jats().replace(DOI.encode(), b""), "The article has no DOI, by which it would be found again."),
        (jats(front=""), "The article has no DOI, by which it would be found again."),
        (jats()[:-200], "Line 23: "),
    ],
)
def test_what_cannot_be_taken_is_refused_with_a_reason(issue, content, reason):
    (told,) = bring(content)

    assert told.outcome == "refused"
    assert told.notes[0].startswith(reason)
    assert not Article.objects.exists()


def without_issue() -> bytes:
    return jats().replace(b"<volume>27</volume><issue>9</issue>", b"")


def test_without_an_issue_it_becomes_an_advance_article_that_moves_in_with_its_address(issue):
    (first,) = bring(without_issue())
    article = Article.objects.get()
    assert (first.outcome, article.issue, article.is_advance) == ("new", None, True)
    assert first.notes[0].startswith("It names no volume. It stands among the advance articles")
    before = article.get_absolute_url(), article.doi

    (second,) = bring(jats())

    moved = Article.objects.get()
    assert (second.outcome, moved.issue, moved.is_advance) == ("updated", issue, True)
    assert (moved.get_absolute_url(), moved.doi) == before


def test_the_same_delivery_moves_it_in_once_its_issue_is_here():
    (first,) = bring(jats())
    assert first.notes[0].startswith("It names volume 27, issue 9, and there is no such issue here.")
    assert [one.outcome for one in bring(jats())] == ["unchanged"]
    issue = make_issue(volume=27, number=9, published_on=date(2026, 9, 1))

    (again,) = bring(jats())

    assert (again.outcome, Article.objects.get().issue) == ("updated", issue)
    make_issue(volume=27, number=10, published_on=date(2026, 10, 1))
    (other,) = bring(jats().replace(b"<issue>9<", b"<issue>10<"))
    assert other.notes[0].startswith("It names Volume 27, issue 10, and stays in Volume 27, issue 9.")


@pytest.mark.parametrize("label", ["Suppl 1", "suppl 1"])
def test_an_issue_is_found_as_it_is_printed(label):
    issue = make_issue(volume=27, number=91, number_label="Suppl 1", published_on=date(2026, 9, 1))

    bring(jats().replace(b"<issue>9</issue>", f"<issue>{label}</issue>".encode()))

    assert Article.objects.get().issue == issue
    assert (str(issue), issue.number_words) == ("Volume 27, Suppl 1", "Suppl 1")


def test_the_license_is_kept_as_it_was_delivered(issue):
    permissions = (
        "<permissions><copyright-statement>© 2026 The Authors</copyright-statement><license "
        'xlink:href="https://creativecommons.org/licenses/by/4.0/"><license-p>Free to share.</license-p></license>'
        "</permissions><funding-group>"
    )

    bring(jats().replace(b"<funding-group>", permissions.encode()))

    article = Article.objects.get()
    assert (article.license, article.copyright) == ("Free to share.", "© 2026 The Authors")
    assert (article.license_url, article.free_to_read) == ("https://creativecommons.org/licenses/by/4.0/", True)


def test_one_that_is_refused_does_not_hold_up_the_others(issue):
    other = jats().replace(DOI.encode(), b"10.5555/pm.2026.0902")

    told = bring(package({"b/b.xml": b"<article>", "c/c.xml": other, "a/a.xml": jats()}), "all.zip")

    assert [(one.name, one.outcome) for one in told] == [("a/a.xml", "new"), ("b/b.xml", "refused"), ("c/c.xml", "new")]


def another(number: int, content: bytes | None = None) -> bytes:
    return (content or jats()).replace(DOI.encode(), f"10.5555/pm.2026.{number}".encode())


AUTHOR = b'<contrib contrib-type="author"><collab>The Sleep Group</collab></contrib>'
UNFORESEEN = "Something in it could not be brought over ({}), and nothing of it was kept. The other articles are not t"


@pytest.mark.parametrize(
    ("hostile", "why"),
    [
        (
            jats(head='<?xml version="1.0" encoding="undefined"?>'),
            "The file says that it is written in “undefined”, wh",
        ),
        (jats(head='<?xml version="1.0" encoding="punycode"?>'), "The file says that it is written in “punycode”, whi"),
        (jats(head='<?xml version="1.0" standalone=">"?>'), "Line 1: its declaration <?xml … ?> cannot be read."),
        (jats("<sec>" * 1_900 + "</sec>" * 1_900), "More than 200 elements stand one inside of another."),
        (jats().replace(DOI.encode(), b"10.5555/" + b"a" * 2_992), "Its DOI has 3,000 characters; at most 150 can be"),
        (
            jats().replace(b"To ask about sleep.", b"word " * 25_000),
            "Its abstract has 125,054 characters; at most 100,000 can be kept.",
        ),
        (
            jats().replace(b"People who sleep", b"word " * 25_000),
            "Its summary in plain language has 125,040 characters; at most 100,000 can be kept.",
        ),
        (jats().replace(AUTHOR, AUTHOR * 5_000), "Its list of authors has 5,001 names; at most 5,000 can be kept."),
    ],
)
def test_whatever_one_article_holds_costs_that_article_alone_and_is_said(issue, hostile, why):
    editor = staff_client("Journal editor")
    upload = io.BytesIO(package({"a.xml": another(901), "b.xml": hostile, "c.xml": another(902)}))
    upload.name = "all.zip"

    page = editor.post(reverse("admin:membership_article_import"), {"delivery": upload})

    assert [one.outcome for one in page.context["found"]] == ["new", "refused", "new"]
    (note,) = page.context["found"][1].notes
    assert note.startswith(why)
    assert escape(note) in page.text
    assert len(page.text) < 40_000
    assert Article.objects.count() == 2


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        (
            b"<day>9</day><month>9</month><year>2026</year>",
            b"<year>99999999999</year>",
            {"published_on": date(2026, 11, 1)},
        ),
        (b"<fpage>801</fpage>", "<fpage>²</fpage>".encode(), {"first_page": None, "page_label": "²–809"}),
        (b"<volume>27</volume><issue>9<", "<volume>²</volume><issue>²<".encode(), {"issue": None}),
        (b"Sleep in", b"Sleep " * 1_000 + b"in", {"title": "Sleep " * 49 + "Sleep…"}),
        (b"Sleep in", ("s" + "\u0301" * 5_000).encode(), {"title": "s" + "\u0301" * 298 + "…"}),
    ],
)
def test_what_no_column_holds_is_left_out_or_cut(issue, before, after, kept):
    (told,) = bring(jats().replace(before, after))

    assert told.outcome == "new"
    assert Article.objects.values(*kept).get() == kept


def test_an_article_without_a_day_that_can_be_used_stands_under_its_issues_and_says_so(issue):
    (told,) = bring(jats().replace(b"<year>2026</year>", b"<year>99999999999</year>"))

    assert Article.objects.get().published_on == issue.published_on
    assert "It names no day of publication that can be used, and stands under 2026-09-01." in told.notes


@pytest.mark.parametrize("odd", [RecursionError, OverflowError, DataError, KeyError, SyntaxError])
def test_what_nobody_foresaw_costs_its_article_alone_with_all_that_was_begun(
    issue, odd, monkeypatch, django_capture_on_commit_callbacks
):
    real = imports.compare
    stored = storages["private"]

    def compare(tree, page):
        if "hostile" in page:
            raise odd("What a stranger typed")
        return real(tree, page)

    monkeypatch.setattr(imports, "compare", compare)
    files = {"b/b.xml": another(902, jats("<p>hostile</p>")), "b/gr1.tif": tiff()}
    before = count_of(stored, "journal/delivered")
    with django_capture_on_commit_callbacks(execute=True):
        told = bring(package({"a/a.xml": another(901), **files, "c/c.xml": another(903)}), "all.zip")

    assert [one.outcome for one in told] == ["new", "refused", "new"]
    assert told[1].notes[0].startswith(UNFORESEEN.format(odd.__name__))
    assert "stranger" not in told[1].notes[0]
    assert len(told[1].stored) == 1
    assert count_of(stored, "journal/delivered") == before
    assert sorted(Article.objects.values_list("doi", flat=True)) == ["10.5555/pm.2026.901", "10.5555/pm.2026.903"]


def count_of(storage, folder: str) -> int:
    return len(storage.listdir(folder)[1]) if storage.exists(folder) else 0


def test_a_part_of_a_package_that_is_damaged_or_too_large_costs_itself_alone(issue, monkeypatch):
    monkeypatch.setattr("membership.journal.domain.packages.LARGEST", 20_000)
    content = package({"a.xml": another(901), "b.xml": another(902), "c.xml": b" " * 20_001, "d.xml": jats()})
    at = content.index(b"b.xml") + 40
    content = content[:at] + b"\xff" * 60 + content[at + 60 :]

    told = bring(content, "all.zip")

    assert [(one.name, one.outcome) for one in told] == [
        ("a.xml", "new"), ("b.xml", "refused"), ("c.xml", "refused"), ("d.xml", "new"),
    ]  # fmt: skip
    assert told[1].notes == ["b.xml is damaged or locked by a password."]
    assert told[2].notes == ["c.xml has 20,001 bytes; an article has at most 20,000."]


def test_names_that_meet_are_kept_apart_and_one_pdf_is_the_article(issue):
    long = f"{'x' * 94}.csv"
    files = {
        "a.xml": jats(), ".": b"x", "one/a.pdf": pdf(), "two/a.pdf": pdf(), f"one/{long}": b"1", f"two/{long}": b"2",
        f"{'x' * 94}.csv-2.csv": b"3",
    }  # fmt: skip

    (told,) = bring(package(files), "a.zip")

    article = Article.objects.get()
    assert (told.outcome, told.notes) == ("new", ["gr1 was not delivered."])
    assert sorted(article.delivered_files.filter(ending="pdf").values_list("role", flat=True)) == ["pdf", "supplement"]
    assert article.delivered_files.count() == len(set(article.delivered_files.values_list("key", flat=True))) == 5


def test_a_relation_said_twice_beyond_what_is_kept_is_one(issue):
    relation = f'<related-article related-article-type="{"k" * 60}{{}}" xlink:href="10.5555/{"a" * 400}{{}}"/>'
    front = relation.format("a", "a") + relation.format("b", "b") + "<funding-group>"

    (told,) = bring(jats().replace(b"<funding-group>", front.encode()))

    assert (told.outcome, Article.objects.get().relations.count()) == ("new", 1)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04nothing", "This ZIP is damaged."),
        (package({"aé.xml": jats()}).replace("é".encode(), b"\xff\xff"), "This ZIP is damaged."),
        (package({"readme.txt": b"hello"}), "This ZIP holds no article"),
        (package({"a.zip": package({"a.xml": jats()})}), "This ZIP holds no article but other ZIPs."),
        (package({"a.xml": b"<!-- <article> --><manifest/>"}), "This ZIP holds no article"),
        (pdf(), "This file is a PDF."),
    ],
)
def test_a_package_that_cannot_be_read_is_refused(content, reason):
    with pytest.raises(PackageRefused, match=reason):
        bring(content, "a.zip")


def test_a_package_that_unpacks_to_more_than_is_bearable_is_refused(issue, monkeypatch):
    monkeypatch.setattr("membership.journal.domain.packages.LARGEST_PART", 10_000)

    told = bring(package({"a.xml": jats()[:9_000], "gr1.tif": b"0" * 20_000}), "a.zip")

    assert [one.outcome for one in told] == ["refused"]


def test_an_article_that_was_written_here_becomes_the_delivered_one(issue):
    written = make_article(issue, doi=DOI.upper(), body="<p>By hand.</p>")

    (told,) = bring(jats())

    written.refresh_from_db()
    assert (told.outcome, written.body, written.references) == ("updated", "", "")
    assert Article.objects.count() == 1


def test_pages_that_are_no_numbers_are_labels(issue):
    bring(jats().replace(b"<fpage>801</fpage><lpage>809</lpage>", b"<elocation-id>e123</elocation-id>"))

    assert (Article.objects.get().first_page, Article.objects.get().pages) == (None, "e123")


@pytest.mark.django_db(transaction=True)
def test_two_who_import_the_same_at_once_make_one_article():
    make_issue(volume=27, number=9, published_on=date(2026, 9, 1))

    told = at_once(lambda: bring(jats()), lambda: bring(jats()))

    assert sorted(one[0].outcome for one in told) == ["new", "unchanged"]
    assert Article.objects.count() == DeliveredText.objects.count() == 1


def test_pages_are_written_anew_when_the_rules_have_changed(issue):
    bring(package({"a.xml": jats(), "gr1.tif": tiff()}), "a.zip")
    text = DeliveredText.objects.get()
    DeliveredText.objects.update(html="<p>of old rules</p>", rules_version=0)
    out = io.StringIO()

    call_command("render_articles", stdout=out)
    call_command("render_articles", stdout=out)

    assert DeliveredText.objects.get().html == text.html
    assert out.getvalue().splitlines() == [
        "1 written, 1 of them differ from before.",
        "0 written, 0 of them differ from before.",
    ]


def test_the_command_tells_of_each_article(issue, tmp_path):
    file = tmp_path / "a.xml"
    file.write_bytes(jats())
    out = io.StringIO()

    call_command("import_jats", str(file), stdout=out)

    assert out.getvalue().splitlines() == [
        f"+ a.xml: new, {DOI} Sleep in chronic pain",
        "    letters 100 %, words of references 100 %, links 2 of 2, formulas 0 of 0, figures 1 of 1, tables 0 of 0",
        "    gr1 was not delivered.",
        "Done: 1 new.",
    ]
    with pytest.raises(CommandError, match="There is no issue 99-9 here"):
        call_command("import_jats", str(file), "--issue", "99-9", stdout=out)
    with pytest.raises(CommandError, match="cannot be read: No such file or directory"):
        call_command("import_jats", str(tmp_path / "b.xml"), stdout=out)
    file.write_bytes(b"<p/>")
    with pytest.raises(CommandError, match="Some articles were refused"):
        call_command("import_jats", str(file), stdout=out)


def test_an_editor_looks_first_and_imports_then(issue):
    editor = staff_client("Journal editor")
    address = reverse("admin:membership_article_import")
    upload = io.BytesIO(jats())
    upload.name = "a.xml"

    look = editor.post(address, {"delivery": upload, "only_look": "on"})
    upload.seek(0)
    done = editor.post(address, {"delivery": upload})

    assert "1 article: what would happen" in look.text
    assert (look.context["found"][0].outcome, done.context["found"][0].outcome) == ("new", "new")
    article = Article.objects.get()
    assert f'href="{article.get_absolute_url()}"' in done.text
    page = editor.get(reverse("admin:membership_article_change", args=[article.pk])).text
    assert "gr1 was not delivered." in page
    assert 'name="body"' not in page


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [("a.pdf", b"%PDF", "A delivery is a file that ends in .xml or .zip."), ("a.zip", b"PK", "This ZIP is damaged.")],
)
def test_what_is_no_delivery_is_said_beside_the_field(name, content, said):
    editor = staff_client("Journal editor")
    upload = io.BytesIO(content)
    upload.name = name

    answer = editor.post(reverse("admin:membership_article_import"), {"delivery": upload})

    assert answer.status_code == 422
    assert said in answer.text
