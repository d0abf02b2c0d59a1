"""A webmaster moves a site of five hundred entries in: rehearsed, brought as drafts, looked through, published, and
brought once more after staff have begun to work.
"""

import csv
import re
import subprocess
import sys

from playwright.sync_api import expect

from tests.content.wordpress import wxr

from .conftest import ROOT, environment
from .people import STAFF

ENTRIES = 500
DAY = "2016-05-09"  # on which the site has nothing of its own
OURS = "Entry 7, as we say it now"


def bring(site, *given):
    """What the command says; it may take minutes on a busy machine and must end well."""
    command = [sys.executable, "manage.py", "import_wordpress", *map(str, given)]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(site.home, site.port), capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_five_hundred_entries_move_in(open_for, tmp_path):
    staff = open_for(STAFF)
    site = staff.site
    export, report = tmp_path / "export.xml", tmp_path / "report.csv"
    export.write_bytes(wxr.large(entries=ENTRIES, size=1_500_000, day=DAY))

    assert "This was a rehearsal: nothing was changed." in bring(site, export, "--dry-run", "--report", report)
    with report.open(newline="") as file:
        told = [line for line in csv.reader(file) if "unknown_code" in " ".join(line)]
    assert len(told) == ENTRIES  # each entry has a code that nobody knows
    assert site.look("/entry-7/")[0] == 404

    bring(site, export, "--drafts")
    assert site.look("/entry-7/")[0] == 404
    page = staff.go("/admin/content/page/?needs=import")
    staff.sees(f"{ENTRIES} pages")
    page = staff.go("/admin/content/page/?q=%2Fentry-7%2F&needs=import")
    page.get_by_role("row").filter(has_text="/entry-7/").get_by_role("link").first.click()
    staff.sees("unknown_code")
    staff.press("The old site’s notes are seen to…")
    staff.press("The old site’s notes are seen to")
    staff.go("/admin/content/page/?needs=import")
    staff.sees(f"{ENTRIES - 1} pages")

    bring(site, export)  # without --drafts it publishes what nobody has touched
    for old in ("/entry-7/", "/?p=7", "/?page_id=7"):
        site.shows_soon(old, lambda status, text: status == 200 and "<h1>Entry 7</h1>" in text)
    site.shows_soon("/2016/05/09/entry-8/", lambda status, text: status == 200 and "Entry 8" in text)
    assert site.look("/?p=99999")[0] == 404

    page = staff.go("/admin/content/page/?q=%2Fentry-7%2F")
    page.get_by_role("row").filter(has_text="/entry-7/").get_by_role("link").first.click()
    page.get_by_role("textbox", name=re.compile("^Title")).fill(OURS)
    staff.press("Save")
    expect(page.get_by_role("textbox", name=re.compile("^Title"))).to_have_value(OURS)
    site.shows_soon("/entry-7/", lambda status, text: OURS in text)

    export.write_bytes(
        export.read_bytes().replace(b"Entry 7]]>", b"Entry seven]]>").replace(b"Entry 9]]>", b"Entry nine]]>")
    )
    said = bring(site, export)
    assert "kept yours" in said
    site.shows_soon("/entry-9/", lambda status, text: "Entry nine" in text)
    assert OURS in site.look("/entry-7/")[1]
