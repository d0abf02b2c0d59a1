"""The list of the first day: for administrators, by the data, with a test letter, and gone when all is done."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import call_command
from django.utils import timezone

from aapm_site.billing.models import Letterhead
from aapm_site.core import starter
from aapm_site.core.admin.first_day import first_steps, steps_for
from aapm_site.core.models import Association, StarterRow
from aapm_site.core.roles import ADMINISTRATOR, CONTENT_EDITOR
from aapm_site.mail.domain.delivery import attempt_delivery
from aapm_site.mail.models import OutgoingEmail
from careers.domain.packages import confirm_price
from careers.models import Package
from content.domain import pages
from content.models import Page
from membership.domain.plans import confirm_dues
from membership.models import Plan
from tests.factories import second_factor, staff_client, staff_user

pytestmark = pytest.mark.django_db

NAMES = [
    "starter-content",
    "association",
    "letterhead",
    "rates",
    "dues",
    "mail",
    "staff",
    "second-factor",
    "first-page",
]
HEADING = '<h2 id="first-day-heading">The first day</h2>'


class Refusing(BaseEmailBackend):
    """A mail server that takes nothing."""

    def send_messages(self, messages):
        raise OSError("relaying denied")


@pytest.fixture(autouse=True)
def production(settings):
    settings.DEMO = False
    settings.EMAIL_HOST = "mail.example"


@pytest.fixture
def operator():
    return staff_client()


def stands(user, name):
    return first_steps.get(name).look(user)


def press(client):
    client.post("/admin/first-day/mail/")
    return OutgoingEmail.objects.order_by("pk").last()


# The list ------------------------------------------------------------------------------------------------------------
def test_a_new_site_shows_every_step_and_which_are_open(operator):
    front = operator.get("/admin/").text
    page = operator.get("/admin/first-day/").text

    assert HEADING in front
    assert [step.name for step, _ in steps_for(operator.user)] == NAMES
    assert all(f'href="/admin/first-day/#step-{name}"' in front and f'id="step-{name}"' in page for name in NAMES)
    open_steps = [step.name for step, standing in steps_for(operator.user) if not standing.is_done]
    assert open_steps == [
        "starter-content",
        "association",
        "letterhead",
        "rates",
        "dues",
        "mail",
        "staff",
        "first-page",
    ]
    assert "manage.py load_starter_content" in page
    assert page.count("Send a test letter</button>") == page.count('action="/admin/first-day/mail/"') == 1


def test_it_goes_away_step_by_step(operator):
    user = operator.user
    call_command("load_starter_content", verbosity=0)
    assert stands(user, "starter-content").is_done

    Association.objects.update(street="1 Main Street", city="Chicago", is_sample=True)
    assert not stands(user, "association").is_done
    Association.objects.update(email="office@aapm.example")
    assert not stands(user, "association").is_done
    Association.objects.update(is_sample=False)
    assert stands(user, "association").is_done

    Letterhead.objects.create(check_to="AAPM", is_sample=True)
    assert not stands(user, "letterhead").is_done
    Letterhead.objects.update(is_sample=False)
    assert stands(user, "letterhead").is_done

    assert "not confirmed: 6" in stands(user, "rates").words
    for package in Package.objects.all():
        assert not stands(user, "rates").is_done
        confirm_price(package)
    assert stands(user, "rates").is_done

    for plan in Plan.objects.all():
        assert not stands(user, "dues").is_done
        confirm_dues(plan, joinable=plan.slug != "honorary")
    assert stands(user, "dues").is_done

    assert attempt_delivery(press(operator).pk).state == "sent"
    assert stands(user, "mail").is_done

    staff_user(CONTENT_EDITOR)
    assert stands(user, "staff").is_done

    assert HEADING in operator.get("/admin/").text
    pages.publish_page(Page.objects.get(path="/membership/member-handbook/"), by=user)
    assert stands(user, "first-page").is_done

    assert HEADING not in operator.get("/admin/").text
    assert operator.get("/admin/first-day/").text.count("Done") == len(NAMES)


def test_pages_that_came_with_the_site_are_not_the_first_page(operator):
    call_command("load_starter_content", verbosity=0)

    assert Page.objects.filter(status="published").exists()
    assert not stands(operator.user, "first-page").is_done


def test_an_administrator_without_a_factor_or_codes_is_named(operator):
    assert stands(operator.user, "second-factor").is_done
    colleague = staff_user(email="second@example.org")
    assert "second@example.org" in stands(operator.user, "second-factor").words
    second_factor(colleague)
    assert stands(operator.user, "second-factor").is_done

    Authenticator.objects.filter(user=colleague, type=Authenticator.Type.RECOVERY_CODES).delete()

    assert stands(operator.user, "second-factor").words.startswith("Recovery codes are missing")


def test_it_is_for_administrators_and_not_for_the_demonstration(operator, settings):
    administrator, editor = staff_client(ADMINISTRATOR), staff_client(CONTENT_EDITOR)

    assert HEADING in administrator.get("/admin/").text
    assert HEADING not in editor.get("/admin/").text
    assert editor.get("/admin/first-day/").status_code == 403
    assert editor.post("/admin/first-day/mail/").status_code == 403
    settings.DEMO = True
    assert HEADING not in operator.get("/admin/").text


# The test letter -----------------------------------------------------------------------------------------------------
def test_the_letter_goes_to_whoever_asks_and_the_page_says_what_became_of_it(operator, mailoutbox):
    assert "No test letter has been sent yet" in operator.get("/admin/first-day/").text

    letter = press(operator)
    assert (letter.to, letter.user, letter.state) == (operator.user.email, operator.user, "queued")
    assert "waits for the worker" in stands(operator.user, "mail").words
    attempt_delivery(letter.pk)

    assert [message.to for message in mailoutbox] == [[operator.user.email]]
    assert mailoutbox[0].subject == "A test letter from American Academy of Pain Medicine"
    assert f"The mail server took the letter to {operator.user.email}" in operator.get("/admin/first-day/").text


def test_a_refusal_is_told_in_the_servers_words(operator, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"

    attempt_delivery(press(operator).pk)

    found = stands(operator.user, "mail")
    assert not found.is_done
    assert "relaying denied" in found.words
    assert found.url == f"/admin/mail/outgoingemail/{OutgoingEmail.objects.get().pk}/change/"


def test_without_a_mail_server_no_letter_is_written(operator, settings):
    settings.EMAIL_HOST = ""

    answer = operator.post("/admin/first-day/mail/", follow=True)

    assert "No mail server is set" in answer.text
    assert not OutgoingEmail.objects.exists()
    assert not stands(operator.user, "mail").is_done


def test_the_list_does_not_come_back_when_old_letters_are_forgotten(operator):
    attempt_delivery(press(operator).pk)
    OutgoingEmail.objects.update(template="billing/receipt")
    assert not stands(operator.user, "mail").is_done

    call_command("load_starter_content", verbosity=0)
    assert not stands(operator.user, "mail").is_done
    StarterRow.objects.update(loaded_at=timezone.now() - timedelta(days=31))

    assert stands(operator.user, "mail").is_done
    OutgoingEmail.objects.all().delete()
    assert not stands(operator.user, "mail").is_done


def test_only_a_step_with_a_button_is_pressed(operator):
    assert operator.post("/admin/first-day/letterhead/").status_code == 404
    assert operator.post("/admin/first-day/nothing/").status_code == 404
    assert operator.get("/admin/first-day/mail/").status_code == 405


# The starter content's own note --------------------------------------------------------------------------------------
def test_the_front_page_says_while_starter_content_is_missing(operator, settings):
    note = "How to load it"
    assert "the site is empty" in operator.get("/admin/").text
    assert note not in staff_client(CONTENT_EDITOR).get("/admin/").text

    call_command("load_starter_content", verbosity=0)
    assert note not in operator.get("/admin/").text

    StarterRow.objects.filter(kind="terms", key="taper").delete()
    assert starter.missing() == 1
    assert "one entry is not loaded yet" in operator.get("/admin/").text
    settings.DEMO = True
    assert note not in operator.get("/admin/").text
