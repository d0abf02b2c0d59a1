"""Who may do what in the admin: the rights of each role, and beside each model and each page to whom it opens.

People who are not staff are sent to the staff's sign-in from everywhere, and staff without the second factor to where
they set it up.
"""

import re
from collections.abc import Iterable
from typing import Any

from django.apps import apps

from aapm_site.core import roles
from tests.house.access import ALL_STAFF, ALLOWED, Cells, Door, Doors, Outcome, everyone
from tests.house.observe import SIGN_IN, STAFF_SIGN_IN
from tests.house.walk import Route
from tests.house.world import ADMINISTRATOR, PEOPLE, STAFF, UNPROVED, World


def every(app: str, names: str, verbs: str = "view add change delete") -> set[str]:
    return {f"{app}.{verb}_{name}" for name in names.split() for verb in verbs.split()}


def some(app: str, codes: str) -> set[str]:
    return {f"{app}.{code}" for code in codes.split()}


LISTS = "profession specialty place"
PLACES = every("accounts", "placename") | some("accounts", "view_unknownplace delete_unknownplace")
ALL_SEE = {"core.see_due_work"} | every("accounts", LISTS, "view")
# Whoever writes texts chooses contributors and authors, and needs nobody's account and address.
PEOPLE_SEEN = {"accounts.view_user"}
POST = some("mail", "view_outgoingemail view_subscription resend_outgoingemail") | some(
    "mail", "view_undeliverableaddress add_undeliverableaddress lift_undeliverableaddress"
)

CONTENT = every(
    "content", "page relatedpage menu menuitem topic urgency bestbet synonym contributor category term"
) | some("content", "view_question change_question delete_question decide_question publish_page read_page")
CONTENT |= every("content", "partner event resource resourcetopic") | some("content", "view_link check_link")
CONTENT |= every("content", "picture document")
CONTENT |= every("content", "redirect") | every("content", "answerpromise", "view add change")
CONTENT |= every("content", "meeting") | some("content", "publish_meeting")
CONTENT |= every("content", "body officer historyyear")
CONTENT |= every("content", "newsletter newsletterentry") | some("content", "send_newsletter agree_newsletter")
CONTENT |= {"mail.view_mailingrecipient"}
CAREERS = every("careers", "employer employermember employerinvitation joblocation package") | some(
    "careers",
    "view_job change_job approve_job return_job take_down_job view_jobstatuschange view_jobevent view_jobreminder "
    "give_credits view_creditentry view_creditbalance view_daysentry view_daysbalance view_jobrun "
    "view_ownerrecovery open_ownerrecovery "
    "view_reportedjob view_jobreport view_fellowshipround add_fellowshipround change_fellowshipround "
    "view_fellowshipoffer view_fellowshipofferchange decide_fellowshipoffer view_profile hide_profile "
    "view_jobapplication view_jobapplicationchange view_applicationopening view_profileaccess give_profileaccess "
    "view_employerdecision view_jobapplicationmessage settle_jobapplicationmessage "
    "see_career_reports view_bannedemployer add_bannedemployer lift_bannedemployer",
)
MEMBERS = (
    every("membership", "plan careerstage practicesetting group groupmember term reminder seatreminder")
    | every("membership", "membership", "view add change")
    | some("membership", "view_application decide_application view_applicationpaper")
    | some("accounts", "view_accountrecovery open_accountrecovery approve_accountrecovery")
    | some("membership", "view_memberimport import_members view_groupjoinrequest view_memberpaper view_groupletter")
    | some("membership", "view_pause view_resignation view_officesending")
    | some("membership", "view_bundle add_bundle change_bundle view_bundleperiod")
    | some("membership", "view_bundleseat view_bundleadministrator delete_bundleadministrator")
    | every("membership", "seatprice")
    | some("membership", "view_directoryentry hide_directoryentry view_directorymessage decide_directorymessage")
    | every("membership", "memberfilter memberletter")
    | some("membership", "view_memberexport export_members send_memberletter agree_memberletter")
    | some("membership", "see_member_reports")
    | {"mail.view_mailingrecipient"}
    | some("accounts", "view_service view_serviceconsent")
    | some("membership", "view_as_member view_viewing")
    | every("membership", "finderquestion finderanswer")
    | some("membership", "view_consenttext add_consenttext change_consenttext view_consentversion")
    | some("membership", "view_termnotice view_pastterm merge_members see_access_decision view_issue view_articletype")
)
JOURNAL = every("membership", "issue article articleauthor articletype figure robotagent") | some(
    "membership", "see_access_decision see_journal_usage"
)
JOURNAL |= every("membership", "collection collectedarticle subject")
BOOKS = some("careers", "view_package view_employer view_job view_creditentry view_creditbalance") | some(
    "careers", "view_daysentry view_daysbalance view_jobrun see_career_reports"
)
BOOKS |= {"membership.view_bundle"}
BOOKS |= some(
    "billing",
    "view_order change_order view_payment view_refund view_entry view_creditnote view_invoice view_providerevent "
    "view_dispute view_cardsession view_customer change_customer view_coupon add_coupon change_coupon view_letterhead "
    "add_letterhead change_letterhead add_order record_payment refund_order cancel_order see_reports",
)
BOOKS |= some("membership", "see_member_reports")
ABOUT = some("core", "view_association change_association")
REGISTRY = every("accounts", f"user {LISTS}", "view add change")

