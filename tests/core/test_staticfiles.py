"""One style sheet from small files, the same in development and production; names by content."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from aapm_site.core.runtime.staticfiles import BUNDLES, BundleFinder, join, squeeze

CSS = Path(settings.BASE_DIR) / "static" / "css"


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_css", ".css")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / "css" / "site.css"


@pytest.fixture
def finder(tmp_path, settings):
    source = tmp_path / "source"
    settings.STATICFILES_DIRS = [source]
    settings.VAR_DIR = tmp_path / "var"
    write(
        source,
        css__site_css='/* order */\n@import "site/b.css";\n@import "site/a.css";\n',
        css__site__a_css=".a { color: red; }\n",
        css__site__b_css="/* first */\n.b { color: blue; }\n",
        css__other_css=".other { color: green; }\n",
    )
    return BundleFinder()


def test_comments_and_indentation_go_and_strings_stay():
    css = '/* a\n b */\n.a {\n  content: "/* no comment */";\n}\n\n'

    assert squeeze(css) == '.a {\ncontent: "/* no comment */";\n}\n'


def test_parts_are_joined_in_the_order_of_the_bundle(finder):
    joined = Path(finder.find("css/site.css")).read_text(encoding="utf-8")

    assert joined == ".b { color: blue; }\n.a { color: red; }\n"


def test_a_changed_part_is_seen_at_once(finder, tmp_path):
    finder.find("css/site.css")
    write(tmp_path / "source", css__site__a_css=".a { color: pink; }\n")

    assert ".a { color: pink; }" in Path(finder.find("css/site.css")).read_text(encoding="utf-8")


def test_parts_are_never_served_alone(finder):
    assert finder.find("css/site/a.css") == []
    assert sorted(path for path, _ in finder.list([])) == ["css/other.css", "css/site.css"]


def test_collecting_takes_the_joined_sheet(finder):
    files = dict(finder.list([]))

    with files["css/site.css"].open("css/site.css") as file:
        assert file.read() == b".b { color: blue; }\n.a { color: red; }\n"


def test_other_sheets_stay_as_they_are(finder, tmp_path):
    assert finder.find("css/other.css") == str(tmp_path / "source" / "css" / "other.css")


def test_a_missing_part_stops_the_start(tmp_path):
    bundle = write(tmp_path, css__site_css='@import "site/gone.css";')

    with pytest.raises(ImproperlyConfigured, match=r"imports what does not exist: gone\.css"):
        join(bundle)


def test_a_bundle_holds_no_rules_of_its_own(tmp_path):
    bundle = write(tmp_path, css__site_css='@import "site/a.css";\n.stray { color: red; }', css__site__a_css="")

    with pytest.raises(ImproperlyConfigured, match="may hold imports only"):
        join(bundle)


@pytest.mark.parametrize("bundle", BUNDLES)
def test_every_part_of_ours_is_in_a_bundle(bundle):
    sheets = "".join((CSS / Path(sheet).name).read_text(encoding="utf-8") for sheet in BUNDLES)
    named = set(re.findall(r'@import "([^"]+)"', sheets))
    parts = {str(path.relative_to(CSS)) for path in (CSS / Path(bundle).stem).rglob("*.css")}

    assert parts
    assert parts <= named


def test_no_sheet_of_ours_is_long():
    long = {path.name: len(path.read_text().splitlines()) for path in CSS.rglob("*.css")}

    assert {name: lines for name, lines in long.items() if lines > 200} == {}


def test_collected_files_are_named_by_content_and_point_to_each_other(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path / "collected"
    settings.VAR_DIR = tmp_path / "var"
    settings.STATICFILES_FINDERS = ["aapm_site.core.runtime.staticfiles.BundleFinder"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "aapm_site.core.runtime.staticfiles.SiteStaticFilesStorage"},
    }
    finders.get_finder.cache_clear()

    call_command("collectstatic", interactive=False, verbosity=0)

    finders.get_finder.cache_clear()
    collected = settings.STATIC_ROOT
    sheet = next(collected.glob("css/site.*.css")).read_text(encoding="utf-8")
    assert re.search(r"fonts/brygada-1918\.[0-9a-f]{12}\.woff2", sheet)
    assert re.search(r"fonts/atkinson-next-ext\.[0-9a-f]{12}\.woff2", sheet)
    assert "@import" not in sheet
    script = next(collected.glob("js/site.*.js")).read_text(encoding="utf-8")
    assert re.search(r"\./modules/disclosures\.[0-9a-f]{12}\.js", script)
    assert not (collected / "css" / "site").exists()
    assert list(collected.glob("css/site.*.css.gz"))


# --- what the sheet promises ----------------------------------------------------------------------------------------

TOKENS = (CSS / "site" / "tokens.css").read_text(encoding="utf-8")


def token(name: str, scheme: int) -> tuple[float, float, float]:
    """The red, green and blue of a token in light (0) or dark (1)."""
    value = re.search(rf"--{name}: light-dark\(([^,]+), ([^)]+)\);", TOKENS)[scheme + 1].strip().lstrip("#")
    value = "".join(letter * 2 for letter in value) if len(value) == 3 else value
    return tuple(int(value[at : at + 2], 16) / 255 for at in (0, 2, 4))


def luminance(color: tuple[float, float, float]) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str, scheme: int) -> float:
    light, dark = sorted((luminance(token(one, scheme)), luminance(token(other, scheme))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("words", "ground"),
    [
        *((words, ground) for words in ("ink", "text", "muted", "teal") for ground in ("paper", "wash", "well")),
        ("amber", "paper"),
        ("amber", "amber-wash"),
        ("text", "amber-wash"),
        ("text", "teal-wash"),
        ("good", "paper"),
        ("good", "good-wash"),
        ("bad", "paper"),
        ("bad", "bad-wash"),
        ("on-primary", "primary"),
        ("on-primary", "primary-over"),
    ],
)
def test_words_can_be_read(words, ground, scheme):
    assert contrast(words, ground, scheme) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("line", ["edge", "focus"])
def test_borders_and_focus_can_be_seen(line, scheme):
    assert contrast(line, "paper", scheme) >= 3


def test_templates_hold_no_inline_style_script_or_handler():
    found = []
    for path in (Path(settings.BASE_DIR) / "templates").rglob("*.html"):
        if "emails" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        for wrong in (r"\sstyle=", r"<style", r"\son[a-z]+=\"", r"<script>", r"javascript:"):
            if re.search(wrong, text):
                found.append((path.name, wrong))

    assert found == []
