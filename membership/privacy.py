"""A person's membership, for the export of their data and its erasure."""

from typing import Any
from uuid import uuid4

from django.apps import apps
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.core.files import private
from aapm_site.core.files.removal import remove_after_commit
from aapm_site.core.privacy import PersonalData
from aapm_site.mail.models import OutgoingEmail

from .domain import directory
from .domain.automatic_stops import stop
from .models import (
    Application,
    ApplicationDraft,
    AutomaticRenewal,
    BundleAdministrator,
    BundleSeat,
    DirectoryEntry,
    DirectoryMessage,
    FormerNumber,
    GroupLetter,
    Honor,
    ImportedLine,
    LatinName,
    Membership,
    OfficeAddress,
    PastTerm,
    SavedArticle,
    Term,
    Viewing,
)
from .rules import ONE_DAY
from .states import StopReason


def export(user: User) -> dict[str, Any]:
    """The membership with its terms and groups, every application with its history, and the saved articles."""
    membership = Membership.objects.filter(user=user).select_related("career_stage", "practice_setting").first()
    applications = Application.objects.for_user(user).select_related("plan", "profession", "specialty", "career_stage")
    return {
        "membership": _membership(membership) if membership else None,
        "applications": [_application(application) for application in applications],
        "directory": directory_of(user),
        "application_that_is_begun": [_draft(draft) for draft in _drafts(user)],
        "saved_articles": [
            {"article": saved.article.title, "at": saved.saved_at, "note": saved.note}
            for saved in SavedArticle.objects.for_user(user).select_related("article")
        ],
        "seats_from_institutions": [
            {
                "institution": seat.bundle.name,
                "address": seat.email,
                "name_as_written": seat.name,
                "invited": seat.invited_at,
                "said_yes": seat.accepted_at,
                "to_the_words_of": seat.consent,
                "said_no": seat.declined_at,
                "ended": seat.ended_at,
            }
            for seat in _seats(user).select_related("bundle")
        ],
        "institutions_looked_after": [
            {"institution": one.bundle.name, "address": one.email, "asked": one.invited_at, "said_yes": one.accepted_at}
            for one in _administrations(user).select_related("bundle")
        ],
        "looks_as_you": [
            {
                "by": str(look.viewer or ""),
                "why": look.reason,
                "pages": [{"at": page.at, "method": page.method, "page": page.path} for page in look.pages.all()],
            }
            for look in Viewing.objects.filter(person=user).select_related("viewer").prefetch_related("pages")
        ],
        "letters_written_to_groups": [
            {"group": letter.group.name, "at": letter.written_at, "subject": letter.subject, "text": letter.text}
            for letter in GroupLetter.objects.filter(by=user).select_related("group")
        ],
        "lines_of_imported_lists": [
            {"list": line.member_import.name, "at": line.member_import.uploaded_at, "line": line.cells}
            for line in _lines(user).select_related("member_import")
        ],
    }


def directory_of(user: User) -> dict[str, Any]:
    """The person's entry, what was written to them through it, and what they wrote to others."""
    entry = DirectoryEntry.objects.for_user(user).with_person().first()
    return {
        "entry": _entry(entry) if entry else None,
        "messages_to_you": [
            {
                **{"at": one.sent_at, "from": one.name, "address": one.email, "text": one.text},
                **{"reported_at": one.reported_at, "reported_as": one.get_report_reason_display()},
                "what_you_said_of_it": one.report_note,
            }
            for one in DirectoryMessage.objects.for_user(user)
        ],
        "messages_by_you": [
            {"written_at": one.created_at, "sent_at": one.sent_at, "name": one.name, "text": one.text}
            for one in _written_by(user)
        ],
    }


def _written_by(user: User) -> QuerySet[DirectoryMessage]:
    return DirectoryMessage.objects.filter(email=user.email.lower()) if user.email else DirectoryMessage.objects.none()


def _entry(entry: DirectoryEntry) -> dict[str, Any]:
    return {
        "practice": entry.practice,
        "where": entry.place_text,
        "telephone": entry.telephone,
        "web_page": entry.website,
        "languages": entry.languages,
        "takes_new_patients": entry.takes_new_patients,
        "takes_referrals": entry.takes_referrals,
        "in_find_a_clinician": entry.for_public,
        "shown_to_everybody": entry.public_parts,
        "in_the_members_directory": entry.for_members,
        "shown_to_members": entry.members_parts,
        "created_at": entry.created_at,
        "changed_at": entry.updated_at,
        "hidden_since": entry.hidden_at,
        "why_it_is_hidden": entry.hidden_reason,
    }


def _drafts(user: User) -> QuerySet[ApplicationDraft]:
    return ApplicationDraft.objects.for_user(user).select_related("plan").prefetch_related("papers")


