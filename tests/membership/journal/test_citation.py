"""Citations: every style and both files, for names and titles of every kind."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from membership.journal.seo.citation import CitedAuthor, CitedWork, ama, apa, bibtex, ris, vancouver

from ..factories import make_article, make_issue

AUTHORS = (CitedAuthor("Okafor", "Lena"), CitedAuthor("Rivera", "Jean-Luc M."), CitedAuthor("The Sleep Group"))
LABELS = {"number": "Suppl 1", "first_page": "S12", "last_page": "S19", "authors": (CitedAuthor("李", "小明"),)}


def work(**said) -> CitedWork:
    usual = {
        "slug": "pnae026", "title": "Positions and applicants", "on": date(2024, 5, 3), "volume": "25", "number": "6",
        "authors": AUTHORS,
        "first_page": "374", "last_page": "379", "doi": "10.5555/pnae026", "url": "https://painmed.example/a/",
    }  # fmt: skip
    return CitedWork(**{**usual, **said})


AHEAD = {"volume": "", "number": "", "first_page": "", "last_page": ""}


@pytest.mark.parametrize(
    ("style", "said", "text"),
    [
        (ama, {}, "Okafor L, Rivera JLM; The Sleep Group. Positions and applicants. "
         "Pain Med. 2024 May 3;25(6):374-379. doi:10.5555/pnae026"),
        (vancouver, {}, "Okafor L, Rivera JLM; The Sleep Group. Positions and applicants. "
         "Pain Med. 2024 May 3;25(6):374-9. doi: 10.5555/pnae026"),
        (apa, {}, "Okafor, L., Rivera, J. L. M., & The Sleep Group. (2024). Positions and applicants. "
         "Pain Medicine, 25(6), 374–379. https://doi.org/10.5555/pnae026"),
        (ama, AHEAD, "Okafor L, Rivera JLM; The Sleep Group. Positions and applicants. "
         "Pain Med. Published online May 3, 2024. doi:10.5555/pnae026"),
        (vancouver, AHEAD, "Okafor L, Rivera JLM; The Sleep Group. Positions and applicants. "
         "Pain Med. 2024 May 3 [Epub ahead of print]. doi: 10.5555/pnae026"),
        (apa, AHEAD, "Okafor, L., Rivera, J. L. M., & The Sleep Group. (2024). Positions and applicants. "
         "Pain Medicine. Advance online publication. https://doi.org/10.5555/pnae026"),
        (ama, {"authors": (), "title": "Who speaks first?", "doi": "", "first_page": "e12", "last_page": ""},
         "Who speaks first? Pain Med. 2024 May 3;25(6):e12."),
        (apa, {"authors": (), "doi": ""}, "Positions and applicants. (2024). "
         "Pain Medicine, 25(6), 374–379. https://painmed.example/a/"),
        (ama, LABELS, "李 小. Positions and applicants. Pain Med. 2024 May 3;25(suppl 1):S12-S19. doi:10.5555/pnae026"),
        (apa, LABELS, "李, 小. (2024). Positions and applicants. "
         "Pain Medicine, 25(Suppl. 1), S12–S19. https://doi.org/10.5555/pnae026"),
        (apa, {"authors": (CitedAuthor("The Sleep Group"),), "first_page": "e123", "last_page": ""},
         "The Sleep Group. (2024). Positions and applicants. "
         "Pain Medicine, 25(6), Article e123. https://doi.org/10.5555/pnae026"),
        (apa, {"authors": (), "first_page": "104532", "last_page": "", "doi": "10.5555/1(99)18:2<1::A>3.0.CO;2-#"},
         "Positions and applicants. (2024). "
         "Pain Medicine, 25(6), Article 104532. https://doi.org/10.5555/1(99)18:2%3C1::A%3E3.0.CO;2-%23"),
        (vancouver, LABELS,
         "李 小. Positions and applicants. Pain Med. 2024 May 3;25(Suppl 1):S12-S19. doi: 10.5555/pnae026"),
    ],
)  # fmt: skip
def test_a_style_in_the_usual_and_in_odd_cases(style, said, text):
    assert style(work(**said)) == text


@pytest.mark.parametrize(
    ("family", "given_name", "short", "dotted"),
    [
        ("Rivera", "Jean-Luc M.", "Rivera JLM", "Rivera, J. L. M."),
        ("Rivera", "JL", "Rivera JL", "Rivera, J. L."),
        ("Rivera", "J.-L.", "Rivera JL", "Rivera, J. L."),
        ("King Jr.", "Martin Luther", "King ML Jr", "King, M. L., Jr."),
        ("van der Berg III", "Åsa", "van der Berg Å III", "van der Berg, Å., III"),
        ("O’Neill", "d’Arcy (Bob)", "O’Neill DB", "O’Neill, D. B."),
        ("Suharto", "", "Suharto", "Suharto"),
        ("Group II", "", "Group II", "Group II"),
    ],
)
def test_names(family, given_name, short, dotted):
    rest, _, last = family.rpartition(" ")
    is_suffix = bool(given_name) and last.rstrip(".") in {"Jr", "III"}
    author = CitedAuthor(rest, given_name, last.rstrip(".")) if is_suffix else CitedAuthor(family, given_name)

    assert (author.short, author.dotted) == (short, dotted)


@pytest.mark.parametrize(
    ("number", "starts"),
    [
        (6, "A0 X, A1 X, A2 X, A3 X, A4 X, A5 X. P"),
        (7, "A0 X, A1 X, A2 X, et al. P"),
    ],
)
def test_ama_names_six_or_three_and_others(number, starts):
    people = tuple(CitedAuthor(f"A{place}", "X") for place in range(number))

    assert ama(work(authors=people)).startswith(starts)
    assert ama(work(authors=(*people, CitedAuthor("Pain Group")))).startswith(starts.replace(". P", "; Pain Group. P"))


def test_vancouver_names_six_of_more_and_apa_nineteen_and_the_last():
    authors = tuple(CitedAuthor(f"A{place}", "X") for place in range(25))

    assert vancouver(work(authors=authors)).startswith("A0 X, A1 X, A2 X, A3 X, A4 X, A5 X, et al. P")
    assert "A18, X., . . . A24, X. (2024)." in apa(work(authors=authors))
    assert "A19" not in apa(work(authors=authors))


def test_ris_says_each_fact_on_a_line():
    assert ris(work(keywords=("sleep", "pain"), abstract="What we found.")).split("\r\n") == [
        "TY  - JOUR", "AU  - Okafor, Lena", "AU  - Rivera, Jean-Luc M.", "AU  - The Sleep Group",
        "TI  - Positions and applicants", "T2  - Pain Medicine", "J2  - Pain Med", "PY  - 2024", "DA  - 2024/05/03/",
        "VL  - 25", "IS  - 6", "SP  - 374", "EP  - 379", "DO  - 10.5555/pnae026", "UR  - https://painmed.example/a/",
        "SN  - 1526-4637", "PB  - Oxford University Press", "AB  - What we found.", "KW  - sleep", "KW  - pain",
        "ER  - ", "",
    ]  # fmt: skip


def test_bibtex_keeps_capitals_groups_and_signs():
    authors = (CitedAuthor("The Sleep, Rest and Pain Group"), CitedAuthor("King", "Martin", "Jr"))

    assert bibtex(work(authors=authors, title="100% of A_B & {C}")) == (
        "@article{thesleeprestandpaingroup2024,\n"
        "  author = {{The Sleep, Rest and Pain Group} and {King}, Jr, {Martin}},\n"
        "  title = {{100\\% of A\\_B \\& \\{C\\}}},\n"
        "  journal = {Pain Medicine},\n  year = {2024},\n  month = may,\n  volume = {25},\n  number = {6},\n"
        "  pages = {374--379},\n  doi = {10.5555/pnae026},\n  url = {https://painmed.example/a/},\n"
        "  issn = {1526-2375}\n}\n"
    )
    assert bibtex(work(authors=(CitedAuthor("李", "小明"),))).startswith("@article{pnae026,")


words = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=30).map(
    lambda one: " ".join(one.split())
)
names = st.builds(CitedAuthor, words.filter(bool), words, st.sampled_from(["", "Jr", "III"]))
works = st.builds(
    work, title=words.filter(bool), authors=st.lists(names, max_size=25).map(tuple),
    on=st.dates(date(1900, 1, 1), date(2100, 1, 1)), volume=words, number=words, first_page=words, last_page=words,
    doi=st.just("10.5555/x") | st.just(""), keywords=st.lists(words.filter(bool), max_size=3).map(tuple),
)  # fmt: skip


@given(works)
def test_whatever_an_article_is_called_its_files_can_be_read(made):
    lines = ris(made).split("\r\n")
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line, re.S) for line in lines[:-1])
    assert [line[6:] for line in lines if line.startswith("TI")] == [made.title]
    assert sum(line.startswith("AU") for line in lines) == len(made.authors)
    assert (lines[0], lines[-2:]) == ("TY  - JOUR", ["ER  - ", ""])

    written = bibtex(made)
    depth = 0
    for before, sign in zip(" " + written, written, strict=False):
        depth += {"{": 1, "}": -1}.get(sign, 0) if before != "\\" else 0
        assert depth >= 0
    assert depth == 0


@given(works)
def test_whatever_an_article_is_called_each_style_is_one_line_with_its_title(made):
    for style in (ama, vancouver, apa):
        assert made.title in style(made)
        assert "\n" not in style(made)
        assert "  " not in style(made)


@pytest.mark.django_db
def test_files_are_for_everybody_and_named_after_the_article(client):
    article = make_article(make_issue(volume=25, number=6), title="Schmerz und Schlaf – 痛み", doi="10.5555/x")
    page = article.get_absolute_url()

    for ending, kind in (("ris", "application/x-research-info-systems"), ("bib", "application/x-bibtex")):
        response = client.get(f"{page}cite.{ending}")
        assert response["Content-Type"] == f"{kind}; charset=utf-8"
        assert response["Content-Disposition"] == f'attachment; filename="{article.slug}.{ending}"'
        assert "Schmerz und Schlaf – 痛み" in response.content.decode()
        assert "CANARY" not in response.content.decode()
        assert f'href="{page}cite.{ending}"' in client.get(page).content.decode()
    assert client.get(f"{page}cite.exe").status_code == 404
