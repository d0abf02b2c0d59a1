"""A small world with one of everything: the people who come to the site, and what each of them owns.

Rows are made directly, without the domain's functions: what the rooms' own tests prove is taken for granted here.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from allauth.idp.oidc.models import Token
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group as Role
from django.core import signing
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from aapm_site.accounts.domain.places import keep_names, note_unknown_places
from aapm_site.accounts.models import (
    AccountRecovery,
    AddressChange,
    Place,
    Profession,
    Service,
    ServiceConsent,
    Specialty,
    UnknownPlace,
    User,
)
from aapm_site.billing.demo import sample_order
from aapm_site.billing.domain import ledger
from aapm_site.billing.models import (
    CardSession,
    Coupon,
    CreditNote,
    CreditNoteLine,
    Customer,
    Dispute,
    InvoiceReminder,
    KeptCard,
    KeptCharge,
    Letterhead,
    OrderLine,
    ProviderEvent,
    Refund,
)
from aapm_site.core import roles
from aapm_site.core.background.queue import defer
from aapm_site.core.files import private
from aapm_site.core.models import Count, Hold
from aapm_site.core.retention import write_missing_rows
from aapm_site.mail.domain import subscriptions
from aapm_site.mail.models import Mailing, MailingRecipient, OutgoingEmail, Subscription, UndeliverableAddress
from aapm_site.mail.states import BounceSource
from aapm_site.mail.tasks import tidy
from careers.choices import MemberRole
from careers.criteria import JobCriteria
from careers.domain import alerts, runs
from careers.domain.alerts import WantedAlert
from careers.domain.profile_search_criteria import compiled_profile_search
from careers.models import (
    AlertMatch,
    ApplicantNote,
    ApplicationOpening,
    BannedEmployer,
    BlockedEmployer,
    DaysBalance,
    DaysEntry,
    DomainProof,
    Employer,
    EmployerDecision,
    EmployerInvitation,
    EmployerLogo,
    EmployerMember,
    EmployerSlug,
    FellowshipOffer,
    FellowshipRound,
    Job,
    JobAnnouncement,
    JobApplication,
    JobApplicationMessage,
    JobChange,
    JobLocation,
    JobQuestion,
    JobReport,
    JobStatement,
    JobTemplate,
    JobTerms,
    OpenQuestion,
    OwnerRecovery,
    Package,
    Profile,
    ProfileAccess,
    ProfileAppearance,
    ProfileBookmark,
    ProfileContact,
    ProfileFind,
    ProfileOpening,
    ProfilePlace,
    ProfileSearch,
    ReportedJob,
    ReviewNote,
    SavedJob,
    TeamAddress,
)
from careers.models.profile_search import SEARCHES
from careers.profile_criteria import ProfileCriteria
from careers.states import JobStatus
from content.domain.prepared import prepare_change
from content.models import (
    AnswerPromise,
    BestBet,
    Body,
    Category,
    Contributor,
    Document,
    Event,
    HistoryYear,
    Link,
    Meeting,
    Menu,
    MenuItem,
    Newsletter,
    NewsletterEntry,
    Officer,
    Page,
    PageVersion,
    Partner,
    Picture,
    PreviewLink,
    Question,
    Redirect,
    Resource,
    ResourceTopic,
    Synonym,
    Topic,
    Urgency,
)
from content.models import Term as Word
from content.states import ROOTS, MeetingStatus, PageKind, PageStatus, QuestionStatus
from membership.journal.domain.words import write_words
from membership.models import (
    AnnouncedRenewal,
    Application,
    ApplicationConsent,
    ApplicationDraft,
    ApplicationPaper,
    Article,
    ArticleAuthor,
    ArticleBrief,
    ArticleRelation,
    ArticleType,
    ArticleUsage,
    AutomaticRenewal,
    Bundle,
    BundleAdministrator,
    BundlePeriod,
    BundleSeat,
    CareerStage,
    ClubMeeting,
    CollectedArticle,
    Collection,
    ConsentVersion,
    DeliveredFile,
    DeliveredReference,
    DeliveredText,
    DirectoryEntry,
    DirectoryMessage,
    DoubtedWork,
    DraftPaper,
    Figure,
    FinderAnswer,
    FinderQuestion,
    FormerNumber,
    Group,
    GroupJoinRequest,
    GroupLetter,
    GroupMember,
    Honor,
    ImportedLine,
    Issue,
    LatinName,
    MemberExport,
    MemberFilter,
    MemberImport,
    MemberLetter,
    MemberNote,
    MemberPaper,
    Membership,
    OfficeAddress,
    OfficeSending,
    PastTerm,
    Pause,
    Plan,
    PracticeSetting,
    Reminder,
    Resignation,
    RobotAgent,
    SavedArticle,
    SearchUsage,
    SeatNotice,
    SeatPrice,
    SeatReminder,
    SeatTerm,
    Subject,
    Term,
    TermNotice,
    UsageEvent,
    UsageSalt,
    ViewedPage,
    Viewing,
)
from membership.states import ApplicationStatus
from tests import factories

VISITOR = "visitor"
UNVERIFIED = "unverified"
MEMBER = "member"
LAPSED = "lapsed member"
SEEKER = "seeker"
EMPLOYER = "employer"
POSTER = "poster of the employer"
VIEWER = "viewer of the employer"
OTHER_EMPLOYER = "other employer"
UNPROVED = "administrator without a factor"
ADMINISTRATOR = "administrator"

APPLICATION = "token-of-an-application-without-account"  # in the links of its letters
CARD_CODE = "K7QM2XTF9HDR"  # of the member's card
ALERTS = "token-of-the-seekers-alerts"  # in the links of their letters
NEWSLETTER = "token-of-a-reader-of-the-newsletter"  # in the links of their letters
NEWSLETTER_READER = "reader@newsletter.example"
PAST_NEWSLETTER = "2026-10-01-the-fall-letter"
STAFF = roles.ROLES
PEOPLE = (MEMBER, LAPSED, SEEKER, EMPLOYER, POSTER, VIEWER, OTHER_EMPLOYER)
ACTORS = (VISITOR, UNVERIFIED, *PEOPLE, UNPROVED, *STAFF, ADMINISTRATOR)
SIGNED_IN = (*PEOPLE, UNPROVED, *STAFF, ADMINISTRATOR)

# Two words that stand side by side in what is for members, and nowhere else: one to search for, one to be heard.
CLUE, CANARY = "quillwort", "zyzzogeton"


@dataclass
class World:
    """What `build` made, by name."""

    users: dict[str, User]
    rows: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["rows"][name]
        except KeyError:
            raise AttributeError(name) from None

    def client(self, actor: str) -> Client:
        """A browser of this kind of person. Staff have passed their second factor."""
        if actor == VISITOR:
            return Client()
        person = self.users[actor]
        if actor == UNVERIFIED:
            return _signed_up_only(person)
        if actor == UNPROVED:
            return self.client_without_factor(actor)
        client = factories.staff_client(person=person) if person.is_staff else factories.client_of(person)
        _just_signed_in(client, person)
        return client

    def client_without_factor(self, actor: str) -> Client:
        """A browser of staff who have given their password, and have nothing else to give."""
        Authenticator.objects.filter(user=self.users[actor]).delete()
        client = factories.client_of(self.users[actor])
        _just_signed_in(client, self.users[actor])
        return client


def _just_signed_in(client: Client, person: User) -> None:
    """Nobody is asked to sign in again: that is a question of time, not of who they are."""
    session = client.session
    records = session.get("account_authentication_methods") or [{"method": "password", "email": person.email}]
    now = timezone.now().timestamp()
    session["account_authentication_methods_user"] = str(person.pk)
    session["account_authentication_methods"] = [{**said, "at": now, "reauthenticated": True} for said in records]
    session.save()
    # They have been here a moment ago, too: so the list of their sessions is not written again with each request.
    UserSession.objects.create(user=person, ip="127.0.0.1", session_key=session.session_key)


def _signed_up_only(person: User) -> Client:
    """Somebody who gave the right password and has not confirmed the address yet."""
    client = Client()
    client.post("/accounts/login/", {"login": person.email, "password": factories.PASSWORD})
    return client


def build() -> World:
    """Make everything. Call it in a test's transaction."""
    write_missing_rows()
    world = World(_people())
    for make in (_lists, _mail, _content, _careers, _billing, _membership, _journal):
        world.rows |= make(world)
    return world


