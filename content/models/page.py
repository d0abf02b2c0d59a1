"""Pages, news, statements and initiatives: one table, one tree of addresses."""

from datetime import date, datetime

from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxLengthValidator, RegexValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from aapm_site.core.audiences import audience_name
from aapm_site.core.cache.revisions import revised_where, sql_list
from aapm_site.core.richtext import RichTextField
from aapm_site.core.search import query
from aapm_site.core.transitions import StatusChange
from content.models.category import Category
from content.models.contributor import Contributor
from content.models.inventory import InventoryQuerySet
from content.states import HIDDEN_STATUSES, NEWS_KINDS, PAGE_LIFECYCLE, ROOTS, PageKind, PageStatus

PUBLIC, MEMBERS = "public", "members"
UNTITLED = "Untitled draft"  # how staff read a draft that has no title yet
READERS = {PUBLIC: "Everybody", MEMBERS: "Members"}


def readers_in_words(audience: str) -> str:
    """An audience as people read it; those of a group are called by its name."""
    return READERS.get(audience) or f"The group “{audience_name(audience) or audience.removeprefix('group:')}”"


CLEARED = (PageStatus.SCHEDULED, PageStatus.PUBLISHED)
# The same for triggers. What is scheduled is in it: pages end at the moment at which one comes out.
_CLEARED_ROW = f"status IN {sql_list(CLEARED)}"
_CLEARED_PAGES = f"SELECT id FROM content_page WHERE {_CLEARED_ROW}"  # noqa: S608 - words of our own


def public_at(at: datetime | Value) -> Q:
    """Public at this instant: the editors have decided, the date has come, and the end has not."""
    return Q(Q(unpublish_at__isnull=True) | Q(unpublish_at__gt=at), status__in=CLEARED, published_at__lte=at)


class PageQuerySet(InventoryQuerySet):
    """The words in which pages are asked for; "published" is defined by `public_at()` and nowhere else."""

    def published(self, at: datetime | Value) -> "PageQuerySet":
        """Public at this instant."""
        return self.filter(public_at(at))

    def kept(self) -> "PageQuerySet":
        """The pages of the site: what lies in the trash is none, nor a change that waits for its page."""
        return self.exclude(status__in=(PageStatus.TRASHED, PageStatus.PREPARED))

    def written(self) -> "PageQuerySet":
        """Every text that is kept, prepared changes too: what they show and name has to stay."""
        return self.exclude(status=PageStatus.TRASHED)

    def possible_parents(self, page: "Page | None" = None) -> "PageQuerySet":
        """Below which others can stand, or this page: neither itself then nor what stands below it."""
        rows = self.kept().exclude(kind__in=ROOTS)
        return rows.exclude(path__startswith=page.path) if page is not None and page.pk else rows

    def prepared(self) -> "PageQuerySet":
        """The changes that wait, each for a public page."""
        return self.filter(status=PageStatus.PREPARED)

    def cleared(self) -> "PageQuerySet":
        """Scheduled or published, whatever the dates."""
        return self.filter(status__in=CLEARED)

    def trashed(self) -> "PageQuerySet":
        return self.filter(status=PageStatus.TRASHED)

    def news(self) -> "PageQuerySet":
        """News and statements."""
        return self.filter(kind__in=NEWS_KINDS)

    def public(self) -> "PageQuerySet":
        """For everybody, whatever the date."""
        return self.filter(audience=PUBLIC)

    def newest_first(self) -> "PageQuerySet":
        return self.order_by("-published_at", "-pk")

    def with_change(self) -> "PageQuerySet":
        """With `changed`, what `changed_at` says of one row."""
        return self.annotate(changed=Greatest("updated_at", "published_at"))

    def next_change(self, after: datetime) -> datetime | None:
        """The next instant at which the clock alone shows or hides one of these rows."""
        cleared = self.filter(status__in=CLEARED)
        ends = cleared.aggregate(
            begins=models.Min("published_at", filter=Q(published_at__gt=after)),
            ends=models.Min("unpublish_at", filter=Q(unpublish_at__gt=after)),
        )
        return min((at for at in ends.values() if at), default=None)


