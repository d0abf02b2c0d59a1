"""Who may do what: every address of the site, with what each kind of person gets there.

A pattern that is missing here fails the suite, and so does one whose arguments have no sample. The admin's pages stand
in access_admin.py.

`get` also holds for HEAD, which some of them ask; `post` is a POST without any data, from a form of ours. An outcome is
a status, SIGN_IN (a redirect to the sign-in), STAFF_SIGN_IN, ALLOWED, or “→/path/” for any other redirect.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core import signing

from aapm_site.accounts.domain import recoveries
from aapm_site.mail.domain import bounces
from careers.domain import (
    alert_letters,
    alerts,
    applications,
    owner_recoveries,
    profile_rest,
    still_open,
    verifications,
)
from careers.models import ApplicationOpening
from careers.profile_alias import alias_of
from content.domain import newsletter_readers
from membership.domain import directory_messages, office
from membership.domain.application_drafts import draft_address
from membership.domain.automatic_letters import stop_address
from membership.domain.renewals import renewal_address
from tests.house.observe import SIGN_IN
from tests.house.world import (
    ACTORS,
    ADMINISTRATOR,
    ALERTS,
    APPLICATION,
    CARD_CODE,
    EMPLOYER,
    LAPSED,
    MEMBER,
    NEWSLETTER,
    NEWSLETTER_READER,
    OTHER_EMPLOYER,
    PAST_NEWSLETTER,
    PEOPLE,
    POSTER,
    SEEKER,
    SIGNED_IN,
    STAFF,
    UNPROVED,
    UNVERIFIED,
    VIEWER,
    VISITOR,
    World,
    application_of,
)

ALLOWED = "allowed"  # 200, a redirect within the admin, or a form shown again with what is wrong
Outcome = int | str
Cells = Mapping[str, Outcome]
ALL_STAFF = (*STAFF, ADMINISTRATOR)


def everyone(outcome: Outcome) -> Cells:
    return dict.fromkeys(ACTORS, outcome)


def these(*actors: str, get: Outcome) -> Cells:
    return dict.fromkeys(actors, get)


def signed_in(outcome: Outcome) -> Cells:
    """Others are asked to sign in."""
    return everyone(SIGN_IN) | dict.fromkeys(SIGNED_IN, outcome)


def only(*actors: str, get: Outcome = 200, others: Outcome = 404) -> Cells:
    """What belongs to somebody: for other people it is not there, visitors are asked to sign in."""
    return signed_in(others) | dict.fromkeys(actors, get)


def guests(outcome: Outcome, others: Outcome) -> Cells:
    """Pages for those who are not signed in."""
    return dict.fromkeys(ACTORS, outcome) | dict.fromkeys(SIGNED_IN, others)


Sample = Callable[[World], dict[str, Any]]


@dataclass(frozen=True)
class Door:
    """One address with a sample of its arguments."""

    get: Cells
    post: Cells
    sample: Sample = lambda world: {}
    title: str = ""  # what the sample is, where one address has several


def page(sample: Sample = lambda world: {}, title: str = "", get: Cells | None = None) -> Door:
    """Everybody reads it, unless `get` says otherwise; nobody posts to it."""
    return Door(get or everyone(200), everyone(405), sample, title)


Doors = dict[str, Door | tuple[Door, ...]]
HOME, ACCOUNT = "→/", "→/account/"
ENTRANCE = guests(200, ACCOUNT) | these(UNVERIFIED, get="→/accounts/confirm-email/")

# allauth's pages: signing in and up, the second factor, the list of sessions ---------------------------------------
SIGN_IN_AND_UP: Doors = {
    "account_login": Door(ENTRANCE, ENTRANCE),
    "account_signup": Door(guests(200, ACCOUNT), guests(200, ACCOUNT)),
    "account_request_login_code": Door(ENTRANCE, ENTRANCE),
    "account_confirm_login_code": Door(
        guests("→/accounts/login/code/", ACCOUNT), guests("→/accounts/login/code/", ACCOUNT)
    ),
    "account_logout": Door(guests(HOME, 200), everyone(HOME)),
    "account_inactive": page(),
    "account_email_verification_sent": Door(
        signed_in("→/accounts/email/") | these(UNVERIFIED, get=200),
        signed_in("→/accounts/email/") | these(UNVERIFIED, get=200),
    ),
    "account_reset_password": Door(everyone(200), everyone(200)),
    "account_confirm_password_reset_code": Door(everyone(SIGN_IN), everyone(SIGN_IN)),
    "account_complete_password_reset": Door(
        everyone("→/accounts/password/reset/"), everyone("→/accounts/password/reset/")
    ),
    "account_password_reset_completed": page(),
    "mfa_login_webauthn": Door(
        guests(SIGN_IN, ACCOUNT) | these(UNVERIFIED, get="→/accounts/confirm-email/"),
        guests(SIGN_IN, ACCOUNT) | these(UNVERIFIED, get="→/accounts/confirm-email/"),
    ),
    "mfa_authenticate": Door(signed_in(ACCOUNT), signed_in(ACCOUNT)),
}

# Who of the staff has no factor yet is led to show their mailbox, before anything about factors, the mailbox or the
# password.
MAILBOX = these(UNPROVED, get="→/account/security/mailbox/")
FACTOR = "→/accounts/2fa/reauthenticate/"
ANY_KEY = {"pk": 1}  # nobody here has a passkey, so every number is somebody else's
OWN_SECURITY: Doors = {
    "account_email": Door(signed_in(200) | MAILBOX, signed_in("→/accounts/email/") | MAILBOX),
    "account_reauthenticate": Door(
        only(*PEOPLE, UNPROVED, others=FACTOR),
        only(*PEOPLE, UNPROVED, others=FACTOR),
    ),
    "account_change_password": Door(signed_in(200) | MAILBOX, signed_in(200) | MAILBOX),
    "account_set_password": Door(
        signed_in("→/accounts/password/change/") | MAILBOX, signed_in("→/accounts/password/change/") | MAILBOX
    ),
    "mfa_index": Door(signed_in(200), signed_in(405)),
    "mfa_reauthenticate": Door(
        only(*ALL_STAFF, others="→/accounts/reauthenticate/"), only(*ALL_STAFF, others="→/accounts/reauthenticate/")
    ),
    "mfa_reauthenticate_webauthn": Door(
        signed_in("→/accounts/reauthenticate/") | these(*ALL_STAFF, get=FACTOR),
        signed_in("→/accounts/reauthenticate/") | these(*ALL_STAFF, get=FACTOR),
    ),
    "mfa_activate_totp": Door(
        only(*PEOPLE, others="→/accounts/2fa/totp/deactivate/") | MAILBOX,
        only(*PEOPLE, others="→/accounts/2fa/totp/deactivate/") | MAILBOX,
    ),
    "mfa_deactivate_totp": Door(only(*ALL_STAFF) | MAILBOX, only(*ALL_STAFF, get="→/accounts/2fa/") | MAILBOX),
    "mfa_view_recovery_codes": Door(only(*ALL_STAFF) | MAILBOX, signed_in(405) | MAILBOX),
    "mfa_generate_recovery_codes": Door(
        signed_in(200) | MAILBOX, signed_in(200) | these(*ALL_STAFF, get="→/accounts/2fa/recovery-codes/") | MAILBOX
    ),
    "mfa_download_recovery_codes": Door(only(*ALL_STAFF) | MAILBOX, only(*ALL_STAFF, get=405) | MAILBOX),
    "mfa_list_webauthn": Door(signed_in(200) | MAILBOX, signed_in(405) | MAILBOX),
    "mfa_add_webauthn": Door(signed_in(200) | MAILBOX, signed_in(200) | MAILBOX),
    "mfa_remove_webauthn": Door(signed_in(404) | MAILBOX, signed_in(404) | MAILBOX, lambda world: ANY_KEY),
    "mfa_edit_webauthn": Door(signed_in(404) | MAILBOX, signed_in(404) | MAILBOX, lambda world: ANY_KEY),
    "usersessions_list": Door(signed_in(200), signed_in("→/accounts/sessions/")),
}

# The ground floor --------------------------------------------------------------------------------------------------
GROUND: Doors = {
    "accounts:home": page(get=signed_in(200)),
    "accounts:profile-edit": Door(signed_in(200), signed_in(422)),
    "accounts:security": page(get=signed_in(200)),
    "accounts:mailbox": Door(signed_in(200), signed_in("→/account/security/mailbox/")),
    "accounts:mail": page(get=signed_in(200)),
    "accounts:mail-change": Door(
        everyone(405), only(SEEKER, get="→/account/mail/"), lambda world: {"pk": world.subscription.pk}
    ),
    "accounts:mail-try": Door(everyone(405), signed_in("→/account/mail/")),
    # The signed link is the proof: whoever lost the sign-in may stop a recovery, or confirm the new address.
    "accounts:recovery-stop": (
        Door(everyone(200), everyone(200), lambda world: {"signed": recoveries.stop_token(world.recovery)}, "signed"),
        Door(everyone(404), everyone(404), lambda world: {"signed": "forged"}, "no signature"),
    ),
    "accounts:recovery-confirm": (
        Door(
            everyone(200),
            everyone(200),
            lambda world: {"signed": signing.dumps(world.recovery.pk, salt=recoveries.CONFIRM)},
            "signed",
        ),
        Door(everyone(404), everyone(404), lambda world: {"signed": "forged"}, "no signature"),
    ),
    "accounts:services": page(get=signed_in(200)),
    "accounts:service-end": Door(
        everyone(405), only(MEMBER, get="→/account/services/"), lambda world: {"pk": world.consent.pk}
    ),
    # Machines prove themselves by a secret, a code or a token in the message. The way in needs what a service says.
    "passage:discovery": page(),
    "passage:keys": page(),
    "passage:authorize": Door(everyone(400), everyone(400)),
    "passage:token": Door(everyone(405), everyone(400)),
    "passage:userinfo": Door(everyone(401), everyone(401)),
    "passage:revoke": Door(everyone(405), everyone(400)),
    "accounts:data": page(get=signed_in(200)),
    "accounts:data-export": page(get=signed_in(200)),
    "accounts:data-delete": Door(signed_in(200), signed_in(422)),
    # The random token in the mail is the proof: whoever has it may stop the mail, signed in or not.
    "mail:unsubscribe": (
        Door(everyone(200), everyone(200), lambda world: {"token": world.subscription.token}, "a token"),
        Door(everyone(404), everyone(404), lambda world: {"token": "forged"}, "no token"),
    ),
    "mail:confirm": (
        Door(everyone(200), everyone(200), lambda world: {"signed": world.confirmation}, "a signed address"),
        Door(everyone(404), everyone(404), lambda world: {"signed": "forged"}, "no signature"),
    ),
    "mail:arrives": (
        Door(
            everyone(200),
            everyone(200),
            lambda world: {"signed": signing.dumps("gone@people.example", salt=bounces.SALT)},
            "a signed address",
        ),
        Door(everyone(404), everyone(404), lambda world: {"signed": "forged"}, "no signature"),
    ),
    "styleguide": page(get=only(*ALL_STAFF, others=403)),
    "search": page(),
    "search-suggest": page(),
    "place-suggest": page(),
    "sitemap-index": page(),
    "sitemap-section": page(lambda world: {"section": "pages"}),
    "robots": page(),
    "favicon": page(get=everyone("→/static/")),
}

# The rooms ---------------------------------------------------------------------------------------------------------
DAY = {"year": 2018, "month": 12, "day": 14}


def archive(unit: str) -> Doors:
    """A year, a month and a day that have entries, an empty one, and a second page that is not there."""
    arguments = {"year": ("year",), "month": ("year", "month"), "day": ("year", "month", "day")}[unit]
    full = {name: DAY[name] for name in arguments}
    empty = {**full, "year": 1999}
    return {
        f"content:archive-{unit}": (
            page(lambda world: full, "with entries"),
            page(lambda world: empty, "empty", everyone(404)),
        ),
        f"content:archive-{unit}-page": page(lambda world: {**full, "number": 2}, "too far", everyone(404)),
        f"content:feed-{unit}": (
            page(lambda world: full, "with entries"),
            page(lambda world: empty, "empty", everyone(404)),
        ),
    }


def asked(world: World) -> dict[str, Any]:
    return {"token": world.rows["question"].public_id}


def begun_newsletter(world: World) -> dict[str, str]:
    """The link that confirms the address of a reader without an account."""
    return {"signed": signing.dumps(NEWSLETTER_READER, salt=newsletter_readers.SALT)}


CONTENT: Doors = {
    "content:home": page(),
    "content:ask": Door(everyone(200), everyone(422)),
    "content:ask-thanks": page(get=everyone("→/ask/")),
    # The random address is the proof: whoever has it follows the question, signed in or not.
    "content:ask-track": (
        Door(everyone(200), everyone(422), asked, "a question"),
        Door(everyone(404), everyone(404), lambda world: {"token": "A" * 16}, "no question"),
    ),
    "content:ask-consent": Door(everyone(405), everyone("→/ask/"), asked),
    "content:ask-erase": Door(everyone(200), everyone("→/ask/"), asked),
    "content:ask-suggestions": page(),
    "content:ask-urgent": page(),
    # Who is signed in with a confirmed address has a switch there, everybody else the form.
    "content:newsletter": Door(everyone(200), everyone(422)),
    "content:newsletter-asked": page(),
    "content:newsletter-erased": page(),
    "content:newsletter-confirm": (
        Door(everyone(200), everyone(f"→/newsletter/mine/{NEWSLETTER}/"), begun_newsletter, "signed"),
        Door(everyone(404), everyone(404), lambda world: {"signed": "forged"}, "no signature"),
    ),
    "content:newsletter-past": page(),
    "content:newsletter-past-page": page(lambda world: {"number": 2}, "too far", everyone(404)),
    "content:newsletter-issue": (
        page(lambda world: {"slug": PAST_NEWSLETTER}, "one that was sent"),
        page(lambda world: {"slug": "nothing"}, "not there", everyone(404)),
    ),
    # The random token in the letters is the proof: whoever has it decides, signed in or not.
    "content:newsletter-mine": (
        Door(everyone(200), everyone(422), lambda world: {"token": NEWSLETTER}, "a token"),
        Door(everyone(404), everyone(404), lambda world: {"token": "x"}, "no token"),
    ),
    "content:newsletter-export": page(lambda world: {"token": NEWSLETTER}, "a token"),
    "content:newsletter-erase": (
        Door(everyone(200), everyone("→/newsletter/erased/"), lambda world: {"token": NEWSLETTER}, "a token")
    ),
    "content:answers": page(),
    "content:glossary": page(),
    "content:resources": page(),
    "content:site-map": page(),
    "content:archive-index": page(),
    "content:feed-news": page(),
    "content:feed-answers": page(),
    "content:feed-category": (
        page(lambda world: {"slug": "advocacy"}, "a category"),
        page(lambda world: {"slug": "nothing"}, "not there", everyone(404)),
    ),
    "content:meetings": page(),
    "content:meetings-page": page(lambda world: {"number": 2}, "too far", everyone(404)),
    "content:meetings-kind": page(lambda world: {"kind": "course"}),
    "content:meetings-kind-page": page(lambda world: {"kind": "course", "number": 2}, "too far", everyone(404)),
    "content:meetings-past": page(),
    "content:meetings-past-page": page(lambda world: {"number": 2}, "too far", everyone(404)),
    "content:meeting": (
        page(lambda world: {"slug": "a-course"}, "announced"),
        page(lambda world: {"slug": "a-plan"}, "a draft: editors see it in the admin", everyone(404)),
        page(lambda world: {"slug": "nothing"}, "not there", everyone(404)),
    ),
    "content:meetings-calendar": page(),
    "content:meeting-calendar": (
        page(lambda world: {"slug": "a-course"}, "announced"),
        page(lambda world: {"slug": "a-plan"}, "a draft", everyone(404)),
    ),
    "content:feed-meetings": page(),
    "content:news": page(),
    "content:news-page": page(lambda world: {"number": 2}, "too far", everyone(404)),
    "content:news-detail": (
        page(lambda world: {"slug": "an-opening"}, "public"),
        page(lambda world: {"slug": "member-news"}, "for members: the gate, with status 200 to be found"),
        page(lambda world: {"slug": "nothing"}, "not there", everyone(404)),
    ),
    "content:news-history": (
        page(lambda world: {"slug": "what-we-said"}, "a statement"),
        page(lambda world: {"slug": "an-opening"}, "news keeps none", everyone(404)),
    ),
    "content:news-version": (
        page(lambda world: {"slug": "what-we-said", "number": 1}, "the newest", everyone("→/news/what-we-said/")),
        page(lambda world: {"slug": "what-we-said", "number": 99}, "not there", everyone(404)),
    ),
    # Whoever has the random token reads the page, signed in or not.
    "content:preview": (
        page(lambda world: {"token": world.preview_link.token}, "a link"),
        page(lambda world: {"token": "forged"}, "no link", everyone(404)),
    ),
    "content:news-category": (
        page(lambda world: {"slug": "advocacy"}, "a category"),
        page(lambda world: {"slug": "nothing"}, "not there", everyone(404)),
    ),
    "content:news-category-page": page(lambda world: {"slug": "advocacy", "number": 2}, "too far", everyone(404)),
    "content:news-author": (
        page(lambda world: {"slug": "lena-hart"}, "an author"),
        page(lambda world: {"slug": "nothing"}, "not there", everyone(404)),
    ),
    "content:news-author-page": page(lambda world: {"slug": "lena-hart", "number": 2}, "too far", everyone(404)),
    "content:answer-detail": (
        page(lambda world: {"slug": "a-public-answer"}, "public"),
        page(lambda world: {"slug": "nothing"}, "not there", everyone(404)),
    ),
    "content:picture-file": (
        page(lambda world: {"public_id": world.picture.public_id, "width": 8, "ending": "png"}, "a picture"),
        page(lambda world: {"public_id": "0" * 16, "width": 8, "ending": "png"}, "not there", everyone(404)),
    ),
    "content:document-file": page(
        lambda world: {"public_id": world.document.public_id, "name": "notes.txt"},
        "for members",
        everyone(403)
        | dict.fromkeys((VISITOR, UNVERIFIED), SIGN_IN)
        | these(MEMBER, "Content editor", "Administrator", ADMINISTRATOR, get=200),
    ),
    **archive("year"),
    **archive("month"),
    **archive("day"),
    "content:page-detail": (
        page(lambda world: {"path": "about"}, "public"),
        page(lambda world: {"path": "member-notes"}, "for members"),
        page(lambda world: {"path": "group-notes"}, "for a group"),
        page(lambda world: {"path": "not-yet"}, "a draft: editors see it in the admin", everyone(404)),
        page(lambda world: {"path": "nothing/here"}, "not there", everyone(404)),
    ),
}


def own_employer(world: World) -> dict[str, Any]:
    return {"employer_id": world.employer.public_id}


def own_draft(world: World) -> dict[str, Any]:
    return {"job_id": world.draft_job.public_id}


def own_template(world: World) -> dict[str, Any]:
    return own_employer(world) | {"template_id": world.job_template.public_id}


def own_version(world: World) -> dict[str, Any]:
    return own_draft(world) | {"version_id": world.draft_version.pk}


def numbered(name: str) -> Sample:
    return lambda world: {"number": world.rows[name].pk, "slug": world.rows[name].slug}


BOARD = "→/career-center/employers/"
TEAM = (EMPLOYER, POSTER, VIEWER)
WRITERS = BUYERS = (EMPLOYER, POSTER)
SEE_JOBS = ("Careers staff", "Finance", "Administrator", ADMINISTRATOR)


def own_offer(world: World) -> dict[str, Any]:
    return {"offer_id": world.offer.public_id}


def own_order(world: World) -> dict[str, Any]:
    return {"order_id": world.order.public_id}


def own_paper(name: str) -> Sample:
    return lambda world: {"order_id": world.paid_order.public_id, "paper_id": world.rows[name].public_id}


def by_link(name: str) -> Sample:
    return lambda world: {"token": world.paid_order.pay_token, "paper_id": world.rows[name].public_id}


def mailed(world: World) -> dict[str, Any]:
    return {"token": world.order.pay_token}


ORDER = "→/account/orders/"
BILLING: Doors = {
    # Without naming anything that is sold.
    "billing:checkout": Door(signed_in(404), signed_in(404)),
    "billing:order-list": page(get=signed_in(200)),
    "billing:order-detail": page(own_order, get=only(*BUYERS)),
    "billing:order-pay": Door(everyone(405), only(*BUYERS, get=ORDER), own_order),
    "billing:order-cancel": Door(only(*BUYERS), only(*BUYERS, get=ORDER), own_order),
    "billing:order-invoice": page(own_order, get=only(*BUYERS)),
    "billing:order-receipt": (
        page(own_paper("payment"), "own", get=only(*BUYERS)),
        page(lambda world: {**own_order(world), "paper_id": world.payment.public_id}, "of another order", only()),
    ),
    "billing:order-credit-note": page(own_paper("credit_note"), get=only(*BUYERS)),
    "billing:statement": page(lambda world: {"customer_id": world.customer.public_id}, get=only(*BUYERS)),
    # The random token in the mail is the proof: whoever has it may read the invoice and pay it, signed in or not.
    "billing:pay": (
        Door(everyone(200), everyone("→/pay/"), mailed, "a token"),
        Door(everyone(404), everyone(404), lambda world: {"token": "forged"}, "no token"),
    ),
    "billing:pay-return": page(mailed),
    "billing:pay-invoice": page(mailed),
    "billing:pay-receipt": (
        page(by_link("payment"), "its own"),
        page(lambda world: {**mailed(world), "paper_id": world.payment.public_id}, "of another order", everyone(404)),
    ),
    "billing:pay-credit-note": page(by_link("credit_note")),
    "billing:stripe-webhook": Door(everyone(405), everyone(400)),  # a message without a signature
    "standin:api": Door(everyone(401), everyone(401), lambda world: {"rest": "checkout/sessions"}),
    "standin:pay": Door(everyone(404), everyone(404), lambda world: {"session_id": "cs_unknown"}),
}
PROFILE = "→/career-center/profile/"
ALERTS_PAGE = f"/career-center/alerts/mine/{ALERTS}/"


def wanted_alert(world: World) -> dict[str, str]:
    """The link that makes an alert for the address of a person with an account."""
    wanted = {"email": world.users[SEEKER].email, "address": "state=MA", "title": "Massachusetts", "pace": "daily"}
    return {"signed": signing.dumps(wanted, salt=alerts.SALT, compress=True)}


def pressed(name: str) -> Sample:
    """A link in a letter about new positions."""
    return lambda world: {
        "signed": signing.dumps([world.alert.reader_id, getattr(world, name).pk], salt=alert_letters.SALT)
    }


APPLICATION_PAGE = f"/career-center/applications/by-link/{APPLICATION}/"
APPLICANTS = "→/career-center/employers/applications/"
BOARD_APPLICANTS = "→/career-center/employers/jobs/"


def numbered_job(world: World) -> dict[str, Any]:
    return {"number": world.job.pk}


def own_job(world: World) -> dict[str, Any]:
    return {"job_id": world.job.public_id}


def own_job_application(world: World) -> dict[str, Any]:
    return {"application_id": world.job_application.public_id}


def opened_job_application(world: World) -> dict[str, Any]:
    """Everybody of the team has opened it, as one must to write about it."""
    for name in TEAM:
        ApplicationOpening.objects.create(application=world.job_application, part="application", by=world.users[name])
    return own_job_application(world)


def unopened_job_application(world: World) -> dict[str, Any]:
    """One that no other door opens."""
    return {"application_id": world.stranger_application.public_id}


def own_note(world: World) -> dict[str, Any]:
    return {**opened_job_application(world), "note_id": world.team_note.pk}


def found_profile(world: World) -> dict[str, Any]:
    """As the employer's pages call the seeker's."""
    return {
        "employer_id": world.employer.public_id,
        "alias": alias_of(world.profile.pk, world.employer.pk),
    }


def waiting_application(world: World) -> dict[str, Any]:
    """The link that sends one, mailed to somebody without an account."""
    made = application_of(world.job, email="vera@people.example", status="unconfirmed", sent_at=None)
    return {"signed": signing.dumps(made.public_id, salt=applications.SALT)}


CAREERS: Doors = {
    "careers:job-list": page(),
    "careers:job-feed": page(),
    "careers:indeed-feed": page(),
    "careers:json-feed": page(),
    "careers:job-states": page(),
    "careers:job-short": page(lambda world: {"number": world.job.pk}, get=everyone("→/career-center/jobs/")),
    "careers:job-detail": (
        page(numbered("job"), "live"),
        page(numbered("ended_job"), "ended", everyone(410)),
        page(numbered("draft_job"), "a draft", everyone(404)),
        page(numbered("job_in_review"), "in review", everyone(404)),
    ),
    "careers:job-save": (
        Door(signed_in(200), signed_in("→/career-center/jobs/"), lambda world: {"number": world.job.pk}, "a live job"),
        Door(everyone(404), everyone(404), lambda world: {"number": world.draft_job.pk}, "a draft"),
    ),
    "careers:job-report": (
        Door(everyone(200), everyone(422), lambda world: {"number": world.job.pk}, "a live job"),
        Door(everyone(404), everyone(404), lambda world: {"number": world.draft_job.pk}, "a draft"),
    ),
    "careers:job-reported": page(),
    "careers:alert-list": Door(signed_in(200), signed_in("→/career-center/alerts/")),
    "careers:alert-new": Door(everyone(200), everyone(422)),
    "careers:alert-asked": page(),
    "careers:alert-erased": page(),
    "careers:alert-confirm": (
        Door(everyone(200), everyone(f"→{ALERTS_PAGE}"), wanted_alert, "signed"),
        Door(everyone(404), everyone(404), lambda world: {"signed": "forged"}, "no signature"),
    ),
    "careers:alert-job": (
        page(pressed("job"), "signed", everyone("→/career-center/jobs/")),
        page(lambda world: {"signed": "forged"}, "no signature", everyone(404)),
    ),
    "careers:alert-search": (
        page(pressed("alert"), "signed", everyone("→/career-center/jobs/")),
        page(lambda world: {"signed": "forged"}, "no signature", everyone(404)),
    ),
    # The random token in the letters is the proof: whoever has it decides on the alerts, signed in or not.
    "careers:alert-reader": (
        Door(everyone(200), everyone(f"→{ALERTS_PAGE}"), lambda world: {"token": ALERTS}, "a token"),
        Door(everyone(404), everyone(404), lambda world: {"token": "forged"}, "no token"),
    ),
    "careers:alert-export": (
        page(lambda world: {"token": ALERTS}, "a token"),
        page(lambda world: {"token": "forged"}, "no token", everyone(404)),
    ),
    "careers:alert-erase": (
        Door(everyone(200), everyone("→/career-center/alerts/erased/"), lambda world: {"token": ALERTS}, "a token"),
        Door(everyone(404), everyone(404), lambda world: {"token": "forged"}, "no token"),
    ),
    "careers:profile": page(get=signed_in(200)),
    "careers:profile-edit": Door(signed_in(200), signed_in(422)),
    "careers:profile-switches": Door(everyone(405), only(SEEKER, get=PROFILE)),
    "careers:profile-cv": Door(only(SEEKER, get=PROFILE), only(SEEKER, get=422)),
    "careers:profile-cv-file": page(get=only()),  # nobody here has one
    "careers:profile-cv-remove": Door(only(SEEKER, get=PROFILE), only(SEEKER, get=PROFILE)),
    "careers:profile-preview": page(get=only(SEEKER)),
    "careers:profile-export": page(get=only(SEEKER)),
    "careers:profile-delete": Door(only(SEEKER), only(SEEKER, get=PROFILE)),
    "careers:job-apply": (
        # Who has applied already is led to what they sent.
        Door(
            everyone(200) | these(SEEKER, get="→/career-center/applications/"),
            everyone(422) | these(SEEKER, get="→/career-center/applications/"),
            numbered_job,
            "a live job",
        ),
        Door(everyone(404), everyone(404), lambda world: {"number": world.draft_job.pk}, "a draft"),
    ),
    "careers:job-apply-elsewhere": (
        page(numbered_job, "a live job", everyone("→/1")),
        page(lambda world: {"number": world.draft_job.pk}, "a draft", everyone(404)),
    ),
    "careers:application-list": page(get=signed_in(200)),
    "careers:application-asked": page(),
    "careers:application-erased": page(),
    "careers:application-confirm": (
        Door(everyone(200), everyone("→/career-center/applications/by-link/"), waiting_application, "signed"),
        Door(everyone(404), everyone(404), lambda world: {"signed": "forged"}, "no signature"),
    ),
    "careers:application-detail": Door(
        only(SEEKER), only(SEEKER, get="→/career-center/applications/"), own_job_application
    ),
    "careers:application-archive": page(own_job_application, get=only(SEEKER)),
    # The random token in the letters is the proof: whoever has it decides on the application, signed in or not.
    "careers:application-by-link": (
        Door(everyone(200), everyone(f"→{APPLICATION_PAGE}"), lambda world: {"token": APPLICATION}, "a token"),
        Door(everyone(404), everyone(404), lambda world: {"token": "forged"}, "no token"),
        Door(everyone(404), everyone(404), lambda world: {"token": world.job_application.token}, "of an account"),
    ),
    "careers:application-export": (
        page(lambda world: {"token": APPLICATION}, "a token"),
        page(lambda world: {"token": "forged"}, "no token", everyone(404)),
    ),
    "careers:application-erase": (
        Door(
            everyone(200),
            everyone("→/career-center/applications/erased/"),
            lambda world: {"token": APPLICATION},
            "a token",
        ),
        Door(everyone(404), everyone(404), lambda world: {"token": "forged"}, "no token"),
    ),
    "careers:applicant-list": page(own_job, get=only(*TEAM)),
    "careers:job-figures": page(own_job, get=only(*TEAM)),
    "careers:job-figures-table": page(own_job, get=only(*TEAM)),
    "careers:application-letters": Door(everyone(405), only(*WRITERS, get=BOARD_APPLICANTS), own_job),
    "careers:applicant-export": Door(everyone(405), only(*WRITERS), own_job),
    # An empty press says what to mark first.
    "careers:applicants-decline": Door(everyone(405), only(*WRITERS, get=BOARD_APPLICANTS), own_job),
    "careers:applicant-detail": page(own_job_application, get=only(*TEAM)),
    "careers:applicant-open": Door(everyone(405), only(*TEAM, get=APPLICANTS), own_job_application),
    "careers:applicant-cv": Door(everyone(405), only(*TEAM), own_job_application),
    "careers:applicant-decide": Door(everyone(405), only(*WRITERS, get=422), own_job_application),
    "careers:applicant-message": (
        Door(everyone(405), only(*WRITERS, get=422), opened_job_application, "opened"),
        Door(everyone(405), only(), unopened_job_application, "not opened"),
    ),
    "careers:applicant-address": Door(everyone(405), only(*WRITERS, get=APPLICANTS), opened_job_application),
    "careers:applicant-report": Door(
        everyone(405),
        only(*WRITERS, get=APPLICANTS),
        lambda world: {**opened_job_application(world), "message_id": world.said.pk},
    ),
    # Who has not opened it writes nothing about it; only the author and owners change a note.
    "careers:applicant-note": (
        Door(everyone(405), only(*WRITERS, get=422), opened_job_application, "opened"),
        Door(everyone(405), only(), unopened_job_application, "not opened"),
    ),
    "careers:applicant-note-edit": Door(only(EMPLOYER), only(EMPLOYER, get=422), own_note),
    # The position of the world says who its employer is, so there is nothing to tell.
    "careers:applicant-name": Door(only(*WRITERS, get=APPLICANTS), only(*WRITERS, get=APPLICANTS), own_job_application),
    "careers:saved-list": page(get=signed_in(200)),
    "careers:saved-edit": Door(only(SEEKER), only(SEEKER, get=422), lambda world: {"number": world.job.pk}),
    "careers:saved-remove": Door(everyone(405), signed_in("→/career-center/saved/")),
    "careers:profile-hidden-from": Door(signed_in(200), signed_in(422)),
    "careers:profile-seen": page(get=signed_in(200)),
    # The signed link in the letter is the proof: whoever has it may say that the profile is still wanted.
    "careers:profile-confirm": (
        Door(
            everyone(200),
            everyone("→/career-center/profile/still-looking/"),
            lambda world: {"signed": profile_rest.confirm_token(world.profile)},
            "signed",
        ),
        Door(everyone(404), everyone(404), lambda world: {"signed": "forged"}, "no signature"),
    ),
    "careers:rate-list": page(),
    # The signed link is the proof: whoever of the team has it may object, signed in or not.
    "careers:owner-objection": (
        Door(
            everyone(200),
            everyone(200),
            lambda world: {"signed": owner_recoveries.objection_token(world.new_owner)},
            "signed",
        ),
        Door(everyone(404), everyone(404), lambda world: {"signed": "forged"}, "no signature"),
    ),
    "careers:package-buy": (
        Door(
            signed_in("→/career-center/employers/register/")
            | these(*BUYERS, get="→/checkout/")
            | these(OTHER_EMPLOYER, get=200),
            signed_in("→/career-center/employers/register/") | these(*BUYERS, OTHER_EMPLOYER, get=200),
            lambda world: {"slug": "one"},
            "a package",
        ),
        Door(signed_in(404), signed_in(404), lambda world: {"slug": "nothing"}, "not on offer"),
    ),
    "careers:specialty-list": page(),
    "careers:fellowship-list": page(),
    "careers:fellowship-feed": page(),
    "careers:fellowship-own": page(own_employer, get=only(*TEAM)),
    # Staff have not verified this organization, so the way leads back to its offers.
    "careers:fellowship-new": Door(only(*WRITERS, get=BOARD), only(*WRITERS, get=BOARD), own_employer),
    "careers:fellowship-edit": Door(only(*WRITERS), only(*WRITERS, get=422), own_offer),
    "careers:fellowship-step": (
        Door(
            only(*WRITERS),
            only(*WRITERS, get=BOARD),
            lambda world: {**own_offer(world), "verb": "withdraw"},
            "withdraw",
        ),
        Door(only(), only(), lambda world: {**own_offer(world), "verb": "approve"}, "approve"),
    ),
    "careers:employer-home": page(get=everyone(200) | these(*TEAM, OTHER_EMPLOYER, get=BOARD)),
    "careers:employer-register": Door(signed_in(200), signed_in(200)),
    "careers:employer-board": page(own_employer, get=only(*TEAM)),
    "careers:employer-credits": page(own_employer, get=only(*TEAM)),
    "careers:profile-search": page(own_employer, get=only(*TEAM)),
    "careers:profile-of": (
        page(found_profile, "one that is not to be found", get=only(*TEAM)),
        page(lambda world: {**own_employer(world), "alias": "A" * 22}, "an invented name", get=only()),
    ),
    "careers:profile-open": Door(everyone(405), only(*WRITERS, get=200), found_profile),
    "careers:profile-ask": Door(only(*WRITERS), only(*WRITERS), found_profile),
    "careers:profile-keep": Door(everyone(405), only(*WRITERS), found_profile),
    # Nobody has said yes to this team, so that there is no CV to be opened.
    "careers:profile-of-cv": Door(everyone(405), only(*TEAM, get=BOARD), found_profile),
    "careers:profile-contacts": page(own_employer, get=only(*TEAM)),
    "careers:profile-kept": page(own_employer, get=only(*TEAM)),
    # The organization of the world may not search at present; what its team has saved stays to be read.
    "careers:profile-searches": Door(only(*TEAM), only(*TEAM, get=BOARD), own_employer),
    "careers:profile-search-save": Door(only(*TEAM), only(*TEAM), own_employer),
    "careers:own-profile-searches": page(get=signed_in(BOARD)),
    "careers:contact-withdraw": Door(
        everyone(405),
        only(*WRITERS, get=BOARD),
        lambda world: {**own_employer(world), "contact_id": world.contact.public_id},
    ),
    "careers:contact-list": page(get=signed_in(200)),
    "careers:contact-answer": Door(
        everyone(405),
        only(SEEKER, get="→/career-center/profile/asked/"),
        lambda world: {"contact_id": world.contact.public_id},
    ),
    "careers:employer-edit": Door(only(EMPLOYER), only(EMPLOYER), own_employer),
    "careers:organization-list": page(),
    "careers:organization-detail": (
        page(lambda world: {"slug": world.shown_employer.slug}, "one with a page"),
        page(lambda world: {"slug": world.employer.slug}, "one that is not verified", get=everyone(404)),
        page(lambda world: {"slug": "nobody-here"}, "an invented one", get=everyone(404)),
    ),
    "careers:organization-logo": page(
        lambda world: {"public_id": world.logo.public_id, "width": world.logo.width, "ending": "png"}
    ),
    "careers:employer-logo": Door(only(EMPLOYER), only(EMPLOYER, get=422), own_employer),
    "careers:employer-verification": Door(only(EMPLOYER), only(EMPLOYER, get=422), own_employer),
    "careers:employer-proof": Door(
        only(EMPLOYER),
        only(EMPLOYER, get=BOARD),
        lambda world: {**own_employer(world), "signed": verifications.token_of(world.domain_proof)},
    ),
    "careers:employer-team": Door(only(*TEAM), only(EMPLOYER), own_employer),
    "careers:job-new": Door(only(*WRITERS), only(*WRITERS, get=422), own_employer),
    "careers:job-edit": Door(only(*WRITERS), only(*WRITERS, get=422), own_draft),
    "careers:job-change-back": Door(everyone(405), only(*WRITERS, get=BOARD), own_job),
    "careers:job-clone": Door(everyone(405), only(*WRITERS, get="→/career-center/employers/jobs/"), own_draft),
    "careers:template-save": Door(only(*WRITERS), only(*WRITERS, get=422), own_draft),
    "careers:template-list": page(own_employer, get=only(*WRITERS)),
    "careers:template-edit": Door(only(*WRITERS), only(*WRITERS, get=422), own_template),
    "careers:template-begin": Door(everyone(405), only(*WRITERS, get="→/career-center/employers/jobs/"), own_template),
    "careers:draft-begin": Door(everyone(405), only(*WRITERS), own_employer),
    # The draft has a version already, and a press that names none is told of it.
    "careers:draft-save": Door(everyone(405), only(*WRITERS, get=409), own_draft),
    "careers:draft-versions": page(own_draft, get=only(*WRITERS)),
    "careers:draft-version": Door(only(*WRITERS), only(*WRITERS, get="→/career-center/employers/jobs/"), own_version),
    "careers:job-preview": page(own_draft, get=only(*TEAM, *SEE_JOBS)),
    # This draft names no place yet, so the way leads back to its form.
    "careers:job-submit": Door(only(*WRITERS, get=BOARD), only(*WRITERS, get=BOARD), own_draft),
    # The signed link in the letter is the proof; a POST without an answer changes nothing.
    "careers:job-still-open": (
        Door(
            everyone(200),
            everyone(200),
            lambda world: {"signed": still_open.token_of(world.open_question, world.users[EMPLOYER])},
            "signed",
        ),
        Door(everyone(404), everyone(404), lambda world: {"signed": "forged"}, "no signature"),
    ),
    "careers:job-renew": Door(only(*WRITERS), only(*WRITERS, get=BOARD), own_job),
    # The organization has no days in its account; the page says so.
    "careers:job-lengthen": Door(only(*WRITERS), only(*WRITERS), own_job),
    "careers:job-step": (
        Door(
            only(*WRITERS),
            only(*WRITERS, get=BOARD),
            lambda world: {**own_draft(world), "verb": "withdraw"},
            "withdraw",
        ),
        # Staff's own step is not to be had here, not even by its name.
        Door(only(), only(), lambda world: {"job_id": world.job_in_review.public_id, "verb": "approve"}, "approve"),
    ),
    "careers:member-role": Door(
        everyone(405), only(EMPLOYER, get=BOARD), lambda world: {**own_employer(world), "member_id": world.colleague.pk}
    ),
    # The owner, and whoever leaves by themselves.
    "careers:member-remove": Door(
        only(EMPLOYER, POSTER),
        only(EMPLOYER, POSTER, get=BOARD),
        lambda world: {**own_employer(world), "member_id": world.colleague.pk},
    ),
    "careers:invitation-cancel": Door(
        everyone(405),
        only(EMPLOYER, get=BOARD),
        lambda world: {**own_employer(world), "invitation_id": world.invitation.public_id},
    ),
    "careers:invitation-answer": Door(
        everyone(405), only(SEEKER, get=BOARD), lambda world: {"invitation_id": world.invitation.public_id}
    ),
}


def renewal_link(world: World) -> dict[str, Any]:
    return {"signed": renewal_address(world.term).rstrip("/").rpartition("/")[2]}


def led_group(world: World) -> dict[str, Any]:
    """A group that the member leads."""
    return {"slug": world.led_group.slug}


def own_bundle(world: World) -> dict[str, Any]:
    return {"bundle_id": world.bundle.public_id}


def office_link(world: World) -> dict[str, Any]:
    return {"signed": office.address_of(world.office).rstrip("/").rpartition("/")[2]}


def group_letter(world: World) -> dict[str, Any]:
    return {"slug": world.led_group.slug, "public_id": world.group_letter.public_id}


def stop_link(world: World) -> dict[str, Any]:
    return {"signed": stop_address(world.rows["automatic"]).rstrip("/").rpartition("/")[2]}


def own_application(world: World) -> dict[str, Any]:
    return {"public_id": world.application.public_id}


def listed(world: World) -> dict[str, Any]:
    return {"public_id": world.directory_entry.public_id}


def message_link(world: World) -> dict[str, Any]:
    return {"signed": signing.dumps(world.directory_waiting.public_id, salt=directory_messages.SALT)}


AMONG_MEMBERS = signed_in(403) | these(MEMBER, ADMINISTRATOR, get=200)
NOBODY_LISTED = {"public_id": "A" * 16}
FINDER: Doors = {
    "find:list": page(),
    "find:asked": page(),
    "find:written": page(),
    # The signed link from the sender's mailbox is the proof.
    "find:confirm": (
        Door(everyone(200), everyone("→/find-a-clinician/sent/"), message_link, "signed"),
        Door(everyone(404), everyone(404), lambda world: {"signed": "forged"}, "no signature"),
    ),
    "find:clinician": (page(listed), page(lambda world: NOBODY_LISTED, "not there", everyone(404))),
    "find:write": (
        Door(everyone(200), everyone(422), listed),
        Door(everyone(404), everyone(404), lambda world: NOBODY_LISTED, "not there"),
    ),
    "membership:directory": page(get=signed_in(200)),  # others read there why it is closed to them
    "membership:directory-entry": page(listed, get=AMONG_MEMBERS),
    "membership:directory-write": Door(AMONG_MEMBERS, AMONG_MEMBERS | these(MEMBER, ADMINISTRATOR, get=422), listed),
    # Whoever has a membership, over or not, may write an entry.
    "membership:directory-mine": Door(
        signed_in(200), signed_in(422) | these(MEMBER, LAPSED, get="→/membership/directory/mine/")
    ),
    "membership:directory-delete": Door(signed_in(405), signed_in("→/membership/directory/mine/")),
    "membership:directory-message": Door(
        only(MEMBER), only(MEMBER, get=422), lambda world: {"public_id": world.directory_message.public_id}
    ),
}


def begun_application(world: World) -> dict[str, Any]:
    return {"public_id": world.begun.public_id}


def draft_link(world: World) -> dict[str, Any]:
    return {"signed": draft_address(world.begun).rstrip("/").rpartition("/")[2]}


APPLY = everyone(200) | guests("→/accounts/signup/", 200) | these(MEMBER, SEEKER, get="→/membership/join/")
MINE = "→/membership/mine/"
DRAFT = "→/membership/draft/"
MEMBERSHIP: Doors = {
    "membership:join": page(),
    "membership:finder": page(),
    "membership:application-create": (
        Door(
            APPLY | these(LAPSED, get=DRAFT),
            APPLY | dict.fromkeys((*SIGNED_IN,), 422) | these(MEMBER, SEEKER, get="→/membership/join/"),
            lambda world: {"slug": "physician"},
            "a category",
        ),
        Door(everyone(404), everyone(404), lambda world: {"slug": "nothing"}, "not there"),
    ),
    "membership:draft-begin": Door(
        signed_in(405),
        signed_in(200) | these(MEMBER, SEEKER, get=422) | these(LAPSED, get=409),
        lambda world: {"slug": "physician"},
    ),
    "membership:draft": Door(only(LAPSED), only(LAPSED, get=422), begun_application),
    "membership:draft-keep": Door(everyone(405), only(LAPSED, get=409), begun_application),
    **{
        f"membership:draft-{verb}": Door(everyone(405), only(LAPSED, get=DRAFT), begun_application)
        for verb in ("category", "link")
    },
    "membership:draft-paper-remove": Door(
        everyone(405),
        only(LAPSED, get=DRAFT),
        lambda world: {**begun_application(world), "paper_id": world.begun_paper.public_id},
    ),
    "membership:draft-delete": Door(only(LAPSED), only(LAPSED, get="→/membership/join/"), begun_application),
    "membership:draft-resume": (
        Door(
            everyone(404) | these(VISITOR, UNVERIFIED, LAPSED, get=DRAFT),
            everyone(405),
            draft_link,
            "whoever has the link goes on with it, unless somebody else is signed in",
        ),
        Door(everyone(404), everyone(405), lambda world: {"signed": "forged"}, "forged"),
    ),
    "membership:mine": page(get=signed_in(200)),
    **{
        f"membership:category-{verb}": Door(signed_in(405), signed_in("→/membership/mine/"))
        for verb in ("choose", "keep", "now")
    },
    "membership:check-typed": page(),
    "membership:check": (
        page(lambda world: {"code": CARD_CODE}, "who has the code sees whose card it is"),
        page(lambda world: {"code": "2222-2222-2222"}, "no such code", everyone(404)),
    ),
    "membership:card": page(get=signed_in(MINE) | these(MEMBER, get=200)),
    "membership:card-pdf": page(get=signed_in(MINE) | these(MEMBER, get=200)),
    "membership:card-make": Door(signed_in(405), signed_in(MINE) | these(MEMBER, get="→/membership/mine/card/")),
    "membership:certificate": page(get=signed_in(MINE) | these(MEMBER, get=200)),
    "membership:letter-make": Door(signed_in(405), signed_in(MINE) | these(MEMBER, get="→/membership/mine/letters/")),
    "membership:letter": page(lambda world: {"public_id": world.standing_letter.public_id}, get=only(MEMBER)),
    "membership:latin-name": Door(signed_in(404), signed_in(404)),
    "membership:resign": Door(signed_in(MINE) | these(MEMBER, get=200), signed_in(MINE) | these(MEMBER, get=422)),
    "membership:resign-take-back": Door(signed_in(405), signed_in(MINE)),
    "membership:pause": Door(signed_in(MINE) | these(MEMBER, get=200), signed_in(MINE) | these(MEMBER, get=422)),
    "membership:pause-end": Door(signed_in(405), signed_in(MINE)),
    "membership:history": page(get=only(MEMBER, LAPSED)),
    "membership:office": Door(
        signed_in(MINE) | these(MEMBER, LAPSED, get=200), signed_in(MINE) | these(MEMBER, LAPSED, get=422)
    ),
    "membership:office-forget": Door(signed_in(405), signed_in("→/membership/mine/office/")),
    "membership:office-send": Door(
        signed_in(405),
        signed_in(404),
        lambda world: {"paper_id": world.payment.public_id},
        "of an order that is no dues",
    ),
    "membership:office-confirm": (
        Door(everyone(200), everyone(422), office_link, "who has the letter says yes or no"),
        Door(everyone(404), everyone(404), lambda world: {"signed": "forged"}, "forged"),
    ),
    "membership:training": Door(signed_in(405), signed_in("→/membership/mine/")),
    "membership:automatic": Door(
        signed_in("→/membership/mine/") | these(MEMBER, get=200),
        signed_in("→/membership/mine/") | these(MEMBER, get=422),
    ),
    "membership:automatic-stop": Door(signed_in(405), signed_in("→/membership/mine/")),
    "membership:automatic-back": page(
        lambda world: {"public_id": world.rows["automatic"].public_id}, get=only(MEMBER, get="→/membership/mine/")
    ),
    "membership:automatic-stop-link": (
        Door(everyone(200), everyone(200), stop_link, "whoever has the link may stop, and nothing else"),
        Door(everyone(404), everyone(404), lambda world: {"signed": "forged"}, "forged"),
    ),
    "membership:renew": (
        Door(everyone(200), everyone(422), renewal_link, "whoever has the link may order that member's dues"),
        Door(everyone(404), everyone(404), lambda world: {"signed": "forged"}, "forged"),
    ),
    "membership:group-list": page(),
    "membership:group-detail": (
        page(led_group),
        page(lambda world: {"slug": "nothing"}, "not there", everyone(404)),
    ),
    **{
        f"membership:group-{verb}": Door(signed_in(405), signed_in("→/membership/groups/"), led_group)
        for verb in ("join", "take-back", "leave", "mail", "ask")
    },
    "membership:group-chair": Door(only(MEMBER), everyone(405), led_group),
    "membership:group-purpose": Door(only(MEMBER), only(MEMBER, get=422), led_group),
    "membership:group-answer": Door(
        signed_in(405),
        only(MEMBER, get=422),
        lambda world: {"slug": "headache", "number": world.join_request.pk},
    ),
    "membership:seat-list": page(get=signed_in(200)),
    "membership:seat-answer": Door(
        only(SEEKER), only(SEEKER, get=422), lambda world: {"seat_id": world.seat.public_id}
    ),
    "membership:seat-leave": Door(
        only(LAPSED), only(LAPSED, get="→/membership/mine/"), lambda world: {"seat_id": world.seat_had.public_id}
    ),
    "membership:seat-administer": Door(
        everyone(405),
        only(POSTER, get="→/membership/seats/"),
        lambda world: {"asked_id": world.bundle_request.public_id},
    ),
    "membership:bundle-detail": Door(only(VIEWER), only(VIEWER, get=422), own_bundle),
    "membership:bundle-order": Door(only(VIEWER), only(VIEWER, get=422), own_bundle),
    "membership:bundle-more": Door(only(VIEWER), only(VIEWER, get=422), own_bundle),
    "membership:bundle-administrators": Door(only(VIEWER), only(VIEWER, get=422), own_bundle),
    "membership:bundle-leave": Door(only(VIEWER), only(VIEWER, get="→/membership/institutions/"), own_bundle),
    "membership:bundle-request-take-back": Door(
        everyone(405),
        only(VIEWER, get="→/membership/institutions/"),
        lambda world: {**own_bundle(world), "asked_id": world.bundle_request.public_id},
    ),
    "membership:seat-remove": Door(
        only(VIEWER),
        only(VIEWER, get="→/membership/institutions/"),
        lambda world: {**own_bundle(world), "seat_id": world.seat.public_id},
    ),
    "membership:group-letter-write": Door(only(MEMBER), only(MEMBER, get=422), led_group),
    "membership:group-letter": Door(only(MEMBER), only(MEMBER, get="→/membership/groups/"), group_letter),
    "membership:group-letter-words": Door(only(MEMBER), only(MEMBER, get=422), group_letter),
    "membership:stay": Door(signed_in(405), signed_in("→/membership/mine/")),
    "membership:application-detail": page(own_application, get=only(SEEKER)),
    "membership:application-answer": Door(signed_in(405), only(SEEKER, get=422), own_application),
    "membership:application-paper-add": Door(signed_in(405), only(SEEKER, get=422), own_application),
    "membership:application-withdraw": Door(
        only(SEEKER), only(SEEKER, get="→/membership/applications/"), own_application
    ),
    "membership:viewing-end": Door(everyone(405), everyone(HOME)),
    "membership:paper-detail": page(
        lambda world: {"public_id": world.paper.public_id},
        get=only(SEEKER, "Membership staff", "Administrator", ADMINISTRATOR),
    ),
}

JOURNAL: Doors = {
    "journal:journal": page(),
    "journal:issue-list": page(),
    "journal:advance": page(),
    "journal:feed": page(),
    "journal:search": page(),
    "journal:collection-list": page(),
    "journal:collection-detail": (
        page(lambda world: {"slug": "what-helps"}),
        page(
            lambda world: {"slug": "not-yet"},
            "not published",
            everyone(404) | these("Journal editor", "Administrator", ADMINISTRATOR, get=200),
        ),
    ),
    "journal:subject-list": page(),
    "journal:subject-detail": page(lambda world: {"slug": "trials"}),
    "journal:subject-mail": Door(
        signed_in(200), signed_in("→/journal/subjects/trials/by-mail/"), lambda world: {"slug": "trials"}
    ),
    "journal:author-detail": (
        page(lambda world: {"key": "ruth-adler"}),
        page(lambda world: {"key": "nobody"}, "who wrote nothing here", everyone(404)),
    ),
    "journal:contents-by-mail": Door(signed_in(200), signed_in("→/journal/contents-by-mail/")),
    "journal:saved-list": page(get=signed_in(200)),
    "journal:saved-note": Door(
        everyone(405), only(SEEKER, get="→/journal/saved/"), lambda world: {"number": world.article.pk}
    ),
    "journal:saved-remove": Door(
        everyone(405), only(SEEKER, get="→/journal/saved/"), lambda world: {"number": world.article.pk}
    ),
    "journal:article-save": Door(
        signed_in(200), signed_in("→/journal/article/a-trial/"), lambda world: {"slug": "a-trial"}
    ),
    "journal:cover": page(lambda world: {"name": "no-such-cover.webp"}, get=everyone(404)),
    "journal:collection-picture": page(lambda world: {"name": "no-such-picture.webp"}, get=everyone(404)),
    "journal:issue-short": page(lambda world: {"volume": 27, "number": 8}, get=everyone("→/journal/27-8/")),
    "journal:issue-detail": page(lambda world: {"volume": 27, "number": 8, "slug": world.issue.slug}),
    "journal:article-detail": (
        page(lambda world: {"slug": "a-trial"}, "for members: abstract and gate for others"),
        page(lambda world: {"slug": "an-editorial"}, "free"),
        page(lambda world: {"slug": "nothing"}, "not there", everyone(404)),
    ),
    "journal:club-sheet": page(lambda world: {"slug": "a-trial"}, "for members: the gate for others"),
    "journal:club-plan": Door(signed_in(405), only(MEMBER, get=422), lambda world: {"slug": "a-trial"}),
    "journal:club-call-off": Door(
        signed_in(405), only(MEMBER, get="→/membership/groups/"), lambda world: {"number": world.club_meeting.pk}
    ),
    "journal:article-table": page(lambda world: {"slug": "a-trial", "number": 1}, get=everyone(404)),
    "journal:article-cite": (
        page(lambda world: {"slug": "a-trial", "ending": "ris"}),
        page(lambda world: {"slug": "a-trial", "ending": "exe"}, "no such format", everyone(404)),
    ),
    "journal:figure-detail": page(
        lambda world: {"slug": "a-trial", "key": "fig1"},
        get=everyone(404) | these(MEMBER, "Journal editor", "Administrator", ADMINISTRATOR, get=200),
    ),
    "journal:delivered-file": page(
        lambda world: {"slug": "a-trial", "key": "a-trial-csv"},
        get=everyone(404) | these(MEMBER, "Journal editor", "Administrator", ADMINISTRATOR, get=200),
    ),
    "journal:article-by-doi": page(lambda world: {"doi": "10.5555/pm.1"}, get=everyone("→/journal/article/a-trial/")),
}

# From another site nobody's POST is taken, but for these: what proves itself by a token or a signature in the message.
FROM_ELSEWHERE: dict[str, Outcome] = {
    "mail:unsubscribe": 200,
    "mail:confirm": 200,
    "mail:arrives": 200,
    "accounts:recovery-stop": 200,
    "accounts:recovery-confirm": 200,
    "careers:owner-objection": 200,
    "passage:token": 400,
    "passage:userinfo": 401,
    "passage:revoke": 400,
    "billing:stripe-webhook": 400,
    "standin:api": 401,
}
# Whatever is not GET, HEAD or POST is refused to everybody everywhere.
OTHER_METHODS = {"OPTIONS": 405, "PUT": 405, "PATCH": 405, "DELETE": 405, "TRACE": 405}
# But an interface of the demonstration's that takes DELETE, and like all of it asks for its key first.
DELETES = {"standin:api": 401}

SITE: Doors = {
    **SIGN_IN_AND_UP,
    **OWN_SECURITY,
    **GROUND,
    **BILLING,
    **CONTENT,
    **CAREERS,
    **MEMBERSHIP,
    **FINDER,
    **JOURNAL,
}
