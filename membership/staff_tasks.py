"""What membership staff and the journal's editors come to the admin for: what waits on the front page, and tasks."""

from django.urls import reverse

from aapm_site.core.admin.home import StaffQueue, StaffTask

from .models import DirectoryMessage, Pause
from .queries.desk import waiting_for_staff
from .queries.groups import unanswered
from .queries.letters import letters_to_agree_to

APPLICATIONS = StaffQueue(
    "applications",
    "Applications for membership",
    "Decide on them",
    "membership.decide_application",
    lambda user: waiting_for_staff(),
    "waiting_since",
    lambda: reverse("admin:membership_desk"),
    order=20,
)

PAUSES = StaffQueue(
    "pauses",
    "Pauses that members ask for",
    "Decide on them",
    "membership.view_pause",
    lambda user: Pause.objects.waiting(),
    "asked_at",
    lambda: f"{reverse('admin:membership_pause_changelist')}?state=waiting",
    order=21,
)

JOIN_REQUESTS = StaffQueue(
    "group-requests",
    "Requests to join groups that no chair answers",
    "Answer them",
    "membership.change_group",
    lambda user: unanswered(),
    "asked_at",
    lambda: f"{reverse('admin:membership_groupjoinrequest_changelist')}?waits=office",
    order=25,
)

REPORTED_MESSAGES = StaffQueue(
    "directory-messages",
    "Messages through the directory to be decided on",
    "Decide on them",
    "membership.decide_directorymessage",
    lambda user: DirectoryMessage.objects.waiting(),
    "created_at",
    lambda: f"{reverse('admin:membership_directorymessage_changelist')}?waits=decision",
    order=26,
)

LETTERS_TO_AGREE = StaffQueue(
    "member-letters",
    "Letters to members that need a second person",
    "Read them and agree",
    "membership.agree_memberletter",
    letters_to_agree_to,
    "asked_at",
    lambda: f"{reverse('admin:membership_memberletter_changelist')}?waits=second",
    order=27,
)

TASKS = (
    StaffTask(
        "find-member",
        "Find a member",
        lambda: reverse("admin:membership_membership_changelist"),
        "membership.change_membership",
        "By number, name or address.",
        order=90,
    ),
    StaffTask(
        "write-to-members",
        "Write to members",
        lambda: reverse("admin:membership_memberletter_changelist"),
        "membership.send_memberletter",
        "A letter to everybody on a saved list.",
        order=90,
    ),
    StaffTask(
        "member-reports",
        "Read the reports about members",
        lambda: reverse("admin:membership_reports"),
        "membership.see_member_reports",
        "How many they are, who joins and stays, and what dues bring.",
        order=90,
    ),
    StaffTask(
        "import-members",
        "Import members from a list",
        lambda: reverse("admin:membership_memberimport_upload"),
        "membership.import_members",
        "CSV or Excel, looked at line by line before it counts.",
        order=90,
    ),
    StaffTask(
        "why",
        "Why can somebody not read something?",
        lambda: reverse("admin:membership_why"),
        "membership.see_access_decision",
        "What the site answers this person, and why.",
        order=91,
    ),
    StaffTask(
        "journal-usage",
        "See how the Journal is read",
        lambda: reverse("admin:journal_reports"),
        "membership.see_journal_usage",
        "Readings, readers at the gate, and the reports of COUNTER.",
        order=92,
    ),
    StaffTask(
        "import-articles",
        "Import articles of the journal",
        lambda: reverse("admin:membership_article_import"),
        "membership.add_article",
        "As the publisher delivers them: JATS, figures, PDFs.",
        order=92,
    ),
    StaffTask(
        "retracted",
        "Check references for retractions",
        lambda: reverse("admin:membership_article_retracted"),
        "membership.add_article",
        "Load a list of retracted works, and see which articles cite them.",
        order=92,
    ),
    StaffTask(
        "add-article",
        "Add an article to the journal",
        lambda: reverse("admin:membership_article_add"),
        "membership.add_article",
        "By hand, with authors and figures.",
        order=93,
    ),
)