RIGHTS: dict[str, set[str]] = {
    roles.CONTENT_EDITOR: ALL_SEE | CONTENT | ABOUT,
    roles.CAREERS_STAFF: ALL_SEE | PEOPLE_SEEN | CAREERS | POST | PLACES | every("accounts", LISTS, "view add change"),
    roles.MEMBERSHIP_STAFF: ALL_SEE | MEMBERS | POST | PLACES | REGISTRY,
    roles.JOURNAL_EDITOR: ALL_SEE | JOURNAL,
    roles.FINANCE: ALL_SEE | PEOPLE_SEEN | BOOKS | ABOUT,
    roles.ADMINISTRATOR: ALL_SEE
    | CONTENT
    | CAREERS
    | MEMBERS
    | JOURNAL
    | BOOKS
    | ABOUT
    | POST
    | PLACES
    | REGISTRY
    | every("accounts", LISTS)
    | some("accounts", "assign_roles view_addresschange agree_addresschange add_service change_service")
    | some("core", "view_count view_hold view_retention change_retention"),
}

LETTERS = {
    "E": roles.CONTENT_EDITOR,
    "C": roles.CAREERS_STAFF,
    "M": roles.MEMBERSHIP_STAFF,
    "J": roles.JOURNAL_EDITOR,
    "F": roles.FINANCE,
    "A": roles.ADMINISTRATOR,
    "S": ADMINISTRATOR,
}


def opens(*, see: str, add: str = "", change: str = "", delete: str = "") -> dict[str, str]:
    """To whom the pages of a model open, by letters. What opens to nobody, the site alone writes or keeps for ever."""
    return {"see": see, "add": add, "change": change, "delete": delete}


MODELS: dict[str, dict[str, str]] = {
    "account.emailaddress": opens(see="S"),
    "accounts.accountrecovery": opens(see="MAS"),
    "accounts.addresschange": opens(see="AS"),
    "accounts.place": opens(see="ECMJFAS", add="CMAS", change="CMAS", delete="AS"),
    "accounts.profession": opens(see="ECMJFAS", add="CMAS", change="CMAS", delete="AS"),
    "accounts.service": opens(see="MAS", add="AS", change="AS"),
    "accounts.serviceconsent": opens(see="MAS"),
    "accounts.specialty": opens(see="ECMJFAS", add="CMAS", change="CMAS", delete="AS"),
    "accounts.unknownplace": opens(see="CMAS", delete="CMAS"),
    "accounts.user": opens(see="CMFAS", add="MAS", change="MAS"),
    "auth.group": opens(see="S", add="S", change="S", delete="S"),
    "billing.coupon": opens(see="FAS", add="FAS", change="FAS"),
    "billing.customer": opens(see="FAS", add="S", change="FAS"),
    "billing.dispute": opens(see="FAS"),
    "billing.entry": opens(see="FAS"),
    "billing.letterhead": opens(see="FAS", change="FAS"),
    "billing.order": opens(see="FAS", change="FAS"),
    "billing.payment": opens(see="FAS"),
    "billing.providerevent": opens(see="FAS"),
    "billing.refund": opens(see="FAS"),
    "careers.bannedemployer": opens(see="CAS", add="CAS"),
    "careers.creditentry": opens(see="CFAS"),
    "careers.daysentry": opens(see="CFAS"),
    "careers.employerdecision": opens(see="CAS"),
    "careers.employer": opens(see="CFAS", add="CAS", change="CAS"),
    "careers.fellowshipround": opens(see="CAS", add="CAS", change="CAS"),
    "careers.fellowshipoffer": opens(see="CAS"),
    "careers.job": opens(see="CFAS", change="CAS"),
    "careers.jobapplication": opens(see="CAS"),
    "careers.ownerrecovery": opens(see="CAS"),
    "careers.package": opens(see="CFAS", add="CAS", change="CAS", delete="CAS"),
    "careers.profile": opens(see="CAS"),
    "careers.reportedjob": opens(see="CAS"),
    "careers.jobapplicationmessage": opens(see="CAS"),
    "content.body": opens(see="EAS", add="EAS", change="EAS", delete="EAS"),
    "content.category": opens(see="EAS", add="EAS", change="EAS", delete="EAS"),
    "content.contributor": opens(see="EAS", add="EAS", change="EAS", delete="EAS"),
    "content.document": opens(see="EAS", add="EAS", change="EAS"),
    "content.historyyear": opens(see="EAS", add="EAS", change="EAS", delete="EAS"),
    "content.link": opens(see="EAS"),
    "content.meeting": opens(see="EAS", add="EAS", change="EAS", delete="EAS"),
    "content.menu": opens(see="EAS", add="EAS", change="EAS", delete="EAS"),
    "content.newsletter": opens(see="EAS", add="EAS", change="EAS", delete="EAS"),
    "content.officer": opens(see="EAS", add="EAS", change="EAS", delete="EAS"),
    "content.page": opens(see="EAS", add="EAS", change="EAS"),
    "content.picture": opens(see="EAS", add="EAS", change="EAS"),
    "content.question": opens(see="EAS", change="EAS", delete="EAS"),
    "content.redirect": opens(see="EAS", add="EAS", change="EAS", delete="EAS"),
    "content.resource": opens(see="EAS", add="EAS", change="EAS", delete="EAS"),
    "content.resourcetopic": opens(see="EAS", add="EAS", change="EAS", delete="EAS"),
    "content.term": opens(see="EAS", add="EAS", change="EAS", delete="EAS"),
    "content.topic": opens(see="EAS", add="EAS", change="EAS", delete="EAS"),
    "content.answerpromise": opens(see="EAS", change="EAS"),
    "content.bestbet": opens(see="EAS", add="EAS", change="EAS", delete="EAS"),
    "content.synonym": opens(see="EAS", add="EAS", change="EAS", delete="EAS"),
    "content.urgency": opens(see="EAS", add="EAS", change="EAS", delete="EAS"),
    "core.association": opens(see="EFAS", change="EFAS"),
    "core.count": opens(see="AS"),
    "core.hold": opens(see="AS"),
    "core.retention": opens(see="AS", change="AS"),
    "mail.outgoingemail": opens(see="CMAS"),
    "mail.mailingrecipient": opens(see="EMAS"),
    "mail.subscription": opens(see="CMAS"),
    "mail.undeliverableaddress": opens(see="CMAS", add="CMAS"),
    "membership.application": opens(see="MAS"),
    "membership.article": opens(see="JAS", add="JAS", change="JAS", delete="JAS"),
    "membership.articletype": opens(see="MJAS", add="JAS", change="JAS", delete="JAS"),
    "membership.bundle": opens(see="MFAS", add="MAS", change="MAS"),
    "membership.careerstage": opens(see="MAS", add="MAS", change="MAS", delete="MAS"),
    "membership.collection": opens(see="JAS", add="JAS", change="JAS", delete="JAS"),
    "membership.consenttext": opens(see="MAS", add="MAS", change="MAS"),
    "membership.finderquestion": opens(see="MAS", add="MAS", change="MAS", delete="MAS"),
    "membership.directoryentry": opens(see="MAS"),
    "membership.directorymessage": opens(see="MAS"),
    "membership.group": opens(see="MAS", add="MAS", change="MAS"),
    "membership.groupjoinrequest": opens(see="MAS"),
    "membership.groupletter": opens(see="MAS"),
    "membership.issue": opens(see="MJAS", add="JAS", change="JAS", delete="JAS"),
    "membership.memberexport": opens(see="MAS"),
    "membership.memberfilter": opens(see="MAS", add="MAS", change="MAS", delete="MAS"),
    "membership.memberimport": opens(see="MAS"),
    "membership.memberletter": opens(see="MAS", add="MAS", change="MAS", delete="MAS"),
    "membership.memberpaper": opens(see="MAS"),
    "membership.membership": opens(see="MAS", add="MAS", change="MAS"),
    "membership.officesending": opens(see="MAS"),
    "membership.pause": opens(see="MAS"),
    "membership.resignation": opens(see="MAS"),
    "membership.pastterm": opens(see="MAS"),
    "membership.plan": opens(see="MAS", add="MAS", change="MAS", delete="MAS"),
    "membership.practicesetting": opens(see="MAS", add="MAS", change="MAS", delete="MAS"),
    "membership.reminder": opens(see="MAS", add="MAS", change="MAS", delete="MAS"),
    "membership.robotagent": opens(see="JAS", add="JAS", change="JAS", delete="JAS"),
    "membership.subject": opens(see="JAS", add="JAS", change="JAS", delete="JAS"),
    "membership.seatreminder": opens(see="MAS", add="MAS", change="MAS", delete="MAS"),
    "membership.termnotice": opens(see="MAS"),
    "membership.viewing": opens(see="MAS"),
    "mfa.authenticator": opens(see="S"),
    "procrastinate.procrastinatejob": opens(see="S"),
    "usersessions.usersession": opens(see="S"),
}
# What nobody may do, a superuser neither.
NEVER = {verb: {label for label, opened in MODELS.items() if not opened[verb]} for verb in ("add", "change", "delete")}
# The verb that each page of a model takes to read it, and to press its button.
VERBS = {
    "changelist": ("see", "see"),
    "history": ("see", "see"),
    "add": ("add", "add"),
    "change": ("see", "change"),
    "delete": ("delete", "delete"),
}