class PageTraits:
    """What follows from the fields of a page: of a row, and of the values that readers are shown."""

    kind: str
    path: str
    title: str
    menu_title: str
    audience: str
    status: str
    published_at: datetime | None
    unpublish_at: datetime | None
    updated_at: datetime

    def get_absolute_url(self) -> str:
        return self.path

    @property
    def short_title(self) -> str:
        return self.menu_title or self.title

    @property
    def is_news(self) -> bool:
        return self.kind in NEWS_KINDS

    @property
    def is_statement(self) -> bool:
        return self.kind == PageKind.STATEMENT

    @property
    def names_its_kind(self) -> bool:
        """Whether readers are told what it is: a page of the tree is a page, and an answer says so itself."""
        return self.is_news or self.kind in (PageKind.INITIATIVE, PageKind.CONDITION)

    @property
    def is_rooted(self) -> bool:
        """Whether it stands under the root of its kind instead of in the tree."""
        return self.kind in ROOTS

    @property
    def is_public(self) -> bool:
        return self.audience == PUBLIC

    @property
    def changed_at(self) -> datetime:
        """When its words were last changed; what was written ahead of its date counts from that date."""
        return max(self.updated_at, self.published_at) if self.published_at else self.updated_at

    @property
    def changed_on(self) -> date | None:
        """The day of the last change, where it came after the day of publication."""
        on = timezone.localdate(self.changed_at)
        return None if self.published_at and on == timezone.localdate(self.published_at) else on

    @property
    def staff_word_now(self) -> str:
        """What the clock alone has made of a page that waited: the row goes on saying that it is scheduled."""
        return "Public, as scheduled" if self.status == PageStatus.SCHEDULED and self.on_site else ""

    @property
    def on_site(self) -> bool:
        """Whether its readers find it now."""
        return self.is_published(timezone.now())

    def is_published(self, at: datetime) -> bool:
        """The same condition as `published(at)`, for a row at hand."""
        return (
            self.status in (PageStatus.SCHEDULED, PageStatus.PUBLISHED)
            and self.published_at is not None
            and self.published_at <= at
            and (self.unpublish_at is None or self.unpublish_at > at)
        )

    def next_change(self, after: datetime) -> datetime | None:
        """When the clock will show or hide this page."""
        return min((at for at in (self.published_at, self.unpublish_at) if at and at > after), default=None)


