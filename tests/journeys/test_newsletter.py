"""The newsletter: a visitor asks for it and confirms, staff send an issue to which a second person agrees, the reader
reads it and stops it with one click. More than a hundred readers are there for the time of the journey.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from .conftest import ROOT, environment
from .people import STAFF
from .tools import PASSWORD, App, Reader, Site, text_of

READER, COLLEAGUE = "iris@readers.example", "noel.page@academy.example"
SUBJECT = "What the snow taught us"
A_KEY = 60  # the form is typed as people type

BEGIN = f"""
import json
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.utils import timezone
from aapm_site.accounts.models import User
from aapm_site.mail.models import Subscription
from content.domain.newsletter_readers import KIND, TITLE
now = timezone.now()
Subscription.objects.bulk_create(
    Subscription(email=f"snow{{n}}@readers.example", kind=KIND, title=TITLE, created_at=now, confirmed_at=now)
    for n in range(40)
)
made = User.objects.create_user(
    "{COLLEAGUE}", "{PASSWORD}", first_name="Noel", last_name="Page", is_staff=True, is_superuser=True
)
EmailAddress.objects.create(user=made, email=made.email, primary=True, verified=True)
secret = generate_totp_secret()
TOTP.activate(made, secret)
RecoveryCodes.activate(made)
print(json.dumps(secret))
"""
# What the clock does every five minutes.
PORTION = """
from django.utils import timezone
from aapm_site.core.background.due import run_due
run_due(timezone.now())
"""
END = f"""
from aapm_site.accounts.models import User
from aapm_site.mail.models import Mailing, Subscription
from content.models import Newsletter
User.objects.filter(email="{COLLEAGUE}").update(is_active=False, is_staff=False, is_superuser=False)
sent = list(Newsletter.objects.filter(subject="{SUBJECT}").values_list("mailing", flat=True))
Newsletter.objects.filter(subject="{SUBJECT}").delete()
Mailing.objects.filter(pk__in=[one for one in sent if one]).delete()
Subscription.objects.filter(email__endswith="@readers.example").delete()
"""


def in_the_site(site: Site, said: str) -> str:
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", said]
    env = environment(site.home, site.port)
    return subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True).stdout


@pytest.fixture
def colleague_app(site) -> Iterator[App]:
    """The authenticator of a second person of the staff, who is there with forty more readers, and goes with them."""
    yield App(json.loads(in_the_site(site, BEGIN).splitlines()[-1]))
    in_the_site(site, END)


def sign_in_with_code(person: Reader, email: str, app: App) -> None:
    person.go("/accounts/login/?next=/admin/")
    person.page.get_by_label("E-mail address").fill(email)
    person.page.get_by_label("Password", exact=True).fill(PASSWORD)
    person.press("Sign in")
    person.heading("Second step")
    person.page.get_by_role("textbox", name="Code").fill(app.code())
    person.press("Sign in")
    person.arrives("/admin/")


def test_from_the_form_to_one_click_that_stops_it(open_for, colleague_app):
    visitor, staff, colleague = open_for(), open_for(STAFF), open_for()
    site = visitor.site

    # A visitor asks for it; nothing comes before the press behind the mailed link.
    page = visitor.go("/newsletter/")
    page.get_by_label("E-mail").press_sequentially(READER, delay=A_KEY)
    visitor.press("Send it to me")
    visitor.heading("A letter is on its way")
    confirm = re.search(r"http://\S+/newsletter/confirm/\S+", text_of(site.letter(READER, "newsletter")))[0]
    visitor.go(confirm)
    visitor.press("Yes, send it to me")
    visitor.heading("The newsletter comes to you")

    # Staff begin with what is new, write some words, try it on themselves, and send it.
    page = staff.go("/admin/")
    page.get_by_role("navigation", name="Common tasks").get_by_role("link", name="Write the newsletter").click()
    staff.press("Begin with what is new")
    form = page.url
    page.get_by_label("Subject").fill(SUBJECT)
    page.locator(".ProseMirror").click()
    page.keyboard.type("Dear reader, it was quiet here.")
    expect(page.get_by_role("toolbar").get_by_role("button", name="Picture")).to_have_count(0)
    staff.press("Send me a test…")
    staff.press("Send me a test")
    staff.sees(f"Sent to {STAFF}. Readers got nothing.")
    assert "it was quiet here" in text_of(site.letter(STAFF, f"Test: {SUBJECT}"))
    staff.press("Send…")
    staff.press("Send")
    staff.sees("It waits for a second person")
    expect(page.get_by_text("Agree, and send it…")).to_have_count(0)

    # A colleague reads it and agrees.
    sign_in_with_code(colleague, COLLEAGUE, colleague_app)
    desk = colleague.go(form)
    colleague.sees("Dear reader, it was quiet here.")
    expect(desk.get_by_text("<p>Dear reader")).to_have_count(0)
    colleague.press("Agree, and send it…", "link")
    colleague.press("Agree, and send it")
    colleague.sees("It is being sent.")
    in_the_site(site, PORTION)

    # The reader reads it, as everybody can on the site, and one click of their mail program stops it.
    letter = site.letter(READER, SUBJECT)
    assert "Dear reader, it was quiet here." in text_of(letter)
    stop = re.search(r"<(http://[^>]+)>", letter["List-Unsubscribe"])[1]
    answer = visitor.context.request.post(stop, form={"List-Unsubscribe": "One-Click"})
    assert answer.status == 200
    visitor.go("/newsletter/past/")
    visitor.press(SUBJECT, "link")
    visitor.sees("Dear reader, it was quiet here.")

    # The figures say how many got it, and that one stopped it.
    page = staff.go(form)
    expect(page.locator(".field-figures")).to_contain_text(re.compile(r"Readers\s*11\d"))
    row = staff.go("/admin/content/newsletter/").get_by_role("row").filter(has_text=SUBJECT)
    expect(row.locator(".field-stopped")).to_have_text("1")