def _draft(draft: ApplicationDraft) -> dict[str, Any]:
    return {
        "category": draft.plan.name,
        "begun_at": draft.begun_at,
        "changed_at": draft.changed_at,
        "typed": draft.fields,
        "papers": [paper.name for paper in draft.papers.all()],
    }


def _lines(user: User) -> QuerySet[ImportedLine]:
    """What lists said of the person: found as such, or by the address."""
    found = Q(person=user.pk)
    return ImportedLine.objects.filter(found | Q(email=user.email) if user.email else found)


def _seats(user: User) -> QuerySet[BundleSeat]:
    """On the lists of institutions, by the person or by the address."""
    found = Q(user=user)
    return BundleSeat.objects.filter(found | Q(email__iexact=user.email) if user.email else found)


def _administrations(user: User) -> QuerySet[BundleAdministrator]:
    found = Q(user=user)
    return BundleAdministrator.objects.filter(found | Q(email__iexact=user.email) if user.email else found)


def _membership(membership: Membership) -> dict[str, Any]:
    return {
        "number": membership.number,
        "former_numbers": [former.number for former in membership.former_numbers.all()],
        "joined_on": membership.joined_on,
        "closed_at": membership.closed_at,
        "died_on": membership.deceased_on,
        "notes": [{"at": note.at, "text": note.text} for note in membership.notes.all()],
        "career_stage": str(membership.career_stage or ""),
        "practice_setting": str(membership.practice_setting or ""),
        "state": membership.get_state_code_display(),
        "training_ends_on": membership.training_ends_on,
        "next_category": str(membership.next_plan or ""),
        "automatic_renewals": [
            {
                "agreed_to": row.consent_text,
                "version": row.consent_version,
                "agreed_at": row.agreed_at,
                "began_at": row.confirmed_at,
                "stopped_at": row.stopped_at,
                "why_it_stopped": row.get_stopped_why_display(),
                "announced": list(row.announced.values("price", "currency", "told_on", "told_again_on")),
            }
            for row in membership.automatic_renewals.all()
        ],
        "terms": [
            {
                "category": term.plan.name,
                "from": term.starts_on,
                "to": term.ends_on,
                "days_of_grace": term.grace_days,
                "how_it_came": term.get_source_display(),
                "why_it_was_given": term.note,
                "was_to_end": term.was_to,
                "taken_back": term.void_at,
                "why_it_was_taken_back": term.void_reason,
            }
            for term in membership.terms.all()
        ],
        "name_in_latin_letters": LatinName.objects.filter(membership=membership).values_list("name", flat=True).first(),
        "cards_and_letters": [
            {
                "what": paper.get_kind_display(),
                "made_on": paper.made_on,
                "name": paper.name,
                "category": paper.category,
                "member_until": paper.member_until,
                "code": paper.code,
                "code_answers_until": paper.ends_on,
                "replaced": paper.replaced_at,
            }
            for paper in membership.papers.all()
        ],
        "office": _office(membership),
        "receipts_sent_to_the_office": [
            {"receipt": sent.payment.number, "to": sent.email, "at": sent.at}
            for sent in membership.office_sendings.select_related("payment")
        ],
        "resignations": [
            {
                "from_when": one.get_when_display(),
                "last_day": one.last_day,
                "reason": one.reason,
                "resigned": one.asked_at,
                "taken_back": one.withdrawn_at,
            }
            for one in membership.resignations.all()
        ],
        "pauses": [
            {
                "reason": one.get_reason_display(),
                "note": one.note,
                "from": one.starts_on,
                "back_on": one.back_on,
                "was_to_be_back_on": one.was_back_on,
                "asked_for": one.asked_at,
                "granted": one.granted_at,
                "declined": one.declined_at,
                "why_it_was_declined": one.answer,
                "taken_back": one.cancelled_at,
            }
            for one in membership.pauses.all()
        ],
        "honors": [
            {
                "decided_by": honor.decided_by,
                "reason": honor.reason,
                "recorded": honor.granted_at,
                "taken_back": honor.taken_back_at,
                "why_it_was_taken_back": honor.why_taken_back,
            }
            for honor in Honor.objects.filter(term__membership=membership)
        ],
        "groups": [
            {"group": row.group.name, "joined_on": row.joined_on, "leads_it_since": row.chair_since}
            for row in membership.group_members.select_related("group")
        ],
        "asks_to_join": [
            {"group": one.group.name, "at": one.asked_at, "message": one.message}
            for one in membership.join_requests.select_related("group")
        ],
    }


def _office(membership: Membership) -> dict[str, Any] | None:
    found = OfficeAddress.objects.filter(membership=membership).first()
    if found is None:
        return None
    return {"email": found.email, "asked": found.asked_at, "confirmed": found.confirmed_at}