class Page(PageTraits, models.Model):
    """One entry of the site at one address. Status and dates together say whether it is public."""

    kind = models.CharField(max_length=12, choices=PageKind, default=PageKind.PAGE)
    parent = models.ForeignKey(
        "self",
        verbose_name="stands below",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        help_text="The page above it. News, statements and answers have none.",
    )
    slug = models.CharField(
        "address word",
        max_length=80,
        validators=[RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", "Use lower-case letters, digits and single hyphens.")],
        help_text="The last word of the address, for example unity-circle.",
    )
    path = models.CharField("address", max_length=255, unique=True, editable=False)
    title = models.CharField(max_length=160)
    menu_title = models.CharField(
        max_length=60, blank=True, help_text="Shorter, for menus and breadcrumbs; the title if left empty."
    )
    summary = models.TextField(
        max_length=300,
        validators=[MaxLengthValidator(300)],
        help_text="One or two sentences. Lists show them, and everybody may read them, of a members' page too.",
    )
    description = models.CharField(
        max_length=170, blank=True, help_text="What search engines show; the summary if left empty."
    )
    body = RichTextField("text", blank=True)
    audience = models.CharField(
        max_length=60,
        default=PUBLIC,
        validators=[RegexValidator(r"^(public|members|group:[a-z0-9-]+)$", "Write public, members or group:its-name.")],
        help_text="public, members, or group: and the name of a group.",
    )
    author = models.ForeignKey(
        Contributor,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="written",
        help_text="Stands under the title.",
    )
    categories = models.ManyToManyField(
        Category, blank=True, related_name="pages", help_text="Of news and statements: what they are about."
    )
    topic = models.ForeignKey(
        "content.Topic",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="answers",
        help_text="Of a published answer: what the question is about.",
    )
    for_patients = models.BooleanField(
        "written for patients",
        default=False,
        help_text="Words of the glossary explain themselves in its text, and search engines learn whom it is for.",
    )
    clinical = models.BooleanField(
        "explains treatment",
        default=False,
        # So that a site which does not know the column yet can still write rows.
        db_default=False,
        help_text="Public only with the name of the clinician who has checked it, and the day.",
    )
    reviewer = models.ForeignKey(
        Contributor,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reviewed",
        help_text="Who has checked that what it says of medicine is right.",
    )
    reviewed_on = models.DateField(
        null=True, blank=True, help_text="The day of that check; after twelve months it is due again."
    )
    order = models.PositiveSmallIntegerField(
        "place", default=100, help_text="Small numbers stand first in the section."
    )
    show_toc = models.BooleanField("contents", default=False, help_text="List the headings beside a long text.")
    related = models.ManyToManyField("self", through="RelatedPage", symmetrical=False, related_name="+")

    starts_on = models.DateField(null=True, blank=True, help_text="First day of an initiative.")
    ends_on = models.DateField(null=True, blank=True, help_text="Last day of an initiative.")
    every_year = models.BooleanField(
        default=False, help_text="An initiative that comes back on the same days of each year."
    )
    recap = RichTextField(blank=True, help_text="What an initiative brought; shown once its last day has passed.")

    status = models.CharField(max_length=12, choices=PageStatus, default=PageStatus.DRAFT)
    published_at = models.DateTimeField(
        "date of publication",
        null=True,
        blank=True,
        help_text="Public from this moment on, once published or scheduled.",
    )
    unpublish_at = models.DateTimeField(
        "end of publication", null=True, blank=True, help_text="Not public any more from this moment on."
    )
    trashed_at = models.DateTimeField("in the trash since", null=True, blank=True, editable=False)
    trashed_with = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="trashed_along",
        help_text="The page above it, with which it went into the trash and comes back.",
    )
    prepares = models.OneToOneField(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        editable=False,
        related_name="prepared_change",
        help_text="Of a prepared change: the public page whose text it is to become. One page has one at most.",
    )
    prepared_from = models.PositiveIntegerField(
        null=True, blank=True, editable=False, help_text="The version of that page from which the change was written."
    )
    comes_at = models.DateTimeField(
        "comes by itself at", null=True, blank=True, editable=False, help_text="When the change is published by itself."
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(
        default=1, editable=False, help_text="Counts the saves: whoever saves must have read the newest."
    )

    search = query.vector(("title", "A"), ("summary", "B"), ("body", "D"))

    objects = PageQuerySet.as_manager()
    LIFECYCLE = PAGE_LIFECYCLE

    class Meta:
        ordering = ["path"]
        permissions = [
            ("publish_page", "Can publish, schedule and withdraw pages"),
            ("read_page", "Can read every page, whatever its audience"),
        ]
        indexes = [
            GinIndex(fields=["search"], name="content_page_search"),
            models.Index(fields=["-published_at", "-id"], name="content_page_newest"),
            models.Index(fields=["kind", "-published_at", "-id"], name="content_page_kind_newest"),
            # Counts and calendars of the archives are read from this index alone.
            models.Index(
                fields=["-published_at"], include=["status", "unpublish_at", "kind"], name="content_page_dates"
            ),
            models.Index(
                fields=["-published_at", "-id"], name="content_page_news_newest", condition=Q(kind__in=NEWS_KINDS)
            ),
            # A page of a list is chosen from this index alone, however far back it lies.
            models.Index(
                fields=["-published_at", "-id"],
                include=["kind", "status", "unpublish_at"],
                condition=Q(status__in=CLEARED),
                name="content_page_public_newest",
            ),
            *query.title_indexes("content_page"),
            models.Index(fields=["audience"], name="content_page_gated", condition=~Q(audience=PUBLIC)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=PageKind.values), name="content_page_kind_known"),
            models.CheckConstraint(condition=Q(status__in=PageStatus.values), name="content_page_status_known"),
            models.CheckConstraint(
                condition=Q(audience__regex=r"^(public|members|group:[a-z0-9-]+)$"),
                name="content_page_audience_known",
                violation_error_message="Write public, members or group:its-name.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=HIDDEN_STATUSES) | Q(published_at__isnull=False),
                name="content_page_public_has_date",
                violation_error_message="A published or scheduled page needs a date of publication.",
            ),
            models.CheckConstraint(
                condition=Q(unpublish_at__isnull=True)
                | Q(published_at__isnull=True)
                | Q(unpublish_at__gt=F("published_at")),
                name="content_page_ends_after_start",
                violation_error_message="The end of publication must come after its date.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="content_page_dates_in_order",
                violation_error_message="The last day must not come before the first.",
            ),
            models.CheckConstraint(
                condition=Q(path__startswith="/") & Q(path__endswith="/"), name="content_page_path_whole"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=list(ROOTS)) | Q(parent__isnull=True),
                name="content_page_rooted_has_no_parent",
                violation_error_message="News, statements and answers have no page above them.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=HIDDEN_STATUSES)
                | (Q(reviewer__isnull=True) & Q(reviewed_on__isnull=True))
                | (Q(reviewer__isnull=False) & Q(reviewed_on__isnull=False)),
                name="content_page_review_whole",
                violation_error_message="A review has a reviewer and a day: give both or neither.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=HIDDEN_STATUSES)
                | (Q(clinical=False) & ~Q(kind=PageKind.CONDITION))
                | Q(reviewer__isnull=False),
                name="content_page_clinical_is_signed",
                violation_error_message="What explains treatment is public only with its reviewer’s name.",
            ),
            models.CheckConstraint(
                condition=Q(status=PageStatus.TRASHED, trashed_at__isnull=False)
                | (~Q(status=PageStatus.TRASHED) & Q(trashed_at__isnull=True, trashed_with__isnull=True)),
                name="content_page_trashed_since",
            ),
            models.CheckConstraint(
                condition=Q(status=PageStatus.PREPARED, prepares__isnull=False, prepared_from__isnull=False)
                | (
                    ~Q(status=PageStatus.PREPARED)
                    & Q(prepares__isnull=True, prepared_from__isnull=True, comes_at__isnull=True)
                ),
                name="content_page_prepares_one",
            ),
            models.CheckConstraint(
                condition=Q(status__in=HIDDEN_STATUSES)
                | Q(every_year=False)
                | (Q(starts_on__isnull=False) & Q(ends_on__isnull=False)),
                name="content_page_yearly_has_dates",
                violation_error_message="What comes back every year needs a first and a last day.",
            ),
        ]
        triggers = [*revised_where(_CLEARED_ROW)]

    def __str__(self) -> str:
        return self.title or UNTITLED

    @property
    def needs_signature(self) -> bool:
        """Whether it is public only with a clinician's name: what explains treatment, and each page of a condition."""
        return self.clinical or self.kind == PageKind.CONDITION

    @property
    def is_trashed(self) -> bool:
        return self.status == PageStatus.TRASHED

    @property
    def is_prepared(self) -> bool:
        """Whether it is a change that waits for its page, and no page of the site."""
        return self.status == PageStatus.PREPARED


class RelatedPage(models.Model):
    """One page recommends another, in the editors' order."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="related_links")
    to = models.ForeignKey(Page, verbose_name="page", on_delete=models.CASCADE, related_name="recommended_in")
    order = models.PositiveSmallIntegerField("place", default=100)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = "related page"
        constraints = [
            models.UniqueConstraint(fields=["page", "to"], name="content_related_once"),
            models.CheckConstraint(
                condition=~Q(page=F("to")),
                name="content_related_to_another",
                violation_error_message="A page is not related to itself.",
            ),
        ]
        triggers = [*revised_where(f"changed.page_id IN ({_CLEARED_PAGES})")]

    def __str__(self) -> str:
        return str(self.to)


class PageStatusChange(StatusChange):
    subject = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="status_changes")

    class Meta(StatusChange.Meta):
        abstract = False