def _people() -> dict[str, User]:
    people = {actor: factories.user(_address(actor), last_name=actor.title()) for actor in PEOPLE}
    people[UNVERIFIED] = factories.user(_address(UNVERIFIED), verified=False)
    for role in STAFF:
        people[role] = factories.user(_address(role), is_staff=True, last_name=role)
        people[role].groups.add(Role.objects.get(name=role))
    people[ADMINISTRATOR] = factories.user(_address("root"), is_staff=True, is_superuser=True)
    for proved in (*STAFF, ADMINISTRATOR):
        factories.second_factor(people[proved])
    people[UNPROVED] = factories.user(_address("new.root"), is_staff=True, is_superuser=True)
    return people


def _address(actor: str) -> str:
    return f"{actor.replace(' ', '.').lower()}@people.example"


def _lists(world: World) -> dict[str, Any]:
    place = Place.objects.create(
        name="Duluth",
        state_code="MN",
        state="Minnesota",
        latitude="46.78667",
        longitude="-92.10049",
        slug="duluth-mn-us",
    )
    keep_names(place)
    note_unknown_places(["Gitche Gumee, MN"])
    return {
        "place": place,
        "unknown_place": UnknownPlace.objects.get(),
        "profession": Profession.objects.first(),
        "specialty": Specialty.objects.first(),
        "count": Count.objects.create(kind="job-view", key="1", on=timezone.localdate(), times=3),
        "session": UserSession.objects.create(user=world.users[SEEKER], ip="127.0.0.1", session_key="seeker-key"),
        "recovery": AccountRecovery.objects.create(
            person=world.users[LAPSED],
            from_email=world.users[LAPSED].email,
            to_email="found@people.example",
            reason="She called.",
            evidence="Her passport, on a video call.",
            opened_by=world.users[ADMINISTRATOR],
            due_at=timezone.now() + timedelta(days=3),
        ),
        "address_change": AddressChange.objects.create(
            person=world.users[SEEKER],
            from_email=world.users[SEEKER].email,
            to_email="moved@people.example",
            asked_by=world.users["Membership staff"],
        ),
        "hold": Hold.objects.create(work="job-reminders", key="1", by=world.users[ADMINISTRATOR]),
        **_services(world),
    }


def _services(world: World) -> dict[str, Any]:
    service = Service.objects.create(
        name="The publisher",
        purpose="Where you read the Journal.",
        redirect_uris="https://publisher.example/back",
        scopes="openid\nmembership",
    )
    closed = Service.objects.create(name="A shop", purpose="Gone.", type="public", closed_at=timezone.now())
    member = ServiceConsent.objects.create(person=world.users[MEMBER], service=service, scopes=["openid"])
    token = Token(client=service, user=world.users[MEMBER], type=Token.Type.ACCESS_TOKEN)
    token.set_value("a-token-of-the-publisher")
    token.save()
    return {"service": service, "closed_service": closed, "consent": member}


