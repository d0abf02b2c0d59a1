"""A person's profile, saved positions, alerts and part in teams, for the export of their data and its erasure."""

from collections import defaultdict
from typing import Any

from django.db.models import Count as CountRows
from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from aapm_site.accounts.models import User
from aapm_site.core.models import Count
from aapm_site.core.privacy import PersonalData

from .choices import MemberRole
from .domain.alerts import PRESS, forget_readers
from .domain.applications import forget_applications
from .domain.bans import bans_of, forget_address
from .domain.profiles import delete_profile
from .models import (
    AlertMatch,
    AlertReader,
    ApplicantNote,
    ApplicationOpening,
    BannedEmployer,
    BlockedEmployer,
    CreditEntry,
    DaysEntry,
    DomainProof,
    Employer,
    EmployerDecision,
    EmployerInvitation,
    EmployerMember,
    FellowshipOfferChange,
    JobApplication,
    JobApplicationChange,
    JobApplicationMessage,
    JobChange,
    JobDraftVersion,
    JobStatement,
    JobStatusChange,
    JobTemplate,
    OwnerRecovery,
    Profile,
    ProfileAccess,
    ProfileAppearance,
    ProfileBookmark,
    ProfileContact,
    ProfileContactChange,
    ProfileOpening,
    ProfileSearch,
    ReviewNote,
    SavedJob,
    TeamAddress,
)
from .presenters.profile_data import as_data
from .presenters.seen import of_profile
from .queries.seen import profile_openings

CREDIT_HISTORY: Any = CreditEntry._meta.get_field("events").related_model
DAYS_HISTORY: Any = DaysEntry._meta.get_field("events").related_model


