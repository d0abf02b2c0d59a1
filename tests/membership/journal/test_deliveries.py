"""Sample packages of three makers, by command and by upload; and packages that nobody should be able to send."""

# ruff: noqa: E501 - what is delivered stands in its line
import io
import stat
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse

from membership.demo import FILES
from membership.journal.domain import packages
from membership.journal.domain.imports import import_package
from membership.journal.domain.packages import PackageRefused
from membership.journal.jats.reading import read_article, words_of
from membership.journal.models import Article, DeliveredFile
from tests.factories import client_of, staff_client
from tests.membership.factories import make_issue, make_member

from . import deliveries
from .jats import DOI, jats, package, pdf, tiff

pytestmark = pytest.mark.django_db

WHOLE = "letters 100 %, words of references 100 %"
PROMISED = {
    "sample-flat.zip": [
        "+ pm-27-12-1301.xml: new, 10.5555/pm.2026.1301 Heat before exercise in chronic low back pain",
        f"    {WHOLE}, links 3 of 3, formulas 0 of 0, figures 1 of 1, tables 0 of 0",
        "Done: 1 new.",
    ],
    "sample-nested.zip": [
        "+ pm/27/12/1310/1310.xml: new, 10.5555/pm.2026.1310 How large is a difference that people notice?",
        f"    {WHOLE}, links 2 of 2, formulas 2 of 2, figures 1 of 1, tables 0 of 0",
        "+ pm/27/12/1319/1319.xml: new, 10.5555/pm.2026.1319 Small differences, felt every day",
        f"    {WHOLE}, links 1 of 1, formulas 0 of 0, figures 1 of 1, tables 0 of 0",
        "Done: 2 new.",
    ],
    "sample-manifest.zip": [
        "+ text/a132.xml: new, 10.5555/pm.2026.1329 Correction to: A diary of nights",
        f"    {WHOLE}, links 1 of 1, formulas 0 of 0, figures 1 of 1, tables 0 of 0",
        "+ text/a1320.xml: new, 10.5555/pm.2026.1320 A diary of nights",
        f"    {WHOLE}, links 2 of 2, formulas 0 of 0, figures 1 of 1, tables 1 of 1",
        "Done: 2 new.",
    ],
}
KEPT = {
    "10.5555/pm.2026.1301": [
        "pm-27-12-1301-f1.tif",
        "pm-27-12-1301-s1.csv",
        "pm-27-12-1301-t1.gif",
        "pm-27-12-1301.pdf",
    ],
    "10.5555/pm.2026.1310": ["answers.csv", "fig1.tif", "main.pdf"],
    "10.5555/pm.2026.1319": ["fig1.png", "main.pdf"],
    "10.5555/pm.2026.1320": ["10-5555-pm-2026-1320.pdf", "a1320-nights.csv", "hours.tif"],
    "10.5555/pm.2026.1329": ["hours-corrected.tif"],
}


@pytest.fixture
def issue():
    return make_issue(volume=27, number=12, published_on=date(2026, 11, 1))


def bring(content: bytes, name: str = "a.zip", **options):
    return list(import_package(content, name, by=None, **options))


# Three makers ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", deliveries.SAMPLES)
def test_a_package_of_each_maker_comes_whole_by_command(issue, name, tmp_path):
    file, out = tmp_path / name, io.StringIO()
    file.write_bytes(deliveries.SAMPLES[name]())

    call_command("import_jats", str(file), stdout=out)

    assert out.getvalue().splitlines() == PROMISED[name]
    for article in Article.objects.all():
        assert sorted(article.delivered_files.values_list("name", flat=True)) == KEPT[article.doi]
        assert "was not delivered" not in article.delivered.html


@pytest.mark.parametrize("name", deliveries.SAMPLES)
def test_a_package_of_each_maker_comes_whole_by_upload_and_reads_so(issue, name):
    editor, upload = staff_client("Journal editor"), io.BytesIO(deliveries.SAMPLES[name]())
    upload.name = name

    page = editor.post(reverse("admin:membership_article_import"), {"delivery": upload})

    assert "Everything came over whole." in page.text
    assert {one.outcome for one in page.context["found"]} == {"new"}
    reader = client_of(make_member((-30, 30)))
    for article in Article.objects.all():
        shown = reader.get(article.get_absolute_url()).text
        pictures = article.delivered_files.filter(role="picture")
        assert all(f'src="{one.get_absolute_url()}"' in shown for one in pictures)
        assert all(one.ending == "webp" for one in pictures)