def _mail(world: World) -> dict[str, Any]:
    defer(tidy)
    unconfirmed = Subscription.objects.create(email="reader@people.example", kind="subscription", title="News")
    return {
        "subscription": Subscription.objects.create(user=world.users[SEEKER], kind="subscription", title="News"),
        "confirmation": signing.dumps(unconfirmed.token, salt=subscriptions.SALT),
        "mark": UndeliverableAddress.objects.create(
            address="gone@people.example", source=BounceSource.STAFF, reason="The letter to the office said so."
        ),
        "outgoing": OutgoingEmail.objects.create(
            to=world.users[SEEKER].email,
            user=world.users[SEEKER],
            subject="Your password was changed",
            text="It was changed.",
            html="<p>It was changed.</p>",
            message_id="<1@people.example>",
            kind="account",
            template="accounts/password_changed",
        ),
    }


def page(slug: str, **fields: Any) -> Page:
    """A published page at its address."""
    kind = fields.setdefault("kind", PageKind.PAGE)
    root = ROOTS.get(kind, "/")
    text = {"title": slug.replace("-", " ").capitalize(), "summary": "What it is about.", "body": "<p>The text.</p>"}
    dates = {"status": PageStatus.PUBLISHED, "published_at": timezone.now() - timedelta(days=3)}
    return Page.objects.create(slug=slug, path=f"{root}{slug}/", **{**text, **dates, **fields})


def _content(world: World) -> dict[str, Any]:
    secret = f"<p>For members, {CLUE} {CANARY}.</p>"
    news = page("an-opening", kind=PageKind.NEWS, published_at=timezone.now() - timedelta(days=2))
    menu, _ = Menu.objects.get_or_create(name="main", defaults={"label": "Main menu"})
    topic = Topic.objects.first() or Topic.objects.create(name="Something else")
    link = Link.objects.create(url="https://help.example/")
    shelf = ResourceTopic.objects.first() or ResourceTopic.objects.create(name="In a crisis", slug="in-a-crisis")
    initiative = page("awareness-week", kind=PageKind.INITIATIVE, starts_on=timezone.localdate())
    about, statement = page("about"), page("what-we-said", kind=PageKind.STATEMENT)
    confirmed = timezone.now()
    Subscription.objects.create(
        email=NEWSLETTER_READER, kind="newsletter", title="The newsletter", token=NEWSLETTER, confirmed_at=confirmed
    )
    went = Mailing.objects.create(kind="newsletter", title="The fall letter", portion=250, begun_at=confirmed)
    past = Newsletter.objects.create(
        subject="The fall letter", opening="<p>Dear reader.</p>", status="sent", mailing=went, slug=PAST_NEWSLETTER
    )
    NewsletterEntry.objects.create(newsletter=past, page=statement, title="What we said", summary="Before.")
    letter = Newsletter.objects.create(subject="The winter letter")
    return {
        "past_newsletter": past,
        "newsletter": letter,
        "newsletter_entry": NewsletterEntry.objects.create(newsletter=letter, page=news),
        "newsletter_step": letter.status_changes.create(from_status="draft", to_status="draft"),
        "page": about,
        "version": PageVersion.objects.create(page=about, number=1, fields={"audience": "public", "title": "About"}),
        "statement": statement,
        "statement_version": PageVersion.objects.create(
            page=statement,
            number=1,
            fields={"audience": "public", "title": "What we said", "summary": "Before.", "body": "<p>Before.</p>"},
            public_from=statement.published_at,
        ),
        "redirect": Redirect.objects.create(old_path="/about-us/", page=about),
        "preview_link": PreviewLink.objects.create(page=about, expires_at=timezone.now() + timedelta(days=7)),
        "members_page": page("member-notes", audience="members", body=secret),
        "group_page": page("group-notes", audience="group:rural", body=secret),
        "members_news": page("member-news", kind=PageKind.NEWS, audience="members", body=secret),
        "prepared_change": prepare_change(page("to-be-changed"), by=None),
        "draft_page": page("not-yet", status=PageStatus.DRAFT, published_at=None),
        "answer": page("a-public-answer", kind=PageKind.ANSWER),
        "news": news,
        "initiative": initiative,
        "link": link,
        "resource_topic": shelf,
        "resource": Resource.objects.create(
            title="A helpline", url=link.url, source="Somebody", summary="Call.", topic=shelf, link=link
        ),
        "partner": Partner.objects.create(page=initiative, name="A partner", url="https://partner.example/"),
        "event": Event.objects.create(page=initiative, title="A walk", starts_on=timezone.localdate()),
        "meeting": Meeting.objects.create(
            title="A course",
            slug="a-course",
            summary="What it is about.",
            starts_on=timezone.localdate() + timedelta(days=9),
            town="Austin",
            status=MeetingStatus.PUBLISHED,
            published_at=timezone.now(),
        ),
        "draft_meeting": Meeting.objects.create(
            title="A plan", slug="a-plan", summary="Not yet.", starts_on=timezone.localdate(), town="Austin"
        ),
        "picture": _picture(),
        "document": Document.objects.create(
            title="Notes for members",
            name="notes.txt",
            audience="members",
            size=30,
            checksum="d" * 64,
            file=ContentFile(f"{CLUE} {CANARY}".encode(), "notes.txt"),
        ),
        "category": Category.objects.create(name="Advocacy", slug="advocacy"),
        "contributor": Contributor.objects.create(name="Lena Hart", slug="lena-hart", credentials="MD"),
        "old_news": page("old-entry", kind=PageKind.NEWS, published_at=datetime(2018, 12, 14, 18, tzinfo=UTC)),
        "word": Word.objects.create(name="nerve block", slug="nerve-block", definition="It quiets a nerve."),
        "menu": menu,
        "menu_item": MenuItem.objects.create(menu=menu, title="News", url="/news/"),
        "topic": topic,
        "urgency": Urgency.objects.first()
        or Urgency.objects.create(name="Overdose", phrases="overdos*", help="<p>Call 911.</p>"),
        "answer_promise": AnswerPromise.objects.create(working_days=3),
        "best_bet": BestBet.objects.create(title="Find a clinician", phrases="pain clinic*", url="/find-a-clinician/"),
        "body": (body := Body.objects.create(name="The council", kind="board", purpose="It decides.")),
        "officer": Officer.objects.create(
            body=body, name="Lena Hart", office="Chair", starts_on=timezone.localdate(), ends_on=timezone.localdate()
        ),
        "history_year": HistoryYear.objects.create(year=1983, title="It begins", words="A society."),
        "synonym": Synonym.objects.create(name="Naloxone", phrases="naloxone\nnarcan"),
        "question": Question.objects.create(
            name="Ines Duarte",
            email="ines@people.example",
            question="Is it normal?",
            topic=topic,
            status=QuestionStatus.NEW,
        ),
    }


