"""Retracted works that our articles cite: what a list says, what is refused, and who is told."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aapm_site.core.files.upload_checks import FileRefused
from aapm_site.core.roles import JOURNAL_EDITOR
from membership.journal.domain import retractions
from membership.journal.domain.retractions import LoadedList, load_retractions
from membership.journal.models import DeliveredReference, DeliveredText, DoubtedWork
from membership.journal.queries.retracted import citing_articles
from tests import racing
from tests.factories import staff_client

from ..factories import make_article, make_member

HEAD = "Record ID,Title,RetractionDate,RetractionDOI,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,Reason"
PAGE = "/admin/membership/article/retracted/"


def listed(*rows: str) -> bytes:
    return "\n".join([HEAD, *rows, ""]).encode()


def works() -> list[tuple[str, str, str, date | None]]:
    return list(DoubtedWork.objects.order_by("pk").values_list("doi", "pmid", "kind", "on"))


def citing(*named: tuple[str, str]):
    """An article whose full text was delivered, with a reference for each DOI and number in PubMed."""
    article = make_article()
    DeliveredText.objects.create(
        article=article,
        source=b"<article/>",
        source_name="a.xml",
        sha256="0" * 64,
        html="<p>Whole.</p>",
        rules_version=1,
    )
    for order, (doi, pmid) in enumerate(named, 1):
        DeliveredReference.objects.create(
            article=article, order=order, anchor=f"j-b{order}", label=str(order), text="A work.", doi=doi, pmid=pmid
        )
    return article


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("10.1000/ABC.5", "10.1000/abc.5"),
        (" https://doi.org/10.1000/abc ", "10.1000/abc"),
        ("http://dx.doi.org/10.1000/abc", "10.1000/abc"),
        ("doi: 10.1000/abc", "10.1000/abc"),
        ("unavailable", ""),
        ("10.1000", ""),
        ("", ""),
        ("10.1000/" + "x" * 300, ""),
    ],
)
def test_a_doi_in_one_form(typed, kept):
    assert retractions.normal_doi(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"), [("12345", "12345"), ("0", ""), ("007", "7"), ("n/a", ""), ("１２", ""), ("9" * 21, "")]
)
def test_a_number_in_pubmed(typed, kept):
    assert retractions.normal_pmid(typed) == kept


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("12/24/2021 0:00", date(2021, 12, 24)),
        ("2021-12-24", date(2021, 12, 24)),
        ("02/30/2021", None),
        ("1/1/0001", None),
        ("soon", None),
        ("", None),
    ],
)
def test_a_day_of_a_list(typed, day):
    assert retractions.day_of(typed) == day


# What a list says -----------------------------------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        (["1,T,12/24/2021 0:00,10.1/n,10.1/A,55,Retraction,+x;"], [("10.1/a", "55", "retraction", date(2021, 12, 24))]),
        (["1,T,,,unavailable,55,Expression of concern,"], [("", "55", "concern", None)]),
        (["1,T,1/2/2020,,10.1/a,,Correction,"] + ["2,T,,,10.1/b,,Retraction,"], [("10.1/b", "", "retraction", None)]),
        # Twice: once, by the graver; by the later of the same.
        (
            ["1,T,1/2/2020,,10.1/a,,Expression of concern,", "2,T,1/2/2021,,10.1/a,,Retraction,"],
            [("10.1/a", "", "retraction", date(2021, 1, 2))],
        ),
        (
            ["1,T,1/2/2021,,10.1/a,,Retraction,", "2,T,1/2/2020,,10.1/A,9,Retraction,"],
            [("10.1/a", "9", "retraction", date(2021, 1, 2))],
        ),
        # Reinstated afterwards: doubted no more; retracted again after that: doubted.
        (
            ["1,T,1/2/2020,,10.1/a,,Retraction,", "2,T,1/2/2021,,10.1/a,,Reinstatement,", "3,T,,,10.1/b,,Retraction,"],
            [("10.1/b", "", "retraction", None)],
        ),
        (
            ["1,T,1/2/2022,,10.1/a,,Retraction,", "2,T,1/2/2021,,10.1/a,,Reinstatement,"],
            [("10.1/a", "", "retraction", date(2022, 1, 2))],
        ),
    ],
)
def test_each_work_once_as_it_stands(rows, kept):
    load_retractions(listed(*rows), "list.csv")
    assert works() == kept


@pytest.mark.django_db
def test_a_list_is_whole_and_says_how_much_of_it_has_no_number():
    assert load_retractions(listed("1,T,,,10.1/a,,Retraction,", "2,T,,,,,Retraction,"), "a.csv") == LoadedList(1, 1)
    load_retractions(listed("1,T,,,10.1/b,,Retraction,"), "b.csv")
    assert [doi for doi, *_ in works()] == ["10.1/b"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"Title,Author\nA,B\n", "a.csv", "no column OriginalPaperDOI and no RetractionNature"),
        (b"OriginalPaperDOI\n10.1/a\n", "a.csv", "no column RetractionNature"),
        (listed("1,T,,,10.1/a,,Correction,"), "a.csv", "names no retracted work"),
        (HEAD.encode(), "a.csv", "names no retracted work"),
        (listed("1,T\xe9,,,10.1/a,,Retraction,").decode().encode("latin-1"), "a.csv", "not written in UTF-8"),
        (listed('1,"T,,,10.1/a,,Retraction,'), "a.csv", "quotation mark"),
        (b"\xd0\xcf\x11\xe0 old", "a.xls", "older Excel"),
        (b"", "a.csv", ""),
        (b"\x00\x01\x02", "a.csv", ""),
    ],
)
def test_what_is_no_such_list_is_refused_and_changes_nothing(content, name, said):
    load_retractions(listed("1,T,,,10.1/a,,Retraction,"), "a.csv")
    with pytest.raises(FileRefused, match=said or "."):
        load_retractions(content, name)
    assert len(works()) == 1


@pytest.mark.django_db
def test_a_much_shorter_list_is_asked_about():
    load_retractions(listed(*(f"{n},T,,,10.1/{n},,Retraction," for n in range(5))), "a.csv")
    short = listed("1,T,,,10.1/a,,Retraction,", "2,T,,,10.1/b,,Retraction,")
    with pytest.raises(FileRefused, match="names 2 works, and the one that stands names 5"):
        load_retractions(short, "a.csv")
    assert load_retractions(short, "a.csv", may_be_shorter=True).works == 2


@pytest.mark.django_db(transaction=True)
def test_two_lists_at_once_do_not_mix():
    lists = [listed(*(f"{n},T,,,10.{which}/{n},,Retraction," for n in range(50))) for which in (1, 2)]
    done = racing.at_once(*(lambda content=content: load_retractions(content, "a.csv") for content in lists))
    assert done == [LoadedList(50, 0)] * 2
    assert len({doi.split("/")[0] for doi, *_ in works()}) == 1
    assert len(works()) == 50


# Who is told ----------------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_who_may_read_the_text_is_told_and_nobody_else(client):
    article = citing(("10.1/KEPT", ""), ("10.1/Gone", "7"), ("", "8"))
    load_retractions(
        listed("1,T,12/24/2021,10.1/why,10.1/gone,7,Retraction,", "2,T,,,,8,Expression of concern,"), "a.csv"
    )
    assert "Look twice" not in client.get(article.get_absolute_url()).content.decode()
    client.force_login(make_member((-10, 100)))
    page = " ".join(client.get(article.get_absolute_url()).content.decode().split())
    assert '<a href="#j-b2">Reference 2</a> has been retracted' in page
    assert "December 24, 2021" in page
    assert 'href="https://doi.org/10.1/why"' in page
    assert '<a href="#j-b3">Reference 3</a> : the editors of its journal have expressed concern' in page
    assert page.count('<li><a href="#j-b') == 2


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 30])
def test_editors_see_which_articles_cite_them_in_one_query(number):
    articles = [citing(("10.1/a", ""), ("", "7"), ("10.1/a", "7")) for _ in range(number)]
    load_retractions(listed("1,T,,,10.1/A,,Retraction,", "2,T,,,,7,Expression of concern,"), "a.csv")
    with CaptureQueriesContext(connection) as asked:
        found = citing_articles()
    assert len(asked) == 1
    assert [(one.pk, one.retracted, one.of_concern) for one in found] == [(one.pk, 2, 2) for one in articles[::-1]]


@pytest.mark.django_db
def test_the_page_takes_a_list_and_keeps_a_refusal_kind():
    editor, article = staff_client(JOURNAL_EDITOR), citing(("10.1/a", ""))
    assert "No list is loaded yet." in editor.get(PAGE).content.decode()
    refused = editor.post(PAGE, {"file": SimpleUploadedFile("a.csv", b"Title\nA\n")})
    assert refused.status_code == 422
    assert "This list has no column OriginalPaperDOI" in refused.content.decode()
    done = editor.post(PAGE, {"file": SimpleUploadedFile("a.csv", listed("1,T,,,10.1/a,,Retraction,"))})
    assert done.status_code == 200
    page = done.content.decode()
    assert "The list is loaded." in page
    assert article.title in page


@pytest.mark.django_db
def test_the_command(tmp_path, capsys):
    file = tmp_path / "list.csv"
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("load_retractions", str(file))
    file.write_bytes(listed("1,T,,,10.1/a,,Retraction,", "2,T,,,,,Retraction,"))
    call_command("load_retractions", str(file))
    assert capsys.readouterr().out == "Done: 1 works, 1 rows without a number passed over.\n"
    file.write_bytes(b"A,B\n1,2\n")
    with pytest.raises(CommandError, match="no column"):
        call_command("load_retractions", str(file))