MODEL_PAGE = re.compile(r"^admin:(?P<app>[a-z]+)_(?P<model>[a-z]+)_(?P<page>changelist|add|change|delete|history)$")


def model_page(route: Route) -> tuple[str, str] | None:
    """The model and the page that a route of the admin is, by the admin's own names; None for other pages."""
    found = MODEL_PAGE.match(route.name)
    if found is None or (found["app"], found["model"]) not in _known():
        return None
    return f"{found['app']}.{found['model']}", found["page"]


def _known() -> set[tuple[str, str]]:
    return {(model._meta.app_label, model._meta.model_name) for model in apps.get_models()}


def model_door(label: str, page: str) -> Door:
    """A page of a model, with one of its rows."""
    to_read, to_press = VERBS[page]
    opened = MODELS[label]
    return Door(_cells(opened[to_read]), _cells(opened[to_press]), lambda world: _row(label, page), label)


def _cells(letters: str) -> Cells:
    return staff(ALLOWED, who=[LETTERS[letter] for letter in letters])


def _row(label: str, page: str) -> dict[str, Any]:
    if page in {"changelist", "add"}:
        return {}
    found = apps.get_model(label)._default_manager.first()
    assert found is not None, f"The world has no {label}."
    return {"object_id": found.pk}


def staff(outcome: Outcome, others: Outcome = 403, who: Iterable[str] = ALL_STAFF) -> Cells:
    """Members of staff; `others` of them get something else; everybody else is asked to sign in as staff."""
    return (
        everyone(STAFF_SIGN_IN)
        | {UNPROVED: "→/accounts/2fa/"}
        | dict.fromkeys(ALL_STAFF, others)
        | dict.fromkeys(who, outcome)
    )


def having(right: str) -> list[str]:
    return [ADMINISTRATOR, *(role for role in STAFF if right in RIGHTS[role])]


def door(get: Cells, post: Cells, sample: Any = lambda world: {}, title: str = "") -> Door:
    return Door(get, post, sample, title)


def row(name: str, **more: Any) -> Any:
    return lambda world: {"object_id": world.rows[name].pk, **more}


def email(world: World) -> dict[str, Any]:
    return {"pk": world.outgoing.pk}