def _picture() -> Picture:
    """A picture of the library with one of its files; nobody here looks at it."""
    made = Picture.objects.create(
        title="A chair", alt="An empty chair", width=8, height=8, form="png", size=9, checksum="c" * 64
    )
    default_storage.save(f"pictures/{made.public_id}-8.png", ContentFile(b"\x89PNG\r\n\x1a\n"))
    return made


def _logo(employer: Employer) -> EmployerLogo:
    """A logo with one of its files; nobody here looks at it."""
    made = EmployerLogo.objects.create(employer=employer, width=120, height=80, form="png")
    default_storage.save(f"logos/{made.public_id}-120.png", ContentFile(b"\x89PNG\r\n\x1a\n"))
    return made


def job(employer: Employer, world: World, title: str, **fields: Any) -> Job:
    """A position that is live, unless the fields say otherwise."""
    now = timezone.now()
    live = {
        "status": JobStatus.APPROVED,
        "starts_at": now - timedelta(days=1),
        "ends_at": now + timedelta(days=29),
        "approved_at": now - timedelta(days=1),
    }
    text = {
        "slug": title.lower().replace(" ", "-"),
        "summary": "Two clinic days, two days of procedures.",
        "body": "<p>Four days a week in clinic, two of them for procedures.</p><p>A psychologist is on the team, and "
        "two nurses and a physical therapist. New patients have an hour, and nobody counts the minutes.</p>",
        "setting": "hospital",
        "pay_min": 300_000,
        "pay_max": 360_000,
        "apply_url": "https://apply.example/1",
        "public_employer_name": employer.name,
        "profession": world.rows.get("profession") or Profession.objects.first(),
    }
    made = Job.objects.create(employer=employer, title=title, **{**live, **text, **fields})
    JobLocation.objects.create(job=made, city="Duluth", state_code="MN", place=Place.objects.first())
    return made


def offer(employer: Employer, begun: FellowshipRound, world: World, **fields: Any) -> FellowshipOffer:
    """Fellowship places that wait for the staff, unless the fields say otherwise."""
    return FellowshipOffer.objects.create(
        employer=employer,
        round=begun,
        program="Pain Medicine Fellowship",
        place=world.rows["place"],
        begins_on=timezone.localdate() + timedelta(days=200),
        summary="Clinic and block suite.",
        wanted="Any residency that leads to the boards.",
        apply_url="https://apply.example/fellows",
        **fields,
    )


def profile(person: User, world: World, **fields: Any) -> Profile:
    """What the person says of themselves, hidden from employers unless the fields say otherwise."""
    made = Profile.objects.create(
        user=person,
        profession=world.rows["profession"],
        years=4,
        certifications=["pain"],
        licenses=["MN"],
        training="Fellowship at the university.",
        pay_wish=321_000,
        **fields,
    )
    made.specialties.add(world.rows["specialty"])
    return made


def application_of(job: Job, **fields: Any) -> JobApplication:
    """Sent by somebody to the employer of a position, and opened by nobody yet."""
    return JobApplication.objects.create(
        job=job,
        **{
            "name": "Ines Duarte",
            "message": "I would like to work by the lake.",
            "status": "sent",
            "sent_at": timezone.now(),
            **fields,
        },
    )


def contact_of(profile: Profile, employer: Employer, about: Job) -> ProfileContact:
    """An employer that asks, and waits for an answer."""
    made = ProfileContact.objects.create(
        profile=profile, employer=employer, job=about, reason="position", words="Your work by the lake."
    )
    made.status_changes.create(from_status="asked", to_status="asked")
    return made


def search_of(member: EmployerMember) -> ProfileSearch:
    """A search of profiles that somebody on the team has saved."""
    subscription = Subscription.objects.create(user=member.user, kind=SEARCHES, title="New profiles for your searches")
    criteria = ProfileCriteria(licenses=("ME",))
    return ProfileSearch.objects.create(
        member=member,
        subscription=subscription,
        name="Licensed in Maine",
        address=criteria.to_query(),
        asked=criteria.to_data(),
        **compiled_profile_search(criteria),
    )


