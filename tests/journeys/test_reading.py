"""A reader of the Journal: the gate, a reference in a card, a note, a sheet for the club, and the next issue's mail."""

import re
import subprocess
import sys

from playwright.sync_api import expect

from .conftest import ROOT, environment
from .people import MEMBER
from .test_member import members_article
from .tools import text_of

# Promises that are kept once it is so: the site's policy lets no words of a test be evaluated again and again.
UNTIL = "() => new Promise(done => {{ const ask = () => ({}) ? done() : setTimeout(ask, 50); ask(); }})"
KEPT = UNTIL.format("(localStorage.getItem('journal-places') ?? '').includes('block')")
SCROLLED = UNTIL.format("scrollY > 400")
# The next issue, as editors put it together; then what the clock does in the morning.
NEXT_ISSUE = """
from datetime import timedelta
from django.db.models import Max
from django.utils import timezone
from aapm_site.core.background.due import run_due
from membership.journal.domain.articles import save_article
from membership.journal.models import Article, ArticleType, Issue
yesterday = timezone.localdate() - timedelta(days=1)
issue = Issue.objects.create(volume=90, number=1, published_on=yesterday, title="The next one")
made = Article(issue=issue, type=ArticleType.objects.first(), title="What the night holds", published_on=yesterday,
               keywords="opioids", abstract="<p>To ask.</p>")
save_article(made, [{"given_name": "Rosa", "family_name": "Lindqvist"}])
run_due(timezone.now())
"""


def test_a_reader_meets_the_gate_reads_cites_keeps_a_note_and_gets_the_next_issue(open_for):
    visitor = open_for()
    article = members_article(visitor)
    page = visitor.go(article)
    expect(page.get_by_role("link", name="Sign in and read on")).to_have_attribute(
        "href", re.compile(rf"next=%2Fjournal%2Farticle%2F{article.rstrip('/').rpartition('/')[2]}%2F")
    )
    assert page.locator("a.cited").count() == 0

    # Reading: the reference comes to the reader, by the keyboard alone, and the focus goes back.
    member = open_for(MEMBER)
    page = member.go(article)
    cited = page.locator("a.cited").first
    cited.focus()
    page.keyboard.press("Enter")
    card = page.get_by_role("dialog", name=re.compile("^Reference "))
    expect(card).to_be_focused()
    expect(card.get_by_role("link", name="Show it in the list")).to_have_attribute("href", cited.get_attribute("href"))
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(cited).to_be_focused()

    # Coming back to where one stopped; this browser remembers it.
    page.locator(".full-text h2").nth(2).evaluate("one => one.scrollIntoView()")
    page.evaluate(KEPT)
    member.go(article)
    member.press("Read on there")
    page.evaluate(SCROLLED)
    expect(page.get_by_role("complementary", name="Where you stopped")).to_have_count(0)

    # Citing: everybody may.
    with page.expect_download() as got:
        page.get_by_role("link", name="RIS").click()
    assert got.value.suggested_filename.endswith(".ris")

    # Keeping it, with a note.
    member.press("Save the article", "link")
    page.get_by_role("textbox", name="Note").fill("For the club on Tuesday.")
    member.press("Save it")
    member.sees("Saved. Your list holds")
    member.go("/journal/saved/")
    expect(page.get_by_role("textbox", name="Note").first).to_have_value("For the club on Tuesday.")

    # The sheet for a journal club keeps what is written on it, and a visitor meets the gate in its place.
    member.go(f"{article}journal-club/")
    own = page.get_by_label("When did you last have this question, and about whom?")
    own.fill("On Monday.")
    member.go(f"{article}journal-club/")
    expect(own).to_have_value("On Monday.")
    visitor = open_for()
    shown = visitor.go(f"{article}journal-club/")
    expect(shown.get_by_role("heading", name="The journal club kit is for members")).to_be_visible()
    expect(shown.get_by_label("When did you last have this question, and about whom?")).to_have_count(0)

    # The next issue's contents, and what is new about a subject.
    member.go("/journal/contents-by-mail/")
    member.press("Send me the contents")
    member.sees("You get them")
    before = len(member.site.letters_to(MEMBER))
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", NEXT_ISSUE]
    subprocess.run(command, cwd=ROOT, env=environment(member.site.home, member.site.port), check=True)
    letter = member.site.letter(MEMBER, "The next one", after=before)
    assert "What the night holds" in text_of(letter)
    address = re.search(r"/journal/article/[\w-]+/", text_of(letter))
    member.go(address[0])
    member.heading("What the night holds")