TRASHED = (("page", "draft_page"), ("picture", "picture"), ("document", "document"))
CONTENT_TYPE = {"content_type_id": "0", "object_id": "0"}
ALL = staff(200)
ALLOW = staff(ALLOWED)
# Django's own form, which knows neither limits nor a second factor, is shown to nobody.
SIGN_IN_AS_STAFF = (
    everyone(SIGN_IN)
    | dict.fromkeys(PEOPLE, 403)
    | {UNPROVED: "→/accounts/2fa/"}
    | dict.fromkeys(ALL_STAFF, "→/admin/")
)
OTHERS: Doors = {
    "admin:index": door(ALL, ALL),
    "admin:login": door(SIGN_IN_AS_STAFF, SIGN_IN_AS_STAFF),
    "admin:logout": door(
        everyone("→/admin/") | dict.fromkeys((UNPROVED, *ALL_STAFF), 405),
        everyone("→/admin/") | dict.fromkeys((UNPROVED, *ALL_STAFF), "→/"),
    ),
    "admin:password_change": door(ALLOW, ALLOW),
    "admin:password_change_done": door(ALLOW, staff(405)),
    "admin:autocomplete": door(staff(403), staff(405)),  # without naming a field
    "admin:jsi18n": door(ALL, staff(405)),
    "admin:view_on_site": door(staff(404), staff(404), lambda world: CONTENT_TYPE),
    "admin:app_list": door(
        staff(200, others=404, who=having("content.view_page")),
        staff(200, others=404, who=having("content.view_page")),
        lambda world: {"app_label": "content"},
    ),
    "admin:due": door(staff(200, who=having("core.see_due_work")), staff(200, who=having("core.see_due_work"))),
    "admin:due_hold": door(staff(405), staff("→/admin/due/", who=having("core.see_due_work"))),
    "admin:due_release": door(staff(405), staff("→/admin/due/", who=having("core.see_due_work"))),
    "admin:first_day": door(
        staff(200, who=having("accounts.assign_roles")), staff(200, who=having("accounts.assign_roles"))
    ),
    "admin:first_day_press": door(
        staff(405),
        staff("→/admin/first-day/", who=having("accounts.assign_roles")),
        lambda world: {"name": "mail"},
    ),
    **{
        f"admin:accounts_addresschange_{verb}": door(
            staff(200, who=having("accounts.agree_addresschange")),
            staff(ALLOWED, who=having("accounts.agree_addresschange")),
            row("address_change"),
        )
        for verb in ("agree", "refuse")
    },
    "admin:accounts_accountrecovery_approve": door(
        staff(200, who=having("accounts.approve_accountrecovery")),
        staff(ALLOWED, who=having("accounts.approve_accountrecovery")),
        row("recovery"),
    ),
    "admin:accounts_accountrecovery_stop": door(
        staff(200, who=having("accounts.open_accountrecovery")),
        staff(422, who=having("accounts.open_accountrecovery")),
        row("recovery"),
    ),
    **{
        f"admin:accounts_service_{verb}": door(
            staff(200, who=having("accounts.change_service")),
            staff(outcome, who=having("accounts.change_service")),
            row("service"),
        )
        for verb, outcome in (("new_secret", 200), ("close", ALLOWED))
    },
    "admin:accounts_service_reopen": door(
        staff(200, who=having("accounts.change_service")),
        staff(ALLOWED, who=having("accounts.change_service")),
        row("closed_service"),
    ),
    "admin:accounts_user_recover": door(
        staff(200, who=having("accounts.open_accountrecovery")),
        staff(422, who=having("accounts.open_accountrecovery")),
        lambda world: {"object_id": world.colleague.user_id},
    ),
    "admin:careers_employer_invite_owner": door(  # it has a team
        staff(ALLOWED, who=having("careers.open_ownerrecovery")),
        staff(ALLOWED, who=having("careers.open_ownerrecovery")),
        row("employer"),
    ),
    "admin:careers_employer_name_owner": door(
        staff(200, who=having("careers.open_ownerrecovery")),
        staff(422, who=having("careers.open_ownerrecovery")),
        row("employer"),
    ),
    **{
        f"admin:careers_reportedjob_{verb}": door(
            staff(200, who=having("careers.view_reportedjob")),
            staff(outcome, who=having("careers.view_reportedjob")),
            row("reported"),
        )
        for verb, outcome in (("keep", ALLOWED), ("take_down", 422))
    },
    **{
        f"admin:careers_jobapplicationmessage_{verb}": door(
            staff(200, who=having("careers.settle_jobapplicationmessage")),
            staff(ALLOWED, who=having("careers.settle_jobapplicationmessage")),
            row("said"),
        )
        for verb in ("keep", "remove")
    },
    "admin:careers_profile_read": door(
        staff(200, who=having("careers.view_profile")),
        staff(200, who=having("careers.view_profile")),
        row("profile"),
    ),
    "admin:careers_profile_hide": door(
        staff(200, who=having("careers.hide_profile")),
        staff(422, who=having("careers.hide_profile")),
        row("profile"),
    ),
    "admin:careers_profile_show": door(
        staff(ALLOWED, who=having("careers.hide_profile")),
        staff(ALLOWED, who=having("careers.hide_profile")),
        row("profile"),
    ),
    "admin:careers_bannedemployer_lift": door(
        staff(200, who=having("careers.lift_bannedemployer")),
        staff(422, who=having("careers.lift_bannedemployer")),
        row("banned"),
    ),
    "admin:careers_ownerrecovery_stop": door(
        staff(200, who=having("careers.open_ownerrecovery")),
        staff(422, who=having("careers.open_ownerrecovery")),
        row("new_owner"),
    ),
    "admin:mail_outgoingemail_html": door(
        staff(200, who=having("mail.view_outgoingemail")), staff(200, who=having("mail.view_outgoingemail")), email
    ),
    "admin:mail_outgoingemail_resend": door(
        staff(200, who=having("mail.resend_outgoingemail")),
        staff(ALLOWED, who=having("mail.resend_outgoingemail")),
        row("outgoing"),
    ),
    "admin:mail_outgoingemail_readdress": door(
        staff(ALLOWED, who=having("mail.resend_outgoingemail")),
        staff(ALLOWED, who=having("mail.resend_outgoingemail")),
        row("outgoing"),
    ),
    "admin:mail_undeliverableaddress_lift": door(
        staff(200, who=having("mail.lift_undeliverableaddress")),
        staff(422, who=having("mail.lift_undeliverableaddress")),
        row("mark"),
    ),
    "admin:careers_employer_let_search": door(
        staff(200, who=having("careers.give_profileaccess")),
        staff(422, who=having("careers.give_profileaccess")),
        row("employer"),
    ),
    "admin:careers_employer_end_search": door(
        staff(200, who=having("careers.give_profileaccess")),
        staff(422, who=having("careers.give_profileaccess")),
        row("employer"),
    ),
    **{
        f"admin:careers_employer_{verb}": door(
            staff(200, who=having("careers.change_employer")),
            staff(422, who=having("careers.change_employer")),
            row("employer"),
        )
        for verb in ("verify", "unverify", "trust", "end_trust", "close", "reopen")
    },
    "admin:accounts_user_invite": door(
        staff(200, who=having("accounts.assign_roles")), staff(422, who=having("accounts.assign_roles"))
    ),
    "admin:accounts_user_invite_again": door(
        staff(200, who=having("accounts.assign_roles")),
        staff(ALLOWED, who=having("accounts.assign_roles")),
        lambda world: {"object_id": world.users[ADMINISTRATOR].pk},
    ),
    "admin:content_newsletter_digest": door(staff(405), staff(ALLOWED, who=having("content.add_newsletter"))),
    **{
        f"admin:content_newsletter_{page}": door(
            staff(200, who=having("content.view_newsletter")),
            staff(200, who=having("content.view_newsletter")),
            row("newsletter"),
        )
        for page in ("preview", "html")
    },
    **{
        f"admin:content_newsletter_{verb}": door(
            staff(outcome, who=having(f"content.{right}")),
            staff(ALLOWED, who=having(f"content.{right}")),
            row("newsletter"),
        )
        for verb, right, outcome in (
            ("gather", "change_newsletter", 200),
            ("send", "send_newsletter", 200),
            ("send_test", "send_newsletter", 200),
            ("agree", "agree_newsletter", ALLOWED),
            ("go_on", "send_newsletter", ALLOWED),
        )
    },
    "admin:content_newsletter_decide": door(
        staff(ALLOWED, who=having("content.agree_newsletter")),
        staff(ALLOWED, who=having("content.agree_newsletter")),
        row("newsletter", verb="return"),
    ),
    "admin:content_page_preview": door(
        staff(200, who=having("content.view_page")), staff(200, who=having("content.view_page")), row("draft_page")
    ),
    "admin:content_page_export": door(
        staff(200, who=having("content.view_page")), staff(200, who=having("content.view_page"))
    ),
    "admin:content_page_versions": door(
        staff(200, who=having("content.view_page")), staff(200, who=having("content.view_page")), row("page")
    ),
    "admin:content_page_compare": door(
        staff(ALLOWED, who=having("content.view_page")), staff(ALLOWED, who=having("content.view_page")), row("page")
    ),
    "admin:content_page_restore": door(
        staff(200, who=having("content.change_page")),
        staff(422, who=having("content.change_page")),
        row("page", number=1),
    ),
    "admin:content_page_reschedule": door(
        staff(ALLOWED, who=having("content.publish_page")),
        staff(ALLOWED, who=having("content.publish_page")),
        row("page"),
    ),
    "admin:content_page_prepared": door(
        staff(200, who=having("content.view_page")), staff(200, who=having("content.view_page")), row("prepared_change")
    ),
    **{
        f"admin:content_page_{verb}": door(
            staff(200, who=having(f"content.{right}_page")),
            staff(422, who=having(f"content.{right}_page")),
            row("prepared_change"),
        )
        for verb, right in (
            ("publish_change", "publish"),
            ("bring_up", "change"),
            ("schedule_change", "publish"),
            ("unschedule_change", "publish"),
        )
    },
    "admin:content_page_discard_change": door(
        staff(200, who=having("content.change_page")),
        staff(ALLOWED, who=having("content.change_page")),
        row("prepared_change"),
    ),
    "admin:content_page_see_to_import": door(
        staff(200, who=having("content.change_page")), staff(ALLOWED, who=having("content.change_page")), row("page")
    ),
    "admin:content_page_links": door(
        staff(200, who=having("content.change_page")), staff(422, who=having("content.change_page")), row("page")
    ),
    "admin:content_page_editing": door(
        staff(405, others=405), staff(200, who=having("content.change_page")), row("page")
    ),
    **{
        f"admin:content_{name}_choose": door(staff(200, who=having(f"content.view_{name}")), staff(405))
        for name in ("page", "picture", "document")
    },
    **{
        f"admin:content_{name}_upload": door(staff(405), staff(422, who=having(f"content.add_{name}")))
        for name in ("picture", "document")
    },
    **{
        f"admin:content_{name}_trash": door(
            staff(200, who=having(f"content.delete_{name}")),
            staff(ALLOWED, who=having(f"content.delete_{name}")),
            row(at),
        )
        for name, at in TRASHED
    },
    **{
        f"admin:content_{name}_{verb}": door(
            staff(200, who=having(f"content.delete_{name}")), staff(422, who=having(f"content.delete_{name}")), row(at)
        )
        for name, at in TRASHED
        for verb in ("put_back", "delete_for_good")
    },
    **{
        f"admin:content_{name}_undo": door(staff(405, others=405), staff(ALLOWED, who=having(f"content.delete_{name}")))
        for name, _ in TRASHED
    },
    "admin:content_page_decide": door(
        staff(200, who=having("content.publish_page")),
        staff(ALLOWED, who=having("content.publish_page")),
        row("draft_page", verb="publish"),
    ),
    "admin:content_meeting_decide": door(
        staff(200, who=having("content.publish_meeting")),
        staff(ALLOWED, who=having("content.publish_meeting")),
        row("draft_meeting", verb="publish"),
    ),
    "admin:content_meeting_preview": door(
        staff(200, who=having("content.view_meeting")),
        staff(200, who=having("content.view_meeting")),
        row("draft_meeting"),
    ),
    "admin:content_question_decide": door(
        staff(200, who=having("content.decide_question")),
        staff(ALLOWED, who=having("content.decide_question")),
        row("question", verb="answer"),
    ),
    "admin:content_question_answer": door(
        staff("→/admin/content/question/", who=having("content.decide_question")),
        staff(422, who=having("content.decide_question")),
        row("question"),
    ),
    "admin:content_question_draft": door(
        staff(405, who=having("content.decide_question")),
        staff(200, who=having("content.decide_question")),
        row("question"),
    ),
    "admin:content_question_public_answer": door(
        staff(200, who=having("content.decide_question")),
        staff(409, who=having("content.decide_question")),
        row("question"),
    ),
    **{
        f"admin:billing_{name}": door(
            staff(200, who=having(f"billing.{right}")), staff(200, who=having(f"billing.{right}"))
        )
        for name, right in (
            ("aging", "view_order"),
            ("aging_file", "view_order"),
            ("orders_file", "view_order"),
            ("ledger", "see_reports"),
            ("ledger_entries", "see_reports"),
            ("ledger_report", "see_reports"),
            ("letterhead_sample", "view_letterhead"),
        )
    },
    "admin:billing_customer_statement": door(
        staff(200, who=having("billing.view_customer")),
        staff(200, who=having("billing.view_customer")),
        row("customer"),
    ),
    "admin:billing_customer_place": door(
        staff(200, who=having("billing.add_order")), staff(422, who=having("billing.add_order")), row("customer")
    ),
    "admin:billing_order_document": door(
        staff(200, who=having("billing.view_order")),
        staff(200, who=having("billing.view_order")),
        lambda world: {"object_id": world.order.pk, "kind": "invoice", "paper": world.order.invoice.pk},
    ),
    "admin:billing_order_record_payment": door(
        staff(200, who=having("billing.record_payment")), staff(422, who=having("billing.record_payment")), row("order")
    ),
    "admin:billing_order_take_back": door(
        staff(200, who=having("billing.refund_order")), staff(422, who=having("billing.refund_order")), row("order")
    ),
    **{
        f"admin:billing_{name}": door(
            staff(ALLOWED, who=having(f"billing.{right}")), staff(ALLOWED, who=having(f"billing.{right}")), row(subject)
        )
        for name, right, subject in (
            ("order_send_back", "refund_order", "paid_order"),
            ("order_use_elsewhere", "refund_order", "paid_order"),
            ("order_ask_card", "record_payment", "order"),
            ("order_send_again", "record_payment", "order"),
            ("payment_came_back", "record_payment", "payment"),
            ("payment_mistake", "record_payment", "payment"),
            ("refund_by_hand", "refund_order", "refund"),
        )
    },
    "admin:billing_order_decide": door(
        staff(200, who=having("billing.cancel_order")),
        staff(ALLOWED, who=having("billing.cancel_order")),
        row("order", verb="cancel"),
    ),
    "admin:billing_refund_decide": door(
        staff(200, who=having("billing.refund_order")),
        staff(ALLOWED, who=having("billing.refund_order")),
        row("refund", verb="retry"),
    ),
    "admin:billing_providerevent_seen_to": door(
        staff(200, who=having("billing.record_payment")),
        staff(ALLOWED, who=having("billing.record_payment")),
        row("provider_event"),
    ),
    "admin:careers_employer_order": door(
        staff(ALLOWED, who=having("billing.add_order")),
        staff(ALLOWED, who=having("billing.add_order")),
        row("employer"),
    ),
    "admin:careers_employer_give": door(
        staff(200, who=having("careers.give_credits")), staff(200, who=having("careers.give_credits")), row("employer")
    ),
    "admin:careers_employer_give_days": door(
        staff(200, who=having("careers.give_credits")), staff(200, who=having("careers.give_credits")), row("employer")
    ),
    "admin:careers_package_confirm_price": door(
        staff(ALLOWED, who=having("careers.change_package")),
        staff(ALLOWED, who=having("careers.change_package")),
        row("package"),
    ),
    **{
        f"admin:membership_membership_{verb}": door(
            staff(200, who=having("membership.change_membership")),
            staff(422, who=having("membership.change_membership")),
            row("membership"),
        )
        for verb in (
            "close",
            "reopen",
            "record_term",
            "change_category",
            "end_term",
            "void_term",
            "decline_pause",
            "record_pause",
            "record_resignation",
            "send_receipt",
            "forget_office",
            "make_card",
            "make_letter",
            "stop_automatic_renewal",
            "note",
            "record_death",
            "grant_honor",
            "take_back_honor",
        )
    },
    **{
        f"admin:membership_bundle_{verb}": door(
            staff(200, who=having("membership.change_bundle")),
            staff(422, who=having("membership.change_bundle")),
            row("bundle"),
        )
        for verb in ("ask_administrator", "take_off", "end_seats", "void_seats", "hold", "release")
    },
    "admin:membership_bundle_order_seats": door(
        staff(ALLOWED, who=having("billing.add_order")),
        staff(ALLOWED, who=having("billing.add_order")),
        row("bundle"),
    ),
    "admin:membership_membership_take_back_death": door(
        staff(200, who=having("membership.change_membership")),
        staff(422, who=having("membership.change_membership")),
        row("membership"),
    ),
    "admin:membership_directoryentry_hide": door(
        staff(200, who=having("membership.hide_directoryentry")),
        staff(422, who=having("membership.hide_directoryentry")),
        row("directory_entry"),
    ),
    "admin:membership_directoryentry_show": door(
        staff(ALLOWED, who=having("membership.hide_directoryentry")),
        staff(ALLOWED, who=having("membership.hide_directoryentry")),
        row("directory_entry"),
    ),
    **{
        f"admin:membership_directorymessage_{verb}": door(
            staff(200, who=having("membership.decide_directorymessage")),
            staff(ALLOWED, who=having("membership.decide_directorymessage")),
            row("directory_message"),
        )
        for verb in ("bar", "let_be")
    },
    **{
        f"admin:membership_membership_{verb}": door(
            staff(ALLOWED, who=having("membership.change_membership")),
            staff(ALLOWED, who=having("membership.change_membership")),
            row("membership"),
        )
        for verb in ("grant_pause", "end_pause", "take_back_pause", "take_back_resignation")
    },
    "admin:membership_membership_view_as": door(
        staff(200, who=having("membership.view_as_member")),
        staff(422, who=having("membership.view_as_member")),
        row("membership"),
    ),
    "admin:membership_membership_merge": door(
        staff(200, who=having("membership.merge_members")),
        staff(422, who=having("membership.merge_members")),
        row("membership"),
    ),
    **{
        f"admin:membership_group_{verb}": door(
            staff(200, who=having("membership.change_group")),
            staff(422, who=having("membership.change_group")),
            row("group"),
        )
        for verb in ("close", "reopen", "appoint_chair", "dismiss_chair")
    },
    "admin:membership_groupletter_stop": door(
        staff(200, who=having("membership.change_group")),
        staff(422, who=having("membership.change_group")),
        row("group_letter"),
    ),
    "admin:membership_groupjoinrequest_accept": door(
        staff(200, who=having("membership.change_group")),
        staff(ALLOWED, who=having("membership.change_group")),
        row("join_request"),
    ),
    "admin:membership_groupjoinrequest_decline": door(
        staff(200, who=having("membership.change_group")),
        staff(422, who=having("membership.change_group")),
        row("join_request"),
    ),
    "admin:membership_memberpaper_pdf": door(
        staff(200, who=having("membership.view_memberpaper")),
        staff(200, who=having("membership.view_memberpaper")),
        lambda world: {"number": world.member_card.pk},
    ),
    "admin:membership_seatreminder_preview": door(
        staff(200, who=having("membership.view_seatreminder")),
        staff(200, who=having("membership.view_seatreminder")),
        row("seat_reminder"),
    ),
    "admin:membership_reminder_preview": door(
        staff(200, who=having("membership.view_reminder")),
        staff(200, who=having("membership.view_reminder")),
        row("reminder"),
    ),
    "admin:membership_membership_export": door(
        staff(200, who=having("membership.export_members")), staff(422, who=having("membership.export_members"))
    ),
    "admin:membership_memberletter_preview": door(
        staff(200, who=having("membership.view_memberletter")),
        staff(200, who=having("membership.view_memberletter")),
        row("member_letter"),
    ),
    **{
        f"admin:membership_memberletter_{verb}": door(
            staff(outcome, who=having(f"membership.{right}")),
            staff(pressed, who=having(f"membership.{right}")),
            row("member_letter"),
        )
        for verb, right, outcome, pressed in (
            ("send", "send_memberletter", 200, ALLOWED),
            ("send_test", "send_memberletter", 200, ALLOWED),
            ("agree", "agree_memberletter", ALLOWED, ALLOWED),
            ("go_on", "send_memberletter", ALLOWED, ALLOWED),
        )
    },
    "admin:membership_memberletter_decide": door(
        staff(ALLOWED, who=having("membership.agree_memberletter")),
        staff(ALLOWED, who=having("membership.agree_memberletter")),
        row("member_letter", verb="return"),
    ),
    "admin:membership_memberimport_upload": door(
        staff(200, who=having("membership.import_members")), staff(422, who=having("membership.import_members"))
    ),
    "admin:membership_memberimport_template": door(
        staff(200, who=having("membership.import_members")), staff(200, who=having("membership.import_members"))
    ),
    "admin:membership_memberimport_columns": door(
        staff(200, who=having("membership.import_members")),
        staff(422, who=having("membership.import_members")),
        lambda world: {"number": world.member_import.pk},
    ),
    "admin:membership_memberimport_wrong_lines": door(
        staff(200, who=having("membership.import_members")),
        staff(200, who=having("membership.import_members")),
        lambda world: {"number": world.member_import.pk},
    ),
    "admin:membership_memberimport_apply": door(
        staff(200, who=having("membership.import_members")),
        staff(ALLOWED, who=having("membership.import_members")),
        row("member_import"),
    ),
    "admin:membership_plan_confirm_dues": door(
        staff(ALLOWED, who=having("membership.change_plan")),
        staff(ALLOWED, who=having("membership.change_plan")),
        row("plan"),
    ),
    "admin:careers_fellowshipoffer_decide": door(
        staff(200, who=having("careers.decide_fellowshipoffer")),
        staff(ALLOWED, who=having("careers.decide_fellowshipoffer")),
        lambda world: {"object_id": world.offer.pk, "verb": "approve"},
    ),
    "admin:careers_figures": door(
        staff(200, who=having("careers.change_job")), staff(200, who=having("careers.change_job"))
    ),
    "admin:membership_reports": door(
        staff(200, who=having("membership.see_member_reports")), staff(200, who=having("membership.see_member_reports"))
    ),
    **{
        f"admin:membership_{name}": door(
            staff(200, who=having("membership.see_member_reports")),
            staff(200, who=having("membership.see_member_reports")),
            lambda world: {"slug": "retention"},
        )
        for name in ("report", "report_file")
    },
    **{
        f"admin:journal_{name}": door(
            staff(200, who=having("membership.see_journal_usage")),
            staff(200, who=having("membership.see_journal_usage")),
        )
        for name in ("reports", "counter", "counter_file")
    },
    **{
        f"admin:journal_{name}": door(
            staff(200, who=having("membership.see_journal_usage")),
            staff(200, who=having("membership.see_journal_usage")),
            lambda world: {"slug": "articles"},
        )
        for name in ("report", "report_file")
    },
    "admin:careers_reports": door(
        staff(200, who=having("careers.see_career_reports")), staff(200, who=having("careers.see_career_reports"))
    ),
    **{
        f"admin:careers_{name}": door(
            staff(200, who=having("careers.see_career_reports")),
            staff(200, who=having("careers.see_career_reports")),
            lambda world: {"slug": "revenue"},
        )
        for name in ("report", "report_file")
    },
    "admin:careers_desk": door(
        staff(ALLOWED, who=having("careers.approve_job")), staff(ALLOWED, who=having("careers.approve_job"))
    ),
    "admin:careers_desk_trusted": door(
        staff(200, who=having("careers.approve_job")), staff(422, who=having("careers.approve_job"))
    ),
    "admin:careers_desk_job": door(
        staff(200, who=having("careers.approve_job")),
        staff(200, who=having("careers.approve_job")),
        lambda world: {"number": world.job_in_review.pk},
    ),
    **{
        f"admin:careers_job_desk_{verb}": door(
            staff(ALLOWED, who=having("careers.approve_job")),
            staff(outcome, who=having("careers.approve_job")),
            row("job_in_review"),
        )
        for verb, outcome in (("approve", ALLOWED), ("return", 422), ("comment", 422))
    },
    "admin:careers_job_mark_read": door(
        staff(200, who=having("careers.approve_job")),
        staff(422, who=having("careers.approve_job")),
        row("job_in_review"),
    ),
    "admin:careers_job_decide": door(
        staff(200, who=having("careers.approve_job")),
        staff(ALLOWED, who=having("careers.approve_job")),
        row("job_in_review", verb="approve"),
    ),
    "admin:membership_application_decide": door(
        staff(200, who=having("membership.decide_application")),
        staff(ALLOWED, who=having("membership.decide_application")),
        row("application", verb="approve"),
    ),
    "admin:membership_desk": door(
        staff(ALLOWED, who=having("membership.decide_application")),
        staff(ALLOWED, who=having("membership.decide_application")),
    ),
    "admin:membership_desk_application": door(
        staff(ALLOWED, who=having("membership.decide_application")),
        staff(ALLOWED, who=having("membership.decide_application")),
        lambda world: {"number": world.application.pk},
    ),
    **{
        f"admin:membership_application_desk_{verb}": door(
            staff(ALLOWED, who=having("membership.decide_application")),
            staff(ALLOWED, who=having("membership.decide_application")),
            row("application"),
        )
        for verb in ("approve", "ask", "decline")
    },
    **{
        f"admin:membership_issue_{verb}": door(
            staff(200, who=having("membership.change_issue")),
            staff(422, who=having("membership.change_issue")),
            row("issue"),
        )
        for verb in ("correct_day", "cover")
    },
    "admin:membership_issue_put_together": door(
        staff(200, who=having("membership.change_issue")),
        staff(ALLOWED, who=having("membership.change_issue")),
        row("issue"),
    ),
    **{
        f"admin:membership_issue_{verb}": door(
            staff(ALLOWED, who=having("membership.change_issue")),
            staff(ALLOWED, who=having("membership.change_issue")),
            row("issue"),
        )
        for verb in ("schedule", "publish", "hold", "remove_cover")
    },
    "admin:membership_collection_picture": door(
        staff(200, who=having("membership.change_collection")),
        staff(422, who=having("membership.change_collection")),
        row("collection"),
    ),
    "admin:membership_collection_remove_picture": door(
        staff(ALLOWED, who=having("membership.change_collection")),
        staff(ALLOWED, who=having("membership.change_collection")),
        row("collection"),
    ),
    **{
        f"admin:membership_article_{verb}": door(
            staff(200, who=having("membership.change_article")),
            staff(422, who=having("membership.change_article")),
            row("article"),
        )
        for verb in ("tie_notice", "untie_notice")
    },
    "admin:membership_article_retracted": door(
        staff(200, who=having("membership.add_article")), staff(422, who=having("membership.add_article"))
    ),
    "admin:membership_article_sample": door(
        staff(404, who=having("membership.add_article")),
        staff(404, who=having("membership.add_article")),
        lambda world: {"name": "no-such-sample.zip"},
    ),
    "admin:membership_article_import": door(
        staff(200, who=having("membership.add_article")), staff(422, who=having("membership.add_article"))
    ),
    "admin:membership_what_if": door(
        staff(200, who=having("membership.view_membership")),
        staff(200, who=having("membership.view_membership")),
        row("membership"),
    ),
    "admin:membership_why": door(
        staff(200, who=having("membership.see_access_decision")),
        staff(200, who=having("membership.see_access_decision")),
    ),
    # The rest of /admin/: an address that is not there, or one without its last slash.
    "admin:django.contrib.admin.sites.catch_all_view": door(
        staff(404), staff(404), lambda world: {"url": "nothing/here"}
    ),
}
# `…/<number>/` leads to `…/<number>/change/`, for every model alike; the pattern has no name.
SHORT = "admin:django.views.generic.base.view"