def _careers(world: World) -> dict[str, Any]:
    mine = Employer.objects.create(name="Lakeside Health", slug="lakeside-health", kind="health-system")
    theirs = Employer.objects.create(name="Juniper Pain", slug="juniper-pain", kind="private-practice")
    owner = EmployerMember.objects.create(employer=mine, user=world.users[EMPLOYER], role=MemberRole.OWNER)
    EmployerMember.objects.create(employer=theirs, user=world.users[OTHER_EMPLOYER], role=MemberRole.OWNER)
    EmployerMember.objects.create(employer=mine, user=world.users[VIEWER], role=MemberRole.VIEWER)
    hidden = {"starts_at": None, "ends_at": None, "approved_at": None}
    now = timezone.now()
    live = job(mine, world, "Pain physician", takes_applications=True)
    draft = job(mine, world, "Pain psychologist", status=JobStatus.DRAFT, **hidden)
    in_review = job(mine, world, "Pain nurse", status=JobStatus.IN_REVIEW, submitted_at=now, **hidden)
    reported = ReportedJob.objects.create(job=live)
    wanted = WantedAlert("state=ME", "Maine", "daily")
    alert = alerts.add_alert(world.users[SEEKER], wanted, JobCriteria(states=("ME",)))
    Subscription.objects.filter(alert_reader=alert.reader).update(token=ALERTS)
    application = application_of(
        live,
        user=world.users[SEEKER],
        email=world.users[SEEKER].email,
        cv=private.storage().save("careers/cv/seeker.pdf", ContentFile(b"%PDF-1.4")),
        cv_name="cv.pdf",
    )
    application.status_changes.create(from_status="unconfirmed", to_status="sent", by=world.users[SEEKER])
    begun = FellowshipRound.objects.create(
        name="After the match", opens_on=timezone.localdate(), closes_on=timezone.localdate() + timedelta(days=60)
    )
    seeker = profile(world.users[SEEKER], world)
    shown = Employer.objects.create(name="Pine Clinic", slug="pine-clinic", kind="agency", verified=True)
    over = {"starts_at": now - timedelta(days=60), "ends_at": now - timedelta(days=30)}
    return {
        "shown_employer": shown,
        "once_shown": job(shown, world, "Position of an agency", **over),
        "employer": mine,
        "other_employer": theirs,
        "owner": owner,
        "colleague": EmployerMember.objects.create(employer=mine, user=world.users[POSTER], role=MemberRole.POSTER),
        "new_owner": OwnerRecovery.objects.create(
            employer=mine,
            new_owner=world.users[POSTER],
            reason="She retired.",
            evidence="A letter from the hospital.",
            opened_by=world.users["Careers staff"],
            due_at=now + timedelta(days=3),
        ),
        "decision": EmployerDecision.objects.create(
            employer=mine, kind="proved", domain="lakeside.example", by=world.users[EMPLOYER]
        ),
        "logo": _logo(mine),
        "former_slug": EmployerSlug.objects.create(employer=mine, slug="lakeside-clinic"),
        "domain_proof": DomainProof.objects.create(
            employer=mine,
            domain="lakeside.example",
            asked_by=world.users[EMPLOYER],
            expires_at=now + timedelta(days=2),
        ),
        "invitation": EmployerInvitation.objects.create(
            employer=mine, email=world.users[SEEKER].email, invited_by=world.users[EMPLOYER]
        ),
        "job": live,
        "terms": JobTerms.objects.create(job=live, call_one_in=5, tail="employer", h1b="yes"),
        "alert": alert,
        "found": AlertMatch.objects.create(alert=alert, job=live),
        "announced": JobAnnouncement.objects.create(job=live),
        "job_application": application,
        "look": ApplicationOpening.objects.create(application=application, part="cv", by=world.users[EMPLOYER]),
        "said": JobApplicationMessage.objects.create(
            application=application, text="Could you begin in March?", reported_at=now
        ),
        "team_address": TeamAddress.objects.create(application=application, member=owner),
        "team_note": ApplicantNote.objects.create(
            application=application, by=world.users[EMPLOYER], text="She knows the lake."
        ),
        "stranger_application": application_of(live, email="ines@people.example", token=APPLICATION),
        "run": (run := runs.runs_of(live)[0]),
        "open_question": OpenQuestion.objects.create(
            job=live, approved_at=live.approved_at or now, answer_until=now + timedelta(days=7)
        ),
        "days": DaysBalance.objects.create(employer=mine, featured=False, left=1),
        "days_entry": DaysEntry.objects.create(employer=mine, kind="filled", change=1, run=run),
        "saved": SavedJob.objects.create(user=world.users[SEEKER], job=live, note="Near my sister."),
        "draft_job": draft,
        "screening_question": JobQuestion.objects.create(
            job=draft, kind="yes-no", text="Do you hold a license in Maine?"
        ),
        "job_template": JobTemplate.objects.create(
            employer=mine, name="Clinic nurse", fields={"title": ["Clinic nurse"]}, by=world.users[EMPLOYER]
        ),
        "statement": JobStatement.objects.create(
            job=draft, is_open_vacancy=True, software_screens=False, by=world.users[EMPLOYER]
        ),
        "draft_version": draft.draft_versions.create(
            fields={"title": ["Pain psychologist"]}, by=world.users[EMPLOYER], is_checked=True
        ),
        "job_in_review": in_review,
        "job_change": JobChange.objects.create(
            job=live, wanted={"title": "Pain doctor"}, asked_by=world.users[POSTER], decided_by=None
        ),
        "review_note": ReviewNote.objects.create(
            job=in_review, kind="note", text="Ask about the call.", by=world.users["Careers staff"]
        ),
        "ended_job": job(
            mine, world, "Past position", starts_at=now - timedelta(days=60), ends_at=now - timedelta(days=30)
        ),
        "reported": reported,
        "fellowship_round": begun,
        "offer": offer(mine, begun, world),
        "profile": seeker,
        "banned": BannedEmployer.objects.create(domain="pills.example", reason="Sold prescriptions."),
        "blocked": BlockedEmployer.objects.create(user=world.users[SEEKER], employer=theirs, domain="juniper.example"),
        "opening": ProfileOpening.objects.create(
            profile=seeker, employer=mine, who=world.users[EMPLOYER], opened_on=timezone.localdate()
        ),
        "contact": contact_of(seeker, mine, live),
        "profile_search": (search := search_of(owner)),
        "appearance": (appearance := ProfileAppearance.objects.create(profile=seeker)),
        "profile_find": ProfileFind.objects.create(search=search, appearance=appearance),
        "bookmark": ProfileBookmark.objects.create(employer=mine, profile=seeker, note="Ask her in May."),
        "profile_access": ProfileAccess.objects.create(
            employer=mine, starts_on=timezone.localdate(), ends_on=timezone.localdate(), reason="Bought by invoice."
        ),
        "profile_place": ProfilePlace.objects.create(profile=seeker, place=world.rows["place"]),
        "report": JobReport.objects.create(case=reported, reason="not-real", note="I called them."),
        "package": Package.objects.create(slug="one", name="One posting", price=299),
    }