def export(user: User) -> dict[str, Any]:
    """The person's profile, what they saved and applied for, their teams, what they decided, the credits they moved."""
    memberships = EmployerMember.objects.filter(user=user).select_related("employer")
    invitations = EmployerInvitation.objects.filter(email__iexact=user.email).select_related("employer")
    changes = JobStatusChange.objects.filter(by=user).select_related("subject")
    entries = CreditEntry.objects.filter(by=user).select_related("employer")
    saved = SavedJob.objects.for_user(user).select_related("job")
    profile = Profile.objects.for_user(user).first()
    return {
        "profile": as_data(profile) if profile else None,
        "saved_positions": [
            {
                "position": row.job.title,
                "number": row.job_id,
                "saved_at": row.saved_at,
                "how_far": row.get_stage_display(),
                "note": row.note,
            }
            for row in saved
        ],
        "hidden_from": [
            {"organization": row.employer and row.employer.name, "domain": row.domain, "since": row.added_at}
            for row in BlockedEmployer.objects.for_user(user).select_related("employer")
        ],
        "banned": [
            {"address": row.address, "since": row.added_at, "lifted_at": row.lifted_at} for row in bans_of(user)
        ],
        "profile_seen": [
            {"by": of_profile(row).employer, "at": row.opened_at, "from": row.get_source_display()}
            for row in profile_openings(user)
        ],
        "asked_for_contact_by": [
            {
                "employer": row.employer.name,
                "about": row.job.title,
                "why": row.get_reason_display(),
                "words": row.words,
                "asked_at": row.asked_at,
                "answer": row.get_status_display(),
                "answered_at": row.answered_at,
                "closed_at": row.closed_at,
            }
            for row in ProfileContact.objects.of_person(user).select_related("employer", "job")
        ],
        "contacts_asked_for": [
            {"for": row.employer.name, "about": row.job.title, "words": row.words, "asked_at": row.asked_at}
            for row in ProfileContact.objects.filter(asked_by=user).select_related("employer", "job")
        ],
        "contact_steps": [
            {"about": row.subject.job.title, "to": row.label, "at": row.at}
            for row in ProfileContactChange.objects.filter(by=user).select_related("subject__job")
        ],
        "profiles_kept": [
            {"for": row.employer.name, "note": row.note, "kept_at": row.kept_at}
            for row in ProfileBookmark.objects.filter(kept_by=user).select_related("employer")
        ],
        "profile_offered": [
            {"since": row.appeared_at, "until": row.left_at, "told_in_letters": row.told}
            for row in ProfileAppearance.objects.filter(profile=profile).annotate(
                told=CountRows("finds", filter=Q(finds__told_at__isnull=False))
            )
        ],
        "searches_of_profiles_saved": [
            {
                "for": row.member.employer.name,
                "name": row.name,
                "address": row.search_url,
                "how_often": row.get_pace_display(),
                "since": row.created_at,
                "paused_at": row.paused_at or row.subscription.paused_at,
                "told_at": sorted({find.told_at for find in row.finds.all() if find.told_at}),
            }
            for row in ProfileSearch.objects.for_user(user)
            .select_related("member__employer", "subscription")
            .prefetch_related("finds")
        ],
        "searches_of_profiles_given": [
            {"to": row.employer.name, "until": row.ends_on, "at": row.given_at, "reason": row.reason}
            for row in ProfileAccess.objects.filter(given_by=user).select_related("employer")
        ],
        "profiles_opened": [
            {"for": row.employer.name, "at": row.opened_at, "from": row.get_source_display()}
            for row in ProfileOpening.objects.filter(who=user).select_related("employer")
        ],
        **alerts_of(AlertReader.objects.for_user(user)),
        "applications": [application_data(one) for one in _applications_of(user)],
        "application_decisions": [
            {"position": row.subject.job.title, "to": row.label, "at": row.at, "words": row.reason}
            for row in JobApplicationChange.objects.filter(by=user).select_related("subject__job")
            if row.subject.user_id != user.pk
        ],
        "applications_opened": [
            {"position": row.application.job.title, "what": row.get_part_display(), "at": row.at}
            for row in ApplicationOpening.objects.filter(by=user).select_related("application__job")
        ],
        "messages_to_applicants": [
            {"position": row.application.job.title, "at": row.sent_at, "text": row.text}
            for row in JobApplicationMessage.objects.filter(by=user, by_employer=True).select_related(
                "application__job"
            )
        ],
        "messages_decided_on": [
            {"at": row.settled_at, "removed": row.removed_at is not None}
            for row in JobApplicationMessage.objects.filter(settled_by=user)
        ],
        "addresses_shown_to_applicants": [
            {"position": row.application.job.title, "at": row.shown_at}
            for row in TeamAddress.objects.filter(member__user=user).select_related("application__job")
        ],
        "notes_on_applications": [
            {
                "position": row.application.job.title,
                "at": row.written_at,
                "changed_at": row.changed_at,
                "text": row.text,
            }
            for row in ApplicantNote.objects.filter(by=user).select_related("application__job")
        ],
        "teams": [
            {"employer": row.employer.name, "role": row.get_role_display(), "since": row.joined_at}
            for row in memberships
        ],
        "invitations": [{"employer": row.employer.name, "invited_at": row.invited_at} for row in invitations],
        "named_owner_of": [
            {"employer": row.employer.name, "at": row.opened_at, "reason": row.reason, "outcome": row.outcome}
            for row in OwnerRecovery.objects.filter(new_owner=user).select_related("employer")
        ],
        "organizations_decided_on": [
            {
                "employer": row.employer.name,
                "what": row.get_kind_display(),
                "domain": row.domain,
                "at": row.at,
                "words": row.reason,
            }
            for row in EmployerDecision.objects.filter(by=user).select_related("employer")
        ],
        "links_to_prove_a_domain": [
            {"employer": row.employer.name, "domain": row.domain, "asked_at": row.asked_at}
            for row in DomainProof.objects.filter(asked_by=user).select_related("employer")
        ],
        "decisions": [
            {
                "position": row.subject.title,
                "from": row.from_status,
                "to": row.to_status,
                "at": row.at,
                "reason": row.reason,
            }
            for row in changes
        ],
        "drafts": [
            {"position": row.job.title, "begun_at": row.begun_at, "saved_at": row.at, "words": row.fields}
            for row in JobDraftVersion.objects.filter(by=user).select_related("job")
        ],
        "job_templates": [
            {"employer": row.employer.name, "name": row.name, "kept_at": row.at, "words": row.fields}
            for row in JobTemplate.objects.filter(by=user).select_related("employer")
        ],
        "statements": [
            {
                "position": row.job.title,
                "at": row.at,
                "open_vacancy": row.is_open_vacancy,
                "software_screens": row.software_screens,
            }
            for row in JobStatement.objects.filter(by=user).select_related("job")
        ],
        "fellowship_decisions": [
            {"program": row.subject.program, "to": row.to_status, "at": row.at, "reason": row.reason}
            for row in FellowshipOfferChange.objects.filter(by=user).select_related("subject")
        ],
        "changes_asked_or_decided": [
            {"position": row.job.title, "at": row.asked_at, "outcome": row.get_outcome_display(), "words": row.words}
            for row in JobChange.objects.filter(Q(asked_by=user) | Q(decided_by=user)).select_related("job")
        ],
        "words_about_positions": [
            {"position": row.job.title, "what": row.get_kind_display(), "at": row.at, "words": row.text}
            for row in ReviewNote.objects.filter(by=user).select_related("job")
        ],
        "postings": [
            {
                "employer": row.employer.name,
                "what": row.get_kind_display(),
                "change": row.change,
                "at": row.at,
                "reason": row.reason,
            }
            for row in entries
        ],
        "days": [
            {
                "employer": row.employer.name,
                "what": row.get_kind_display(),
                "change": row.change,
                "at": row.at,
                "reason": row.reason,
            }
            for row in DaysEntry.objects.filter(by=user).select_related("employer")
        ],
    }