def _application(application: Application) -> dict[str, Any]:
    return {
        "category": application.plan.name,
        "status": application.get_status_display(),
        "submitted_at": application.submitted_at,
        "decided_at": application.decided_at,
        "name": application.full_name,
        "degrees": application.degrees,
        "profession": str(application.profession),
        "specialty": str(application.specialty or ""),
        "career_stage": str(application.career_stage),
        "state": application.get_state_code_display(),
        "workplace": application.workplace,
        "training": application.training,
        "training_ends_on": application.training_ends_on,
        "license": application.license,
        "remarks": application.remarks,
        "papers": [paper.name for paper in application.papers.all()],
        "agreed_to": [
            {"version": str(one.version), "text": one.version.text, "at": one.at}
            for one in application.consents.select_related("version__consent")
        ],
        "history": [
            {"at": change.at, "to": change.to_status, "reason": change.reason}
            for change in application.status_changes.all()
        ],
    }


@transaction.atomic
def erase(user: User) -> None:
    """Forget the membership, the applications with their papers and files, and the history of both.

    The terms stay without a name, for the counts of past years: nothing in them leads to the person.
    """
    for application in Application.objects.for_user(user).prefetch_related("papers"):
        for paper in application.papers.all():
            remove_after_commit(private.NAME, [str(paper.file.name)])
        application.delete()
    for draft in _drafts(user):
        remove_after_commit(private.NAME, [str(paper.file.name) for paper in draft.papers.all()])
        draft.delete()
    for automatic in AutomaticRenewal.objects.filter(membership__user=user).select_related("card"):
        stop(automatic, StopReason.CLOSED)
    _lines(user).delete()
    _seats(user).delete()
    _administrations(user).delete()
    SavedArticle.objects.for_user(user).delete()
    _forget_directory(user)
    Viewing.objects.filter(person=user).delete()
    GroupLetter.objects.filter(by=user, mailing=None).delete()  # what was sent stays with its group, without a name
    GroupLetter.objects.filter(by=user).update(by=None)
    memberships = list(Membership.objects.filter(user=user).values_list("pk", flat=True))
    memberships += FormerNumber.objects.filter(membership__in=memberships).values_list("record", flat=True)
    _keep_terms(user)
    Membership.objects.filter(pk__in=memberships).delete()
    apps.get_model("membership", "TermEvent").objects.filter(membership_id__in=memberships).delete()
    apps.get_model("membership", "MembershipEvent").objects.filter(pgh_obj_id__in=memberships).delete()


def _forget_directory(user: User) -> None:
    """The entry with what was written to it, what the person wrote to others, and the letters with their address."""
    DirectoryEntry.objects.for_user(user).delete()
    if user.email:
        # A bar stays, without the words: an account that goes is no way around it.
        _written_by(user).filter(is_barred=True).update(text="", name="", report_note="")
        _written_by(user).filter(is_barred=False).delete()
        OutgoingEmail.objects.filter(kind=f"{directory.KIND}.message", reply_to__iexact=user.email).delete()


def _keep_terms(user: User) -> None:
    """Those that counted until yesterday, under a key drawn by chance, which only says that they were one person's.

    Who is forgotten is a member no longer: a term that runs ends yesterday, and what was ahead of it never came.
    """
    member, yesterday = uuid4(), timezone.localdate() - ONE_DAY
    begun = Term.objects.valid().filter(membership__user=user, starts_on__lte=yesterday)
    PastTerm.objects.bulk_create(
        PastTerm(
            member=member,
            plan=term.plan,
            starts_on=term.starts_on,
            ends_on=min(term.ends_on, yesterday),
            grace_days=max(min(term.grace_days, (yesterday - term.ends_on).days), 0),
            source=term.source,
            state_code=term.membership.state_code,
            career_stage_id=term.membership.career_stage_id,
        )
        for term in begun.select_related("membership", "plan")
    )


MEMBERSHIP = PersonalData(
    "membership",
    (
        "membership.Membership",
        "membership.MembershipEvent",
        "membership.Term",
        "membership.TermEvent",
        "membership.TermNotice",
        "membership.AutomaticRenewal",
        "membership.AnnouncedRenewal",
        "membership.FormerNumber",
        "membership.MemberNote",
        "membership.GroupMember",
        "membership.GroupJoinRequest",
        "membership.MemberPaper",
        "membership.LatinName",
        "membership.OfficeAddress",
        "membership.OfficeSending",
        "membership.Resignation",
        "membership.Pause",
        "membership.GroupLetter",
        "membership.Honor",
        "membership.Application",
        "membership.ApplicationConsent",
        "membership.ApplicationDraft",
        "membership.ApplicationPaper",
        "membership.DraftPaper",
        "membership.ApplicationStatusChange",
        "membership.MemberImport",
        "membership.ImportedLine",
        "membership.SavedArticle",
        "membership.BundleSeat",
        "membership.SeatTerm",
        "membership.BundleAdministrator",
        "membership.DirectoryEntry",
        "membership.DirectoryMessage",
        "membership.Viewing",
        "membership.ViewedPage",
    ),
    export,
    erase,
    order=400,
)