BILL_TO = {
    "bill_name": "Lakeside Health",
    "bill_street": "1 Lake Street",
    "bill_city": "Duluth",
    "bill_region": "MN",
    "bill_postal_code": "55802",
    "bill_email": "invoices@lakeside.example",
}


def _billing(world: World) -> dict[str, Any]:
    """The employer's two orders, one of them paid, half taken back and disputed; what else the office keeps."""
    today = timezone.localdate()
    letterhead = Letterhead.objects.create(pk=1, check_to="Academy", bank="A bank")
    customer = Customer.objects.create(name="Lakeside Health", note="A good neighbor.", **BILL_TO)
    Employer.objects.filter(pk=world.employer.pk).update(customer=customer)
    buyer = world.users[EMPLOYER]
    paid = sample_order(
        customer, [_sold(2)], by=buyer, on=today - timedelta(days=20), paid_on=today - timedelta(days=9)
    )
    payment = paid.payments.get()
    note = CreditNote.objects.create(
        invoice=paid.invoice,
        number="CN-1",
        issued_on=today,
        net=299,
        total=299,
        reason="One is not needed.",
        letterhead=letterhead.snapshot(),
    )
    CreditNoteLine.objects.create(credit_note=note, order_line=paid.lines.get(), quantity=1, net=299)
    ledger.book_credit_note(note)
    waiting = sample_order(customer, [_sold(1)], by=buyer, on=today - timedelta(days=9), po_number="PO 4711")
    coupon = Coupon.objects.create(code="SPRING", percent=10)
    return {
        "letterhead": letterhead,
        "customer": customer,
        "paid_order": paid,
        "payment": payment,
        "credit_note": note,
        "refund": Refund.objects.create(
            payment=payment, credit_note=note, method="card", amount=299, reason="One is not needed.", status="failed"
        ),
        "dispute": Dispute.objects.create(payment=payment, provider_reference="dp_1", amount=299),
        "order": waiting,
        "card_session": CardSession.objects.create(
            order=waiting, amount=299, expires_at=timezone.now() + timedelta(hours=20)
        ),
        "kept_card": (
            kept_card := KeptCard.objects.create(
                customer=customer,
                state="kept",
                provider_customer="cus_1",
                provider_method="pm_1",
                brand="visa",
                last4="4242",
                expires_on=today + timedelta(days=400),
                kept_at=timezone.now(),
                expires_at=timezone.now() + timedelta(hours=20),
            )
        ),
        "kept_charge": KeptCharge.objects.create(card=kept_card, order=waiting, amount=299, state="failed"),
        "invoice_reminder": InvoiceReminder.objects.create(invoice=waiting.invoice, days=7),
        "coupon": coupon,
        "provider_event": ProviderEvent.objects.create(
            event_id="evt_1", type="refund.created", payload={"id": "evt_1"}, needs_a_look=True
        ),
    }


def _sold(quantity: int) -> OrderLine:
    """A line over postings of thirty days."""
    details = {"postings": 1, "runs_days": 30, "featured": False}
    return OrderLine(
        sku="careers:one", title="One posting", details=details, quantity=quantity, unit_price=299, net=299 * quantity
    )


def _viewing(world: World) -> Viewing:
    """A look that is over."""
    begun = timezone.now() - timedelta(days=1)
    viewing = Viewing.objects.create(
        viewer=world.users["Membership staff"],
        person=world.users[MEMBER],
        reason="She called.",
        begun_at=begun,
        ends_at=begun + timedelta(minutes=15),
    )
    ViewedPage.objects.create(viewing=viewing, method="GET", path="/membership/mine/", answer=200)
    return viewing


