"""An article, its type and its authors. The abstract is for everybody, the text for members."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from django.contrib.postgres.indexes import GinIndex
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Expression, F, Func, Q, Value
from django.db.models.functions import Concat, Lower, Upper
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe

from aapm_site.accounts.models.lists import Listed
from aapm_site.core.cache.revisions import revised
from aapm_site.core.richtext import RichTextField
from aapm_site.core.search import query
from membership.states import FreeKind

from .issue import Issue
from .subject import keyword_array

DOI = RegexValidator(r"^10\.\d{4,9}/\S+$", "A DOI looks like 10.5555/pm.2026.0801.")
ORCID = RegexValidator(r"^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$", "An ORCID looks like 0000-0002-1825-0097.")


class ArticleType(Listed):
    """Original research, review, special article; the order is that of the table of contents."""

    class Meta(Listed.Meta):
        triggers = [revised()]


ONE_DAY = timedelta(days=1)


def free_on(on: date | Value) -> Q:
    """What `ArticleTraits.free_on` says, as what a query can ask."""
    return Q(free_to_read=True) | Q(free_from__lte=on) | Q(chosen_from__lte=on, chosen_until__gte=on)


class ArticleQuerySet(models.QuerySet["Article"]):
    def published(self, on: date | Value) -> "ArticleQuerySet":
        """Out on a day: with its issue, or before it as an advance article."""
        return self.filter(Q(is_advance=True) | Q(issue__published_on__lte=on), published_on__lte=on)

    def ahead(self, on: date) -> "ArticleQuerySet":
        """Out on a day, and in no issue that is; the newest first."""
        waiting = Q(issue__isnull=True) | Q(issue__published_on__gt=on)
        return self.filter(waiting, is_advance=True, published_on__lte=on).order_by("-published_on", "-pk")

    def about(self, words: Sequence[str]) -> "ArticleQuerySet":
        """With one of these words among the keywords; they are in small letters."""
        return self.alias(spoken_of=keyword_array()).filter(spoken_of__overlap=list(words))

    def in_order(self) -> "ArticleQuerySet":
        """As in the table of contents: as the editors put it, else by type, then page."""
        placed = F("place").asc(nulls_last=True)
        return self.order_by(placed, "type__order", "type__name", F("first_page").asc(nulls_last=True), "pk")


class ArticleTraits:
    """What follows from the fields of an article: of a row, and of the values that readers are shown."""

    slug: str
    free_to_read: bool
    free_from: date | None
    chosen_from: date | None
    chosen_until: date | None
    first_page: int | None
    last_page: int | None
    page_label: str
    published_on: date

    def get_absolute_url(self) -> str:
        return reverse("journal:article-detail", args=[self.slug])

    @property
    def audience(self) -> str:
        """Who may read the full text today; access.py decides."""
        return "public" if self.free_on(timezone.localdate()) else "journal"

    def free_on(self, on: date) -> FreeKind | None:
        """Why everybody reads the full text on a day; what lasts goes before what ends. None: for members."""
        if self.free_to_read:
            return FreeKind.OPEN
        if self.free_from and self.free_from <= on:
            return FreeKind.EMBARGO_OVER
        if self.chosen_from and self.chosen_until and self.chosen_from <= on <= self.chosen_until:
            return FreeKind.CHOSEN
        return None

    def free_changes_after(self, on: date) -> date | None:
        """The first day after `on` on which `free_on` may answer something else."""
        closes_on = self.chosen_until + ONE_DAY if self.chosen_until else None
        days = [day for day in (self.free_from, self.chosen_from, closes_on) if day and day > on]
        return min(days, default=None)

    @property
    def pages(self) -> str:
        """801–809, or one page, or the label of what has no number (e123), or nothing yet."""
        if self.first_page is None:
            return self.page_label
        if self.last_page in {None, self.first_page}:
            return str(self.first_page)
        return f"{self.first_page}–{self.last_page}"


class Article(ArticleTraits, models.Model):
    """One article. Its slug is made once, from the DOI or a number, and never changes."""

    issue = models.ForeignKey(
        Issue, on_delete=models.PROTECT, null=True, blank=True, related_name="articles",
        help_text="None yet: an advance article. It keeps its address and its DOI when it moves in.",
    )  # fmt: skip
    # So that a site which does not know these columns yet can still write rows: db_default.
    is_advance = models.BooleanField(
        "advance article", default=False, db_default=False,
        help_text="Out from its own date on, whether its issue is out or not.",
    )  # fmt: skip
    # Where it stands in its issue; only domain/issues.py writes them.
    place = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    section = models.CharField(
        max_length=80, blank=True, db_default="", default="", editable=False,
        help_text="Its heading in the issue, where that is not its type.",
    )  # fmt: skip
    type = models.ForeignKey(ArticleType, on_delete=models.PROTECT, related_name="articles")
    slug = models.SlugField(max_length=160, unique=True, editable=False)
    doi = models.CharField("DOI", max_length=150, unique=True, null=True, blank=True, validators=[DOI])
    title = models.CharField(max_length=300)
    byline = models.TextField(editable=False, blank=True, help_text="The authors' names, kept for search.")
    first_page = models.PositiveIntegerField(null=True, blank=True)
    last_page = models.PositiveIntegerField(null=True, blank=True)
    page_label = models.CharField(
        "pages in words",
        max_length=30,
        blank=True,
        default="",
        db_default="",
        help_text="Where pages are no numbers: e123.",
    )
    published_on = models.DateField()
    received_on = models.DateField(null=True, blank=True)
    accepted_on = models.DateField(null=True, blank=True)
    keywords = models.CharField(max_length=400, blank=True, help_text="Separated by commas.")
    free_to_read = models.BooleanField(default=False, help_text="Everybody reads the full text.")
    free_from = models.DateField(
        "free from", null=True, blank=True, help_text="The end of an embargo: from this day on everybody reads it."
    )
    chosen_from = models.DateField(
        "editors’ choice from", null=True, blank=True, help_text="From this day everybody reads it for a time."
    )
    chosen_until = models.DateField("editors’ choice until", null=True, blank=True, help_text="The last such day.")
    plain_summary = models.TextField(blank=True, help_text="For everybody, without jargon; always public.")
    abstract = RichTextField(blank=True, help_text="Always public.")
    body = RichTextField("text", blank=True, help_text="For members, unless the article is free.")
    references = models.TextField(blank=True, help_text="One a line, in the order of their numbers.")
    funding = models.TextField(blank=True)
    conflicts = models.TextField("conflicts of interest", blank=True)
    license = models.TextField("license", blank=True, db_default="", default="", help_text="In words, as delivered.")
    license_url = models.CharField("address of the license", max_length=500, blank=True, db_default="", default="")
    copyright = models.TextField(blank=True, db_default="", default="")
    subjects_told_at = models.DateTimeField(
        "told by subject", null=True, blank=True, editable=False, help_text="When those were told who follow a subject."
    )
    sample = models.BooleanField(default=False, help_text="Demonstration content; its page says so.")
    # Only what everybody may read: a word of the full text must not find the article for a visitor.
    search = query.vector(("title", "A"), ("byline", "B"), ("keywords", "B"), ("plain_summary", "C"), ("abstract", "C"))

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-published_on", "first_page"]
        triggers = [revised()]
        indexes = [
            query.index("membership_article_search"),
            GinIndex(keyword_array(), name="membership_article_keywords"),
            models.Index(Upper("doi"), name="membership_article_doi_upper"),  # DOIs do not differ by case
            GinIndex(fields=["title"], opclasses=["gin_trgm_ops"], name="membership_article_title_near"),
            # What queries/article_search.py asks of ten thousand articles, without their wide rows.
            models.Index(
                fields=["id"],
                include=[
                    "published_on",
                    "issue",
                    "type",
                    "is_advance",
                    "free_to_read",
                    "free_from",
                    "chosen_from",
                    "chosen_until",
                ],
                name="membership_article_decided",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_page__isnull=True) | Q(last_page__isnull=True) | Q(first_page__lte=F("last_page")),
                name="membership_article_pages_in_order",
                violation_error_message="The last page comes before the first.",
            ),
            models.CheckConstraint(
                condition=Q(received_on__isnull=True)
                | Q(accepted_on__isnull=True)
                | Q(received_on__lte=F("accepted_on")),
                name="membership_article_received_before_accepted",
                violation_error_message="An article cannot be accepted before it is received.",
            ),
            models.CheckConstraint(condition=~Q(slug=""), name="membership_article_has_slug"),
            models.CheckConstraint(
                condition=Q(chosen_from__isnull=True, chosen_until__isnull=True)
                | Q(chosen_from__isnull=False, chosen_until__isnull=False, chosen_from__lte=F("chosen_until")),
                name="membership_article_chosen_for_a_time",
                violation_error_message="An editors’ choice has a first and a last day, in this order.",
            ),
            models.CheckConstraint(
                condition=Q(issue__isnull=False) | Q(is_advance=True),
                name="membership_article_in_an_issue_or_ahead",
                violation_error_message="Choose an issue, or tick that this is an advance article.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title_html(self) -> str:
        """The title as it was delivered, with its italics; without them where nothing was."""
        delivered = getattr(self, "delivered", None)
        return mark_safe(delivered.title_html) if delivered and delivered.title_html else self.title  # noqa: S308 - sanitized

    @property
    def keyword_list(self) -> list[str]:
        return [word.strip() for word in self.keywords.split(",") if word.strip()]

    @property
    def reference_list(self) -> list[str]:
        return [line.strip() for line in self.references.splitlines() if line.strip()]


BETWEEN_WORDS = r"[\s/.,;:’'`()#?%&\"-]+"


def name_key(name: Expression | None = None) -> Func:
    """A name as the address of its page has it: small letters, and hyphens for what is between the words.

    The database says it of both sides, so that its letters decide; `author_key` is what an address is begun with.
    """
    of = Concat("given_name", Value(" "), "family_name") if name is None else name
    hyphens = Func(
        Lower(of), Value(BETWEEN_WORDS), Value("-"), Value("g"), function="regexp_replace",
        output_field=models.TextField(),
    )  # fmt: skip
    return Func(hyphens, Value("-"), function="btrim", output_field=models.TextField())


def author_key(name: str) -> str:
    """lena-okafor; letters beyond ASCII stay as they are. Empty of a name without a letter."""
    words = re.sub(BETWEEN_WORDS, "-", name).strip("-")
    return "".join(sign.lower() if sign.isascii() else sign for sign in words)


class ArticleAuthor(models.Model):
    """One author of one article, as printed."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="authors")
    order = models.PositiveSmallIntegerField("place", default=0)
    given_name = models.CharField(max_length=150, blank=True)
    family_name = models.CharField(max_length=250, help_text="For a group, its whole name.")
    degrees = models.CharField(max_length=120, blank=True)
    affiliation = models.CharField(max_length=1_500, blank=True)
    orcid = models.CharField("ORCID", max_length=19, blank=True, validators=[ORCID])
    is_corresponding = models.BooleanField("corresponding", default=False)

    class Meta:
        verbose_name = "author"
        ordering = ["order", "pk"]
        triggers = [revised()]
        indexes = [models.Index(name_key(), name="membership_author_key")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page of the name; nothing of one without a letter."""
        key = author_key(self.name)
        return reverse("journal:author-detail", args=[key]) if key else ""

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def places(self) -> list[str]:
        """The affiliations one by one; somebody may have several, with a semicolon between two."""
        return [place.strip() for place in self.affiliation.split(";") if place.strip()]

    @property
    def signature(self) -> str:
        return ", ".join(part for part in (self.name, self.degrees) if part)