def test_the_samples_of_the_demonstration_are_those_of_the_makers():
    for name, make in deliveries.SAMPLES.items():
        offered, made = (
            zipfile.ZipFile(io.BytesIO(one)) for one in ((FILES / "journal" / "deliveries" / name).read_bytes(), make())
        )
        assert offered.namelist() == made.namelist()
        for part in made.namelist():
            if part.endswith((".xml", ".csv", ".dtd", ".md5")):  # pictures and papers differ by their libraries
                assert offered.read(part) == made.read(part)


def test_an_editor_of_the_demonstration_is_offered_the_samples(issue, settings):
    editor = staff_client("Journal editor")
    address = reverse("admin:membership_article_sample", args=["sample-flat.zip"])
    settings.DEMO = True

    assert address in editor.get(reverse("admin:membership_article_import")).text
    assert editor.get(address).getvalue() == (FILES / "journal" / "deliveries" / "sample-flat.zip").read_bytes()
    assert editor.get(address.replace("sample-flat.zip", "issues.toml")).status_code == 404

    settings.DEMO = False
    assert address not in editor.get(reverse("admin:membership_article_import")).text
    assert editor.get(address).status_code == 404


# To whom a file belongs -----------------------------------------------------------------------------------------------
def another(number: int, picture: str = "gr1") -> bytes:
    return jats().replace(DOI.encode(), f"10.5555/pm.2026.{number}".encode()).replace(b'"gr1"', f'"{picture}"'.encode())


@pytest.mark.parametrize(
    ("files", "kept"),
    [
        # The longest name decides.
        ({"pm1.xml": 1, "pm10.xml": 10, "pm1.pdf": 0, "pm10.pdf": 0, "pm10-s.csv": 0}, {1: ["pm1.pdf"], 10: ["pm10-s.csv", "pm10.pdf"]}),
        # A folder of one's own holds all of it, whatever it is called, and no other's.
        ({"a/x.xml": 1, "a/i/one.csv": 0, "b/x.xml": 10, "b/two.csv": 0}, {1: ["one.csv"], 10: ["two.csv"]}),
        # What an article names comes from a folder that all of them share.
        ({"t/a.xml": 1, "t/b.xml": 10, "pics/GR1.TIF": -1, "pics/other.tif": -1}, {1: ["GR1.TIF"], 10: ["GR1.TIF"]}),
        # And never out of another article's own.
        ({"a/a.xml": 1, "b/b.xml": 10, "b/gr1.tif": -1}, {1: [], 10: ["gr1.tif"]}),
    ],
)  # fmt: skip
def test_of_several_articles_each_gets_its_own_files(issue, files, kept):
    contents = {0: b"1,2\n", -1: tiff()}
    bring(
        package(
            {
                name: another(what) if what > 0 else (pdf() if name.endswith("pdf") else contents[what])
                for name, what in files.items()
            }
        )
    )

    for number, names in kept.items():
        article = Article.objects.get(doi=f"10.5555/pm.2026.{number}")
        assert sorted(article.delivered_files.values_list("name", flat=True)) == names


def test_a_list_of_what_was_delivered_is_no_article(issue):
    listing = b'<?xml version="1.0"?><delivery><article doi="10.5555/x" file="a.xml"/></delivery>'

    assert [one.name for one in bring(package({"manifest.xml": listing, "a.xml": jats(), "x.csv": b"1"}))] == ["a.xml"]
    assert [one.name for one in DeliveredFile.objects.all()] == ["x.csv"]
    with pytest.raises(PackageRefused, match="This ZIP holds no article"):
        bring(package({"manifest.xml": listing}))