def _membership(world: World) -> dict[str, Any]:
    today = timezone.localdate()
    plan = Plan.objects.create(
        name="Physician", slug="physician", summary="For physicians.", eligibility="Physicians.", dues=395
    )
    member = _member(world.users[MEMBER], 101, plan, today - timedelta(days=30), today + timedelta(days=300))
    lapsed = _member(world.users[LAPSED], 102, plan, today - timedelta(days=800), today - timedelta(days=440))
    group = Group.objects.create(name="Rural practice", slug="rural", how_to_join="asked")
    led = Group.objects.create(name="Headache", slug="headache", how_to_join="open")
    GroupMember.objects.create(group=led, membership=member, chair_since=today)
    brought = MemberImport.objects.create(
        name="list.csv",
        headings=["Member number"],
        columns={"number": 1},
        lines_count=1,
        counts={"changed": 1},
        checked_at=timezone.now(),
    )
    application = Application.objects.create(
        user=world.users[SEEKER],
        plan=plan,
        status=ApplicationStatus.INFO_ASKED,
        first_name="Amara",
        last_name="Okafor",
        profession=world.profession,
        career_stage=CareerStage.objects.first() or CareerStage.objects.create(name="Early", slug="early"),
        state_code="MN",
        workplace="Lakeside Health",
        training="Fellowship, 2021",
    )
    everything = ["work", "practice", "place", "languages", "telephone", "website", "contact"]
    entry = DirectoryEntry.objects.create(
        membership=member,
        practice="Lakeside Pain Center",
        telephone="218-555-0134",
        for_members=True,
        for_public=True,
        members_parts=everything,
        public_parts=["work", "practice", "contact"],
    )
    words = {"entry": entry, "audience": "public", "name": "Ada Reyes", "text": "Do you see people with migraine?"}
    begun = ApplicationDraft.objects.create(
        user=world.users[LAPSED], plan=plan, fields={"first_name": ["Priya"], "training": ["Residency, 2019"]}
    )
    version = ConsentVersion.objects.select_related("consent").get(consent__slug="declaration")
    question = FinderQuestion.objects.create(slug="where", text="Where do you work?", order=1)
    return {
        "directory_entry": entry,
        "directory_message": DirectoryMessage.objects.create(
            **words,
            email="ada@people.example",
            sent_at=timezone.now(),
            reported_at=timezone.now(),
            report_reason="other",
        ),
        "directory_waiting": DirectoryMessage.objects.create(
            **words, email="ada.reyes@people.example", spam_reason="It holds three links.", decided_at=timezone.now()
        ),
        "plan": plan,
        "finder_question": question,
        "finder_answer": FinderAnswer.objects.create(question=question, text="In Maine", plan=plan),
        "begun": begun,
        "begun_paper": DraftPaper.objects.create(
            draft=begun, file="membership/papers/begun.pdf", name="CV.pdf", size=9
        ),
        "consent_text": version.consent,
        "consent_version": version,
        "agreed": ApplicationConsent.objects.create(application=application, version=version),
        "membership": member,
        "lapsed_membership": lapsed,
        "term": member.terms.first(),
        "former_number": FormerNumber.objects.create(number=99, membership=lapsed, record=0),
        "reminder": Reminder.objects.get(slug="before"),
        **_letters(world, member),
        "member_card": MemberPaper.objects.create(
            membership=member,
            kind="card",
            code=CARD_CODE,
            name="Lena Okafor",
            full_name="Lena Okafor",
            category="Physician",
            member_until=today + timedelta(days=300),
            ends_on=today + timedelta(days=300),
        ),
        "standing_letter": MemberPaper.objects.create(
            membership=member,
            kind="letter",
            name="Lena Okafor",
            full_name="Lena Okafor",
            category="Physician",
            member_until=today + timedelta(days=300),
            ends_on=today + timedelta(days=90),
        ),
        "resignation": Resignation.objects.create(
            membership=lapsed, when="end", last_day=today - timedelta(days=440), reason="I retire."
        ),
        "pause": Pause.objects.create(
            membership=member,
            reason="other",
            note="A sabbatical.",
            starts_on=today + timedelta(days=20),
            back_on=today + timedelta(days=80),
        ),
        "office": OfficeAddress.objects.create(membership=member, email="office@people.example"),
        "office_sending": OfficeSending.objects.create(
            membership=lapsed, payment=world.payment, email="office@people.example"
        ),
        "latin_name": LatinName.objects.create(membership=lapsed, name="Lapsed Member"),
        "viewing": _viewing(world),
        "member_note": MemberNote.objects.create(membership=member, text="Prefers letters."),
        "past_term": PastTerm.objects.create(
            plan=plan,
            starts_on=today - timedelta(days=800),
            ends_on=today - timedelta(days=440),
            grace_days=60,
            source="paid",
        ),
        "notice": TermNotice.objects.create(term=member.terms.first(), step="before"),
        "group": group,
        "member_import": brought,
        "imported_line": ImportedLine.objects.create(member_import=brought, line=2, cells=["101"], number="101"),
        "automatic": (automatic := _automatic(member, plan, world.rows["kept_card"])),
        "announced": AnnouncedRenewal.objects.create(
            automatic=automatic, term=member.terms.first(), plan=plan, price=395, told_on=today
        ),
        "group_member": GroupMember.objects.create(group=group, membership=lapsed),
        "led_group": led,
        "group_letter": GroupLetter.objects.create(group=led, by=world.users[MEMBER], subject="We meet"),
        "mailing": (mailing := Mailing.objects.create(kind="group-letters", key=led.key, title="We meet", portion=100)),
        "mailing_recipient": MailingRecipient.objects.create(mailing=mailing, user=lapsed.user),
        "honor": Honor.objects.create(term=lapsed.terms.first(), decided_by="The board", reason="Years of work."),
        "join_request": GroupJoinRequest.objects.create(group=led, membership=lapsed, message="I see many."),
        **_institution(world, plan, lapsed),
        "practice_setting": PracticeSetting.objects.first()
        or PracticeSetting.objects.create(name="Clinic", slug="clinic"),
        "application": application,
        "paper": ApplicationPaper.objects.create(
            application=application, file=ContentFile(b"%PDF-1.7\n", "paper.pdf"), name="License.pdf", size=9
        ),
    }