def _applications_of(user: User) -> QuerySet[JobApplication]:
    """Those of the account, and whatever was sent from its address without one, confirmed or not."""
    without = Q(user=None, email=user.email.lower()) if user.email else Q()
    own = JobApplication.objects.filter(Q(user=user) | without)
    return own.select_related("job__employer").prefetch_related("status_changes", "looks", "talk")


def application_data(application: JobApplication) -> dict[str, Any]:
    """What is kept of one application, but for the notes of the employer's team.

    Those are the employer's own words among colleagues: the law lets a person ask the employer for them, and the
    employer has them on its page. They go with the application.
    """
    return {
        "position": application.job.title,
        "number": application.job_id,
        "employer": application.employer_for_person,
        "name": application.name,
        "email": application.email,
        "message": application.message,
        "answers": application.answers,
        "cv": application.cv_name,
        "state": application.get_status_display(),
        "written_at": application.created_at,
        "sent_at": application.sent_at,
        "closed_at": application.closed_at,
        "employer_named_at": application.named_at,
        "said_yes_at": application.agreed_at,
        "letters": application.wants_letters,
        "address_shown_at": application.person_shows_at,
        "messages": [
            {"from": "the employer" if row.by_employer else "you", "at": row.sent_at, "text": row.text}
            for row in application.talk.all()
        ],
        "history": [{"to": row.label, "at": row.at, "words": row.reason} for row in application.status_changes.all()],
        "opened_by_employer": [{"what": row.get_part_display(), "at": row.at} for row in application.looks.all()],
    }


def alerts_of(readers: QuerySet[AlertReader]) -> dict[str, Any]:
    """The alerts of these readers with what they have found; they may have no account."""
    found = AlertMatch.objects.filter(alert__reader__in=readers).select_related("job").defer("job__search", "job__body")
    finds: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in found.order_by("pk"):
        finds[row.alert_id].append({"position": row.job.title, "found_at": row.matched_at, "told_at": row.told_at})
    rows = readers.select_related("subscription__user").prefetch_related("alerts")
    presses = Count.objects.filter(kind=PRESS, key__in=[str(reader.pk) for reader in rows]).order_by("on")
    return {
        "links_pressed_in_letters": [{"on": row.on, "times": row.times} for row in presses],
        "alerts": [
            {
                "to": reader.subscription.address,
                "search": alert.title,
                "address": alert.search_url,
                "how_often": alert.get_pace_display(),
                "since": alert.created_at,
                "paused_at": alert.paused_at or reader.subscription.paused_at,
                "found": finds[alert.pk],
            }
            for reader in rows
            for alert in reader.alerts.all()
        ],
    }


