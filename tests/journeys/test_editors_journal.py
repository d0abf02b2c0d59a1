"""An editor of the Journal: a package uploaded and its report read, an issue made, ordered, scheduled and out, then one
article corrected and retracted, with a reader's page after each step. And the office that reports how it is used.
"""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

from django.utils import timezone
from playwright.sync_api import Page, expect

from .conftest import ROOT, environment
from .people import MEMBER, STAFF
from .tools import Reader

SAMPLE = ROOT / "membership" / "demo" / "journal" / "deliveries" / "sample-nested.zip"
FIRST, SECOND = "How large is a difference that people notice?", "Small differences, felt every day"
# Where the package comes from: an issue of its own, so that no other journey meets it.
AS_OURS = {
    b"10.5555/pm.2026.13": b"10.5555/pm.2031.13",
    b"<volume>27</volume><issue>12</issue>": b"<volume>91</volume><issue>4</issue>",
}
CORRECTED = {**AS_OURS, b"people; see": b"people who were asked twice; see"}
# The day on which the issue is to come out has come.
THE_DAY_COMES = """
from django.utils import timezone
from membership.journal.models import Article, Issue
today = timezone.localdate()
issue = Issue.objects.get(volume=91, number=4)
assert issue.published_on > today, issue.published_on
Issue.objects.filter(pk=issue.pk).update(published_on=today)
Article.objects.filter(issue=issue, published_on__gt=today).update(published_on=today)
"""
# Back to where it was: the journeys after this one read the issue that is the newest of the demonstration.
THE_DAY_GOES = """
from datetime import timedelta
from django.utils import timezone
from membership.journal.models import Article, Issue
later = timezone.localdate() + timedelta(days=400)
Issue.objects.filter(volume=91, number=4).update(published_on=later)
Article.objects.filter(issue__volume=91).update(published_on=later)
Article.objects.filter(doi="10.5555/pm.2031.1390").update(published_on=later)
"""
NOTICE = """
from django.utils import timezone
from membership.journal.domain.articles import save_article
from membership.journal.models import Article, ArticleType
made = Article(type=ArticleType.objects.filter(slug="retraction").first(),
               title="Retraction of an article on small differences", published_on=timezone.localdate(),
               doi="10.5555/pm.2031.1390", abstract="<p>It could not be repeated.</p>")
save_article(made, [{"given_name": "Rosa", "family_name": "Lindqvist"}])
print(made.pk)
"""


def delivery(name: str, folder: Path, changes: dict[bytes, bytes]) -> Path:
    """The sample package with other words in its articles."""
    written = io.BytesIO()
    with zipfile.ZipFile(SAMPLE) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            content = old.read(part)
            for before, after in changes.items() if part.endswith(".xml") else ():
                content = content.replace(before, after)
            new.writestr(part, content)
    (folder / name).write_bytes(written.getvalue())
    return folder / name


def upload(editor: Reader, package: Path, *, only_look: bool) -> Page:
    page = editor.go("/admin/membership/article/import/")
    page.get_by_label("Delivery").set_input_files(package)
    page.get_by_role("checkbox", name="Only say what would happen").set_checked(only_look)
    editor.press("Read the delivery")
    return page


def in_the_site(reader: Reader, said: str) -> str:
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", said]
    env = environment(reader.site.home, reader.site.port)
    return subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True).stdout