def _institution(world: World, plan: Plan, lapsed: Membership) -> dict[str, Any]:
    """Looked after by the viewer; a seat offered to the seeker, one that the lapsed member has said yes to."""
    today, now = timezone.localdate(), timezone.now()
    customer = Customer.objects.create(name="Harbor Fellowship", bill_name="Harbor Fellowship")
    bundle = Bundle.objects.create(name="Harbor Fellowship", plan=plan, customer=customer)
    line = OrderLine.objects.filter(order=world.order).first()
    period = BundlePeriod.objects.create(
        bundle=bundle, plan=plan, order_line=line, seats=3, starts_on=today, ends_on=today + timedelta(days=300)
    )
    had = BundleSeat.objects.create(
        bundle=bundle, email=lapsed.user.email, user=lapsed.user, accepted_at=now, consent="2026-11"
    )
    return {
        "bundle": bundle,
        "bundle_period": period,
        "bundle_administrator": BundleAdministrator.objects.create(
            bundle=bundle, email=world.users[VIEWER].email, user=world.users[VIEWER], accepted_at=now
        ),
        "bundle_request": BundleAdministrator.objects.create(bundle=bundle, email=world.users[POSTER].email),
        "seat": BundleSeat.objects.create(bundle=bundle, email=world.users[SEEKER].email),
        "seat_had": had,
        "seat_term": SeatTerm.objects.create(seat=had, period=period, term=lapsed.terms.first()),
        "seat_reminder": SeatReminder.objects.get(slug="seats_before"),
        "seat_notice": SeatNotice.objects.create(bundle=bundle, ends_on=period.ends_on, step="seats_before"),
        "seat_price": SeatPrice.objects.create(plan=plan, least_seats=2, price=380),
    }


def _letters(world: World, member: Membership) -> dict[str, Any]:
    people = MemberFilter.objects.create(name="Members today", is_shared=True, statuses=["active", "grace"])
    letter = MemberLetter.objects.create(audience=people, subject="The spring letter", text="Dear {name}")
    return {
        "member_filter": people,
        "member_export": MemberExport.objects.create(what="All members", purpose="The printed list", number=2),
        "member_letter": letter,
        "member_letter_step": letter.status_changes.create(
            from_status="waiting", to_status="draft", reason="Too long."
        ),
    }


def _automatic(member: Membership, plan: Plan, card: KeptCard) -> AutomaticRenewal:
    return AutomaticRenewal.objects.create(
        membership=member,
        card=card,
        consent_version="2026-11",
        consent_text="I agree.",
        agreed_plan=plan,
        agreed_price=395,
        confirmed_at=timezone.now(),
    )


def _member(user: User, number: int, plan: Plan, starts_on: Any, ends_on: Any) -> Membership:
    made = Membership.objects.create(user=user, number=number, joined_on=starts_on, state_code="MN")
    Term.objects.create(membership=made, plan=plan, starts_on=starts_on, ends_on=ends_on)
    return made


def _journal(world: World) -> dict[str, Any]:
    today = timezone.localdate()
    issue = Issue.objects.create(volume=27, number=8, published_on=today - timedelta(days=20))
    kind = ArticleType.objects.first() or ArticleType.objects.create(name="Original research", slug="original-research")
    common = {"issue": issue, "type": kind, "published_on": issue.published_on, "abstract": "<p>What was found.</p>"}
    article = Article.objects.create(
        slug="a-trial", doi="10.5555/pm.1", title="A trial", body=f"<p>The whole text, {CLUE} {CANARY}.</p>", **common
    )
    free = Article.objects.create(
        slug="an-editorial",
        doi="10.5555/pm.2",
        title="An editorial",
        body="<p>Free text.</p>",
        free_to_read=True,
        **common,
    )
    ArticleAuthor.objects.create(article=article, given_name="Ruth", family_name="Adler")
    picture = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><title>zyzzogeton</title></svg>'
    DeliveredText.objects.create(
        article=free, source=b"<article/>", source_name="an-editorial.xml", sha256="0" * 64, html="<p>Free text.</p>",
        rules_version=1,
    )  # fmt: skip
    DeliveredReference.objects.create(article=free, order=1, anchor="j-b1", text="Rivera T. Sleep.")
    DoubtedWork.objects.create(doi="10.5555/gone.1", kind="retraction")
    ArticleRelation.objects.create(article=free, kind="commentary", doi="10.5555/pm.1")
    DeliveredFile.objects.create(
        article=article, role="supplement", key="a-trial-csv", name="a-trial.csv", ending="csv", size=30,
        file=ContentFile(b"night,zyzzogeton\n", "a-trial.csv"),
    )  # fmt: skip
    write_words(article, f"<h2>Results</h2><p>{CLUE} {CANARY}</p>")
    Article.objects.filter(pk=article.pk).update(keywords="pain, Trials")
    collection = Collection.objects.create(title="What helps", slug="what-helps", is_published=True)
    CollectedArticle.objects.create(collection=collection, article=article)
    Collection.objects.create(title="Not yet", slug="not-yet")
    Subject.objects.create(name="Trials", slug="trials")
    ArticleBrief.objects.create(article=article, limits=f"{CLUE} {CANARY}", figure_source=f"/{CANARY}")
    SavedArticle.objects.create(user=world.users[SEEKER], article=article, note="For the journal club.")
    UsageSalt.objects.create(on=today, salt=b"salt")
    UsageEvent.objects.create(
        at=timezone.now(), on=today, reader=b"reader", article=article, use="request", access="controlled", yop=2026
    )
    ArticleUsage.objects.create(
        on=today.replace(day=1), is_month=True, article=article, access="controlled", yop=2026, investigations=40,
        requests=30, unique_investigations=25, unique_requests=20, denials=5,
    )  # fmt: skip
    SearchUsage.objects.create(on=today.replace(day=1), is_month=True, searches=9)
    RobotAgent.objects.create(fragment="ExampleBot")
    meets_on = today + timedelta(days=5)
    return {
        "club_meeting": ClubMeeting.objects.create(group=world.led_group, article=article, meets_on=meets_on),
        "issue": issue,
        "collection": collection,
        "article": article,
        "free_article": free,
        "figure": Figure.objects.create(
            article=article, key="fig1", label="Figure 1", alt="A line", file=ContentFile(picture, "fig1.svg")
        ),
    }