def erase(user: User) -> None:
    """Forget the profile and what was saved and sent, leave every team, forget the invitations.

    Jobs and credits stay: they are the employer's, not the person's.
    """
    SavedJob.objects.for_user(user).delete()
    for profile in Profile.objects.for_user(user):
        delete_profile(profile)
    Profile.objects.filter(hidden_by=user).update(hidden_by=None)
    BlockedEmployer.objects.for_user(user).delete()
    forget_address(user)
    BannedEmployer.objects.filter(added_by=user).update(added_by=None)
    BannedEmployer.objects.filter(lifted_by=user).update(lifted_by=None)
    ProfileOpening.objects.filter(who=user).update(who=None)
    ProfileContact.objects.filter(asked_by=user).update(asked_by=None, words="")
    ProfileAccess.objects.filter(given_by=user).update(given_by=None)
    ProfileBookmark.objects.filter(kept_by=user).update(kept_by=None)
    forget_readers(AlertReader.objects.for_user(user))
    forget_applications(list(_applications_of(user)))
    JobApplicationChange.objects.filter(by=user).update(by=None)
    ApplicationOpening.objects.filter(by=user).update(by=None)
    ApplicantNote.objects.filter(by=user).update(by=None)
    JobApplicationMessage.objects.filter(by=user).update(by=None)
    JobApplicationMessage.objects.filter(settled_by=user).update(settled_by=None)
    members = EmployerMember.objects.filter(user=user)
    list(members.select_for_update(of=("self",)).order_by("pk"))  # so that nothing is hung on one meanwhile
    members.delete()
    OwnerRecovery.objects.filter(new_owner=user).delete()
    EmployerInvitation.objects.filter(email__iexact=user.email).delete()
    EmployerInvitation.objects.filter(invited_by=user).update(invited_by=None)
    EmployerDecision.objects.filter(by=user).update(by=None)
    DomainProof.objects.filter(asked_by=user).update(asked_by=None)
    JobStatusChange.objects.filter(by=user).update(by=None)
    JobDraftVersion.objects.filter(by=user).update(by=None)
    JobStatement.objects.filter(by=user).update(by=None)
    JobTemplate.objects.filter(by=user).update(by=None)
    FellowshipOfferChange.objects.filter(by=user).update(by=None)
    ReviewNote.objects.filter(by=user).update(by=None)
    JobChange.objects.filter(asked_by=user).update(asked_by=None)
    JobChange.objects.filter(decided_by=user).update(decided_by=None)
    CreditEntry.objects.filter(by=user).update(by=None)
    # The history of the ledger, too, keeps what happened and not who did it.
    CREDIT_HISTORY.objects.filter(by=user).update(by=None)
    DaysEntry.objects.filter(by=user).update(by=None)
    DAYS_HISTORY.objects.filter(by=user).update(by=None)


def lost(user: User) -> list[str]:
    """Organizations that nobody owns after this person, with the credits that nobody could use."""
    mine = EmployerMember.objects.filter(user=user, role=MemberRole.OWNER)
    others = EmployerMember.objects.filter(employer=OuterRef("pk"), role=MemberRole.OWNER).exclude(user=user)
    alone = Employer.objects.filter(members__in=mine).exclude(Exists(others)).order_by("name")
    counted = alone.annotate(left=Sum("balances__left", default=0)).distinct()
    return [_words(employer, employer.left) for employer in counted]


def _words(employer: Employer, number: int) -> str:
    left = f", and it has {number} posting{'' if number == 1 else 's'} left" if number else ""
    return f"You are the only owner of {employer}{left}. Make a colleague an owner first, so that somebody can go on."


CAREERS = PersonalData(
    "careers",
    (
        "careers.EmployerMember",
        "careers.EmployerInvitation",
        "careers.OwnerRecovery",
        "careers.EmployerDecision",
        "careers.DomainProof",
        "careers.JobStatusChange",
        "careers.JobDraftVersion",
        "careers.JobStatement",
        "careers.JobTemplate",
        "careers.FellowshipOfferChange",
        "careers.ReviewNote",
        "careers.JobChange",
        "careers.CreditEntry",
        "careers.CreditEntryEvent",
        "careers.DaysEntry",
        "careers.DaysEntryEvent",
        "careers.SavedJob",
        "careers.Profile",
        "careers.BannedEmployer",
        "careers.BlockedEmployer",
        "careers.ProfileAccess",
        "careers.ProfileAppearance",
        "careers.ProfileBookmark",
        "careers.ProfileContact",
        "careers.ProfileContactChange",
        "careers.ProfileFind",
        "careers.ProfileOpening",
        "careers.ProfileSearch",
        "careers.JobApplication",
        "careers.JobApplicationChange",
        "careers.ApplicantNote",
        "careers.JobApplicationMessage",
        "careers.ApplicationOpening",
        "careers.Alert",
        "careers.AlertMatch",
        "careers.AlertReader",
    ),
    export,
    erase,
    order=30,
    lost=lost,
)