def test_a_package_becomes_an_issue_that_comes_out_and_is_corrected_and_retracted(open_for, tmp_path):
    editor, member = open_for(STAFF), open_for(MEMBER)
    site, package = editor.site, delivery("delivered.zip", tmp_path, AS_OURS)

    # The issue first, without a day; then the package, looked at and imported.
    page = editor.go("/admin/membership/issue/add/")
    for field, words in (("volume", "91"), ("number", "4"), ("title", "What people notice")):
        page.locator(f"#id_{field}").fill(words)
    editor.press("Save and continue editing")
    issue = page.url

    page = upload(editor, package, only_look=True)
    editor.sees("2 articles: what would happen")
    editor.sees("Everything came over whole.")
    row = page.get_by_role("row").filter(has_text=FIRST)
    for words in ("New", "100 %", "2 of 2", "1 of 1"):
        expect(row).to_contain_text(words)
    assert row.get_by_role("link").count() == 0
    page = upload(editor, package, only_look=False)
    address = page.get_by_role("row").filter(has_text=FIRST).get_by_role("link").get_attribute("href")
    other = page.get_by_role("row").filter(has_text=SECOND).get_by_role("link").get_attribute("href")
    assert site.look(address)[0] == site.look(other)[0] == 404

    # Put together: the editorial first, the other under a heading of its own.
    editor.go(issue)
    editor.press("Put it together…")
    page.get_by_label(f"Number of “{SECOND}”").fill("1")
    page.get_by_label(f"Number of “{FIRST}”").fill("2")
    page.get_by_label(f"Heading over “{FIRST}”").fill("Measures")
    editor.press("Keep this order")
    editor.sees("2 articles stand in this order now.")

    # Scheduled: it is not there before its day, and all of it on that day.
    editor.press("Schedule it…")
    page.get_by_label("Day").fill(f"{timezone.localdate().year + 1}-03-01")
    editor.press("Schedule it")
    editor.sees("It comes out by itself on")
    assert site.look(address)[0] == 404
    assert "What people notice" not in site.look("/journal/")[1]
    in_the_site(editor, THE_DAY_COMES)
    site.shows_soon("/journal/", lambda status, text: "What people notice" in text)
    site.shows_soon(address, lambda status, text: status == 200 and "The full text is for members" in text)
    shown = member.go("/journal/issues/")
    member.click(shown.locator("a[href^='/journal/91-4/']").first)
    headings = [one.strip() for one in shown.get_by_role("main").locator("h2").all_text_contents()]
    assert headings.index("Editorial") < headings.index("Measures")
    shown.get_by_role("link", name=FIRST).first.click()
    expect(shown.locator(".full-text math")).to_have_count(2)
    expect(shown.locator(".full-text figure img")).to_be_visible()

    # Corrected by the publisher's next delivery; the address stays.
    again = delivery("again.zip", tmp_path, CORRECTED)
    page = upload(editor, again, only_look=False)
    expect(page.get_by_role("row").filter(has_text=FIRST)).to_contain_text("Updated")
    expect(page.get_by_role("row").filter(has_text=SECOND)).to_contain_text("Unchanged")
    member.go(address)
    member.sees("people who were asked twice")

    # Retracted by a notice, which both articles show.
    notice = in_the_site(editor, NOTICE).split()[-1]
    editor.go(f"/admin/membership/article/{notice}/change/")
    editor.press("It corrects or retracts an article…")
    page.get_by_role("radio", name="It retracts it", exact=True).check()
    page.get_by_label("DOI of the other article").fill("https://doi.org/10.5555/pm.2031.1310")
    editor.press("Mark both articles")
    editor.sees("This notice retracts an article. Both pages say so")
    site.shows_soon(address, lambda status, text: "<title>RETRACTED: " in text)
    shown = member.go(address)
    expect(shown.get_by_role("heading", level=1)).to_contain_text("Retracted:")
    member.sees("This article has been retracted. Do not rely on it.")
    shown.get_by_role("link", name="Retraction of an article on small differences").first.click()
    member.sees("This notice retracts an article.")
    in_the_site(editor, THE_DAY_GOES)
    site.shows_soon("/journal/", lambda status, text: "What people notice" not in text)


def test_the_office_reads_how_the_journal_is_used_and_takes_the_report_along(open_for):
    office = open_for(STAFF)
    page = office.go("/admin/")
    page.get_by_role("navigation", name="Common tasks").get_by_role("link", name="See how the Journal is read").click()
    office.heading("How the Journal is read")
    page.get_by_role("link", name="Most read articles").first.click()
    expect(page.get_by_role("table").first).to_be_visible()
    with page.expect_download() as got:
        office.press("Download the table", "link")
    assert got.value.path().read_text(encoding="utf-8-sig").startswith("Article,")

    # From any report to those that libraries ask for: a year of articles, a column for each month.
    page.get_by_role("navigation", name="Other reports").get_by_role("link", name="Reports of COUNTER").click()
    page.get_by_label("Report", exact=True).select_option(label="IR_A1: Journal Article Requests")
    with page.expect_download() as got:
        office.press("Download")
    assert got.value.suggested_filename.startswith("IR_A1-")
    lines = got.value.path().read_text(encoding="utf-8-sig").splitlines()
    rows = [line.split("\t") for line in lines]
    assert rows[0][:2] == ["Report_Name", "Journal Article Requests"]
    assert {"Item", "DOI", "Metric_Type", "Reporting_Period_Total"} <= set(rows[14])
    assert any("10.5555/pm.2026." in cell for row in rows[15:] for cell in row)
    assert {row[rows[14].index("Metric_Type")] for row in rows[15:]} == {"Total_Item_Requests", "Unique_Item_Requests"}