# What nobody should be able to send -----------------------------------------------------------------------------------
def zipped(*parts: tuple[zipfile.ZipInfo | str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return written.getvalue()


def link_to(target: str, name: str) -> tuple[zipfile.ZipInfo, bytes]:
    made = zipfile.ZipInfo(name)
    made.create_system, made.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return made, target.encode()


def content_of(kept: DeliveredFile) -> bytes:
    with kept.file.open() as file:
        return file.read()


def test_names_that_climb_out_of_a_package_lead_nowhere(issue, tmp_path):
    before = set(Path.cwd().iterdir())

    (told,) = bring(
        zipped(
            ("a.xml", jats()), ("../../../../tmp/evil-gr1.tif", tiff()), ("/etc/evil.csv", b"1"), ("..\\evil2.csv", b"2"),
            ("C:\\evil3.csv", b"3"),
        )
    )  # fmt: skip

    assert told.outcome == "new"
    assert set(Path.cwd().iterdir()) == before
    assert not Path("/tmp/evil-gr1.tif").exists()  # noqa: S108 - that it is not there
    assert all(
        "/" not in one.key and one.file.name.startswith("journal/delivered/") for one in DeliveredFile.objects.all()
    )


def test_a_link_in_a_package_is_not_followed(issue, tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text("zyzzogeton", encoding="utf-8")

    (told,) = bring(zipped(("a.xml", jats()), link_to(str(secret), "notes.csv"), link_to(str(secret), "gr1.png")))

    assert told.notes[-1] == "gr1 was not delivered."
    assert not DeliveredFile.objects.exists()


def test_names_that_differ_by_case_alone_are_two_files(issue):
    (told,) = bring(zipped(("a.xml", jats()), ("Data.csv", b"1"), ("data.CSV", b"2"), ("DATA.csv", b"3")))

    assert told.outcome == "new"
    kept = {content_of(one) for one in DeliveredFile.objects.all()}
    assert kept == {b"1", b"2", b"3"}
    assert len(set(DeliveredFile.objects.values_list("key", flat=True))) == 3


def test_a_name_that_stands_twice_in_a_package_is_one_file(issue):
    with pytest.warns(UserWarning, match="Duplicate name"):
        content = zipped(("a.xml", jats()), ("data.csv", b"first"), ("data.csv", b"second"))

    bring(content)

    assert [content_of(one) for one in DeliveredFile.objects.all()] == [b"second"]


def test_a_package_of_too_many_files_is_refused_before_any_is_unpacked(monkeypatch):
    monkeypatch.setattr(packages, "MOST_PARTS", 20)
    content = zipped(("a.xml", jats()), *[(f"{number}.csv", b"1") for number in range(20)])

    with pytest.raises(PackageRefused, match="This package holds 21 files; at most 20 are taken at once"):
        bring(content)


def test_a_package_that_says_that_it_becomes_too_much_is_refused_before_any_is_unpacked(monkeypatch):
    monkeypatch.setattr(packages, "MOST_UNPACKED", 3_000_000)
    content = zipped(("a.xml", jats()), *[(f"{number}.csv", b"0" * 1_000_000) for number in range(4)])
    assert len(content) < 20_000

    with pytest.raises(PackageRefused, match="This package unpacks to 4 MB; at most 3 are taken"):
        bring(content)


def test_a_package_that_lies_about_its_size_ends_where_it_becomes_too_much(issue, monkeypatch):
    monkeypatch.setattr(packages, "LARGEST_PART", 500_000)
    content = zipped(("a.xml", jats()), ("data.csv", b"0" * 2_000_000))
    at = content.rindex(b"data.csv") - 46 + 24  # the size in the list at its end
    content = content[:at] + (10).to_bytes(4, "little") + content[at + 4 :]

    (told,) = bring(content)

    assert told.outcome in {"new", "refused"}
    assert not DeliveredFile.objects.exists()


def test_a_package_within_a_package_is_kept_as_it_is_and_never_opened(issue):
    inner = zipped(("deep.xml", another(77)), ("bomb.csv", b"0" * 1_000_000))
    for _ in range(3):
        inner = zipped(("inner.zip", inner))

    bring(zipped(("a.xml", jats()), ("more.zip", inner)))

    assert [one.doi for one in Article.objects.all()] == [DOI]
    assert content_of(DeliveredFile.objects.get()) == inner
    with pytest.raises(PackageRefused, match="This ZIP holds no article"):
        bring(zipped(("more.zip", zipped(("a.xml", jats())))))


def test_a_hundred_megabytes_of_one_article_are_refused_without_being_read(issue, tmp_path):
    hundred = b"<article>" + b" " * 100_000_000

    (told,) = bring(hundred, "a.xml")
    assert told.notes == ["The file has 100,000,009 bytes; an article has at most 12,000,000."]
    (told,) = bring(zipped(("a.xml", hundred)))
    assert told.notes == ["a.xml has 100,000,009 bytes; an article has at most 12,000,000."]
    assert not Article.objects.exists()


# Bad input by line ----------------------------------------------------------------------------------------------------
def test_what_is_wrong_with_a_source_is_said_by_its_line_and_nothing_is_kept(issue):
    bomb = '<!DOCTYPE article [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>\n'
    for content, said in (
        (jats()[:-300], "Line 22: "),
        (jats().replace(b"asked", b"ask\xff\xfeed"), "Line 18: the file is to be read as UTF-8, and here it is not."),
        (jats("<p>&b;</p>", head=bomb), "Line 19: no sign is called &b;."),
        (jats("<p>&e;</p>", head='<!DOCTYPE article [<!ENTITY e SYSTEM "file:///etc/passwd">]>\n'), "Line 19: no sign is called &e;."),
        (jats().replace(b"Sleep in <italic>chronic</italic> pain", b""), "The article has no title."),
    ):  # fmt: skip
        (told,) = bring(content, "a.xml")
        assert (told.outcome, told.notes[0][: len(said)]) == ("refused", said)
    assert not Article.objects.exists()


def test_a_dtd_that_is_named_is_not_fetched(issue, monkeypatch):
    def asked(*_):
        raise AssertionError("Somebody was asked.")

    monkeypatch.setattr(
        "socket.socket.connect", lambda self, address: asked() if self.family.name != "AF_UNIX" else None
    )
    heads = ('<!DOCTYPE article SYSTEM "http://127.0.0.1:9/x.dtd">', '<!DOCTYPE article SYSTEM "file:///etc/passwd">')
    for head in heads:
        assert "We asked" in words_of(read_article(jats(head=head)))


def test_ids_that_stand_twice_lead_to_the_first_and_are_said(issue):
    twice = jats('<p id="p1">First.</p><p id="p1">Second.</p><p>See <xref rid="p1">there</xref>.</p>')

    (told,) = bring(twice, "a.xml")

    assert told.outcome == "new"
    assert "The id “p1” stands 2 times; links lead to the first." in told.notes
    html = Article.objects.get().delivered.html
    assert html.count('id="j-p1"') == 1
    assert html.startswith('<p id="j-p1">First.</p>')


def test_another_articles_doi_is_said_before_it_takes_its_place(issue):
    bring(jats(), "a.xml")
    impostor = (
        jats()
        .replace(b"Sleep in <italic>chronic</italic> pain", b"A wholly other matter")
        .replace(b"Okafor", b"Stranger")
        .replace(b"The Sleep Group", b"Nobody")
    )

    (told,) = bring(impostor, "b.xml")

    assert told.outcome == "refused"
    assert told.notes[0].startswith(
        "Its DOI is that of “Sleep in chronic pain” by Lena M. Okafor, The Sleep Group, which is another article"
    )
    assert Article.objects.get().title == "Sleep in chronic pain"


def test_two_articles_of_a_package_with_one_doi_are_said(issue):
    second = (
        jats()
        .replace(b"Sleep in <italic>chronic</italic> pain", b"Another title")
        .replace(b"Okafor", b"Stranger")
        .replace(b"The Sleep Group", b"Nobody")
    )

    first, other = bring(package({"a/a.xml": jats(), "b/b.xml": second}))

    assert (first.outcome, other.outcome) == ("new", "refused")
    assert Article.objects.count() == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [(b"Sleep in", b"Better sleep in"), (b"Okafor", b"Okafor-Lund")],
)
def test_a_corrected_title_or_name_is_the_same_article(issue, before, after):
    bring(jats(), "a.xml")

    assert [one.outcome for one in bring(jats().replace(before, after), "a.xml")] == ["updated"]
