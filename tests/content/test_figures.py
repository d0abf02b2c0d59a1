"""The library of drawn figures: whole, readable on a phone, in the scheme's colors, and placed by editors."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import RequestFactory

from aapm_site.core.positions import expand, positions
from content.figures import FIGURES, DrawnFigure

FOLDER = Path(settings.BASE_DIR) / "templates/content/figures"
STYLES = Path(settings.BASE_DIR) / "static/css/site/figures.css"
# A phone of 360 px leaves 328 for the text; nothing in a picture is read below 12.
PHONE, SMALLEST = 328, 12
LARGEST_BOX = 410


@pytest.fixture(params=FIGURES, ids=lambda figure: figure.name)
def figure(request) -> DrawnFigure:
    return request.param


def drawing(figure: DrawnFigure) -> ElementTree.Element:
    html = expand(f"<p>{{loadposition figure-{figure.name}}}</p>", RequestFactory().get("/"))
    return ElementTree.fromstring(html)  # noqa: S314 - our own template


def test_the_library_and_its_drawings_are_the_same():
    assert {file.stem for file in FOLDER.glob("*.html")} == {figure.name for figure in FIGURES}
    assert 8 <= len(FIGURES) <= 12


def test_it_is_read_by_its_words(figure):
    picture = drawing(figure)
    svg, caption = picture.find("svg"), picture.find("figcaption")

    assert svg.get("role") == "img"
    assert [child.tag for child in svg][:2] == ["title", "desc"]
    assert svg.find("title").text == figure.title
    assert len(svg.find("desc").text) > 80
    assert caption.text.endswith(".")


def test_it_takes_its_colors_from_the_scheme_and_needs_no_inline_style(figure):
    used = {name for shape in drawing(figure).find("svg").iter() for name in (shape.get("class") or "").split()}
    allowed = {
        *("class", "d", "cx", "cy", "r", "x", "y", "width", "height", "rx", "text-anchor", "transform"),
        *("viewBox", "role"),
    }
    given = {name for shape in drawing(figure).find("svg").iter() for name in shape.attrib}

    assert given <= allowed
    styles = STYLES.read_text(encoding="utf-8")
    assert {name for name in used if f".{name}" not in styles} == {
        name for name in used if name.startswith("limb") and f".{name}" not in styles
    }
    assert not re.findall(r"#[0-9a-f]{3,6}\b", styles)


def test_its_words_are_readable_on_a_phone(figure):
    left, _, width, _ = map(float, figure.box.split())
    sizes = [int(size) for size in re.findall(r"(\d+)px", re.sub(r"max-width[^;]*;|stroke-width[^;]*;", "", _words()))]

    assert (left, width <= LARGEST_BOX) == (0, True)
    assert min(sizes) * PHONE / width >= SMALLEST


def _words() -> str:
    return "\n".join(line for line in STYLES.read_text(encoding="utf-8").splitlines() if "font" in line)


def test_editors_find_each_among_the_live_blocks():
    offered = {block.name: block.label for block in positions if block.is_offered}

    assert {f"figure-{figure.name}": f"Figure: {figure.title}" for figure in FIGURES}.items() <= offered.items()
