"""Members, their terms, institutions, groups and the journal; the lists and letters to begin with; the rights of staff."""

import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.functions
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models

import aapm_site.core.files.private
import aapm_site.core.ids
import aapm_site.core.richtext
import membership.check_codes
import membership.journal.models.delivered
import membership.journal.models.figure
import membership.models.application
import membership.models.membership
from aapm_site.core import roles
from aapm_site.core.at_once import AtOnce

STAGES = (
    ("student", "Medical student"),
    ("resident-or-fellow", "Resident or fellow"),
    ("early-career", "Early career (first seven years)"),
    ("mid-career", "Mid-career (8 to 20 years)"),
    ("late-career", "Late career (more than 20 years)"),
    ("retired", "Retired"),
)
SETTINGS = (
    ("group-practice", "Group practice"),
    ("academic-center", "Academic center"),
    ("hospital", "Hospital or health system"),
    ("own-practice", "Own practice"),
    ("government", "Public or military"),
    ("telehealth", "Telehealth"),
)
TYPES = (
    ("editorial", "Editorial"),
    ("original-research", "Original research"),
    ("preliminary-research", "Preliminary research"),
    ("brief-research-report", "Brief research report"),
    ("review", "Review"),
    ("special-article", "Special article"),
    ("resident-and-fellow-forum", "Resident and fellow forum"),
)
FIRST_NUMBER = 10_001
LAST_TYPES = (("correction", "Correction"), ("retraction", "Retraction"))  # last in the contents
BEFORE = """Dear {name},

Your term ({category}, member number {number}) ends on {ends_on}. That day still belongs to it.

{grace}

{stay}

A new term begins on the day after this one ends: you lose no day by being early. If your category fits no more, write to us:
{site}/ask/"""
END = """Dear {name},

Your term ({category}, member number {number}) {ends}.

{grace}

{stay}"""
GRACE_END = """Dear {name},

Your term ({category}, member number {number}) ended on {ends_on}, and the time of grace after it {grace_ends}.

Your account stays, and so does everything that the Journal published during your terms: you can go on reading it. If you would like to come back, you are welcome.

{stay}

If something keeps you from staying, we would like to know:
{site}/ask/"""

LETTERS = [
    ("before", "30 days before the end", "before_end", 30, "Your membership ends on {ends_on}", BEFORE),
    ("end", "On the last day", "before_end", 0, "Your term {ends}", END),
    ("grace_end", "On the last day of grace", "before_grace", 0, "Your membership {grace_ends}", GRACE_END),
]
DECLARATION = "What I have written is true, and my license, if I need one, is not restricted."
RIGHTS = {
    roles.MEMBERSHIP_STAFF: [
        "view_articletype",
        "add_careerstage",
        "change_careerstage",
        "delete_careerstage",
        "view_careerstage",
        "add_group",
        "change_group",
        "delete_group",
        "view_group",
        "add_groupmember",
        "change_groupmember",
        "delete_groupmember",
        "view_groupmember",
        "view_issue",
        "add_membership",
        "change_membership",
        "view_membership",
        "see_access_decision",
        "add_plan",
        "change_plan",
        "delete_plan",
        "view_plan",
        "add_practicesetting",
        "change_practicesetting",
        "delete_practicesetting",
        "view_practicesetting",
        "add_term",
        "change_term",
        "delete_term",
        "view_term",
        "view_termnotice",
        "view_application",
        "decide_application",
        "view_applicationpaper",
        "view_memberimport",
        "import_members",
        "view_pastterm",
        "merge_members",
        "add_reminder",
        "change_reminder",
        "delete_reminder",
        "view_reminder",
        "view_groupjoinrequest",
        "view_bundleperiod",
        "view_bundleseat",
        "add_seatprice",
        "change_seatprice",
        "delete_seatprice",
        "view_seatprice",
        "add_bundle",
        "change_bundle",
        "view_bundle",
        "delete_bundleadministrator",
        "view_bundleadministrator",
        "view_directorymessage",
        "decide_directorymessage",
        "view_directoryentry",
        "hide_directoryentry",
        "add_memberfilter",
        "change_memberfilter",
        "delete_memberfilter",
        "view_memberfilter",
        "add_memberletter",
        "change_memberletter",
        "delete_memberletter",
        "view_memberletter",
        "send_memberletter",
        "agree_memberletter",
        "view_memberexport",
        "export_members",
        "see_member_reports",
        "view_memberpaper",
        "view_resignation",
        "view_pause",
        "view_officesending",
        "view_viewing",
        "view_as_member",
        "add_consenttext",
        "change_consenttext",
        "view_consenttext",
        "add_finderquestion",
        "change_finderquestion",
        "delete_finderquestion",
        "view_finderquestion",
        "view_consentversion",
        "add_finderanswer",
        "change_finderanswer",
        "delete_finderanswer",
        "view_finderanswer",
        "view_groupletter",
    ],
    roles.JOURNAL_EDITOR: [
        "add_article",
        "change_article",
        "delete_article",
        "view_article",
        "add_articletype",
        "change_articletype",
        "delete_articletype",
        "view_articletype",
        "add_figure",
        "change_figure",
        "delete_figure",
        "view_figure",
        "add_issue",
        "change_issue",
        "delete_issue",
        "view_issue",
        "see_access_decision",
        "add_articleauthor",
        "change_articleauthor",
        "delete_articleauthor",
        "view_articleauthor",
        "add_robotagent",
        "change_robotagent",
        "delete_robotagent",
        "view_robotagent",
        "see_journal_usage",
        "view_collection",
        "add_subject",
        "change_subject",
        "delete_subject",
        "view_subject",
        "add_collectedarticle",
        "change_collectedarticle",
        "delete_collectedarticle",
        "view_collectedarticle",
        "add_collection",
        "change_collection",
        "delete_collection",
    ],
    roles.FINANCE: ["view_bundle", "see_member_reports"],
}


def fill(apps, schema_editor):
    """The rows that pages need from the first day; staff edit them."""

    def rows(model):
        return apps.get_model("membership", model).objects

    for model, entries in (("CareerStage", STAGES), ("PracticeSetting", SETTINGS), ("ArticleType", TYPES)):
        for place, (slug, name) in enumerate(entries, start=1):
            rows(model).create(slug=slug, name=name, order=place * 10)
    for place, (slug, name) in enumerate(LAST_TYPES, start=90):
        rows("ArticleType").create(slug=slug, name=name, order=place * 10)
    for slug, name, kind, days, subject, text in LETTERS:
        rows("Reminder").create(slug=slug, name=name, kind=kind, days=days, subject=subject, text=text)
    text = rows("ConsentText").create(slug="declaration", name="Declaration", order=10)
    rows("ConsentVersion").create(consent=text, number=1, text=DECLARATION)


def give(apps, schema_editor):
    for role, codenames in RIGHTS.items():
        roles.grant(apps, "membership", role, codenames)


class Migration(migrations.Migration):
    replaces = [
        ("membership", "0001_initial"),
        ("membership", "0002_lists"),
        ("membership", "0003_role_permissions"),
        ("membership", "0004_title_index"),
        ("membership", "0005_announce_what_is_seen"),
        ("membership", "0006_memberships_are_closed"),
        ("membership", "0007_a_membership_is_a_members"),
        ("membership", "0008_terms_keep_what_they_grant"),
        ("membership", "0009_what_terms_granted"),
        ("membership", "0010_terms_apart_by_membership"),
        ("membership", "0011_dues_and_fixed_years"),
        ("membership", "0012_imports_of_members"),
        ("membership", "0013_who_imports_members"),
        ("membership", "0014_delivered_articles"),
        ("membership", "0015_changes_of_category"),
        ("membership", "0016_advance_articles"),
        ("membership", "0017_checked_by_the_worker"),
        ("membership", "0018_words_of_articles"),
        ("membership", "0019_saved_articles_and_contents"),
        ("membership", "0020_merged_and_forgotten"),
        ("membership", "0021_who_merges_members"),
        ("membership", "0022_letters_about_the_end"),
        ("membership", "0023_the_letters_so_far"),
        ("membership", "0024_deaths_and_notes"),
        ("membership", "0025_free_for_a_time"),
        ("membership", "0026_groups_keep_their_keys"),
        ("membership", "0027_institutions_with_seats"),
        ("membership", "0028_who_looks_after_seats"),
        ("membership", "0029_doubted_works"),
        ("membership", "0030_directories"),
        ("membership", "0031_who_sees_the_directories"),
        ("membership", "0032_letters_to_members"),
        ("membership", "0033_who_writes_to_members"),
        ("membership", "0034_cards_and_letters"),
        ("membership", "0035_resignations_and_pauses"),
        ("membership", "0036_receipts_to_offices"),
        ("membership", "0037_looks_as_a_member"),
        ("membership", "0038_who_looks_as_a_member"),
        ("membership", "0039_prices_of_seats_have_a_currency"),
        ("membership", "0040_begun_applications_finder_consents"),
        ("membership", "0041_what_applicants_agree_to"),
        ("membership", "0042_group_letters_and_honors"),
        ("membership", "0043_automatic_renewals"),
        ("membership", "0044_usage_of_the_journal"),
        ("membership", "0045_who_sees_usage"),
        ("membership", "0046_collections_and_subjects"),
        ("membership", "0047_who_keeps_collections"),
        ("membership", "0048_journal_clubs"),
        ("membership", "0049_issues_put_together"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("accounts", "0004_role_permissions"),
        ("accounts", "0014_an_address_may_be_missing"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("billing", "0010_offers"),
        ("billing", "0011_kept_cards"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("core", "0002_text_search"),
        ("mail", "0008_the_reader_has_died"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        BtreeGistExtension(),
        AtOnce(
            [
                migrations.CreateModel(
                    name="Article",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("slug", models.SlugField(editable=False, max_length=160, unique=True)),
                        (
                            "doi",
                            models.CharField(
                                blank=True,
                                max_length=150,
                                null=True,
                                unique=True,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^10\\.\\d{4,9}/\\S+$", "A DOI looks like 10.5555/pm.2026.0801."
                                    )
                                ],
                                verbose_name="DOI",
                            ),
                        ),
                        ("title", models.CharField(max_length=300)),
                        (
                            "byline",
                            models.TextField(
                                blank=True, editable=False, help_text="The authors' names, kept for search."
                            ),
                        ),
                        ("first_page", models.PositiveIntegerField(blank=True, null=True)),
                        ("last_page", models.PositiveIntegerField(blank=True, null=True)),
                        ("published_on", models.DateField()),
                        ("received_on", models.DateField(blank=True, null=True)),
                        ("accepted_on", models.DateField(blank=True, null=True)),
                        ("keywords", models.CharField(blank=True, help_text="Separated by commas.", max_length=400)),
                        (
                            "free_to_read",
                            models.BooleanField(default=False, help_text="Everybody reads the full text."),
                        ),
                        (
                            "plain_summary",
                            models.TextField(blank=True, help_text="For everybody, without jargon; always public."),
                        ),
                        ("abstract", aapm_site.core.richtext.RichTextField(blank=True, help_text="Always public.")),
                        (
                            "body",
                            aapm_site.core.richtext.RichTextField(
                                blank=True, help_text="For members, unless the article is free."
                            ),
                        ),
                        (
                            "references",
                            models.TextField(blank=True, help_text="One a line, in the order of their numbers."),
                        ),
                        ("funding", models.TextField(blank=True)),
                        ("conflicts", models.TextField(blank=True, verbose_name="conflicts of interest")),
                        (
                            "sample",
                            models.BooleanField(default=False, help_text="Demonstration content; its page says so."),
                        ),
                        (
                            "search",
                            models.GeneratedField(
                                db_persist=True,
                                expression=django.contrib.postgres.search.CombinedSearchVector(
                                    django.contrib.postgres.search.CombinedSearchVector(
                                        django.contrib.postgres.search.CombinedSearchVector(
                                            django.contrib.postgres.search.CombinedSearchVector(
                                                django.contrib.postgres.search.SearchVector(
                                                    "title", config="site_english", weight="A"
                                                ),
                                                "||",
                                                django.contrib.postgres.search.SearchVector(
                                                    "byline", config="site_english", weight="B"
                                                ),
                                                django.contrib.postgres.search.SearchConfig("site_english"),
                                            ),
                                            "||",
                                            django.contrib.postgres.search.SearchVector(
                                                "keywords", config="site_english", weight="B"
                                            ),
                                            django.contrib.postgres.search.SearchConfig("site_english"),
                                        ),
                                        "||",
                                        django.contrib.postgres.search.SearchVector(
                                            "plain_summary", config="site_english", weight="C"
                                        ),
                                        django.contrib.postgres.search.SearchConfig("site_english"),
                                    ),
                                    "||",
                                    django.contrib.postgres.search.SearchVector(
                                        "abstract", config="site_english", weight="C"
                                    ),
                                    django.contrib.postgres.search.SearchConfig("site_english"),
                                ),
                                output_field=django.contrib.postgres.search.SearchVectorField(),
                            ),
                        ),
                        (
                            "type",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="articles",
                                to="membership.articletype",
                            ),
                        ),
                        (
                            "issue",
                            models.ForeignKey(
                                blank=True,
                                help_text="None yet: an advance article. It keeps its address and its DOI when it moves in.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="articles",
                                to="membership.issue",
                            ),
                        ),
                        (
                            "page_label",
                            models.CharField(
                                blank=True,
                                db_default="",
                                default="",
                                help_text="Where pages are no numbers: e123.",
                                max_length=30,
                                verbose_name="pages in words",
                            ),
                        ),
                        ("copyright", models.TextField(blank=True, db_default="", default="")),
                        (
                            "is_advance",
                            models.BooleanField(
                                db_default=False,
                                default=False,
                                help_text="Out from its own date on, whether its issue is out or not.",
                                verbose_name="advance article",
                            ),
                        ),
                        (
                            "license",
                            models.TextField(
                                blank=True,
                                db_default="",
                                default="",
                                help_text="In words, as delivered.",
                                verbose_name="license",
                            ),
                        ),
                        (
                            "license_url",
                            models.CharField(
                                blank=True,
                                db_default="",
                                default="",
                                max_length=500,
                                verbose_name="address of the license",
                            ),
                        ),
                        (
                            "chosen_from",
                            models.DateField(
                                blank=True,
                                help_text="From this day everybody reads it for a time.",
                                null=True,
                                verbose_name="editors’ choice from",
                            ),
                        ),
                        (
                            "chosen_until",
                            models.DateField(
                                blank=True,
                                help_text="The last such day.",
                                null=True,
                                verbose_name="editors’ choice until",
                            ),
                        ),
                        (
                            "free_from",
                            models.DateField(
                                blank=True,
                                help_text="The end of an embargo: from this day on everybody reads it.",
                                null=True,
                                verbose_name="free from",
                            ),
                        ),
                        (
                            "subjects_told_at",
                            models.DateTimeField(
                                blank=True,
                                editable=False,
                                help_text="When those were told who follow a subject.",
                                null=True,
                                verbose_name="told by subject",
                            ),
                        ),
                        ("place", models.PositiveSmallIntegerField(blank=True, editable=False, null=True)),
                        (
                            "section",
                            models.CharField(
                                blank=True,
                                db_default="",
                                default="",
                                editable=False,
                                help_text="Its heading in the issue, where that is not its type.",
                                max_length=80,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-published_on", "first_page"],
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["search"], name="membership_article_search"
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["title"], name="membership_article_title_near", opclasses=["gin_trgm_ops"]
                            ),
                            models.Index(
                                django.db.models.functions.text.Upper("doi"), name="membership_article_doi_upper"
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                models.Func(
                                    django.db.models.functions.text.Trim(
                                        django.db.models.functions.text.Lower("keywords")
                                    ),
                                    models.Value("\\s*,\\s*"),
                                    function="regexp_split_to_array",
                                    output_field=django.contrib.postgres.fields.ArrayField(
                                        base_field=models.TextField(), size=None
                                    ),
                                ),
                                name="membership_article_keywords",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("first_page__isnull", True),
                                    ("last_page__isnull", True),
                                    ("first_page__lte", models.F("last_page")),
                                    _connector="OR",
                                ),
                                name="membership_article_pages_in_order",
                                violation_error_message="The last page comes before the first.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("received_on__isnull", True),
                                    ("accepted_on__isnull", True),
                                    ("received_on__lte", models.F("accepted_on")),
                                    _connector="OR",
                                ),
                                name="membership_article_received_before_accepted",
                                violation_error_message="An article cannot be accepted before it is received.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("slug", ""), _negated=True), name="membership_article_has_slug"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("issue__isnull", False), ("is_advance", True), _connector="OR"),
                                name="membership_article_in_an_issue_or_ahead",
                                violation_error_message="Choose an issue, or tick that this is an advance article.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("chosen_from__isnull", True), ("chosen_until__isnull", True)),
                                    models.Q(
                                        ("chosen_from__isnull", False),
                                        ("chosen_from__lte", models.F("chosen_until")),
                                        ("chosen_until__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="membership_article_chosen_for_a_time",
                                violation_error_message="An editors’ choice has a first and a last day, in this order.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ArticleType",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=100, unique=True)),
                        ("slug", models.SlugField(max_length=100, unique=True)),
                        ("order", models.PositiveSmallIntegerField(default=100)),
                    ],
                    options={
                        "ordering": ["order", "name"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CareerStage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=100, unique=True)),
                        ("slug", models.SlugField(max_length=100, unique=True)),
                        ("order", models.PositiveSmallIntegerField(default=100)),
                    ],
                    options={
                        "ordering": ["order", "name"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Figure",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        ("key", models.SlugField(help_text="Its name in the text, such as fig1.", max_length=60)),
                        ("label", models.CharField(help_text="Figure 1", max_length=60)),
                        ("caption", models.TextField(blank=True)),
                        (
                            "alt",
                            models.TextField(
                                help_text="What the figure shows, for those who do not see it.",
                                verbose_name="description",
                            ),
                        ),
                        (
                            "file",
                            models.FileField(
                                storage=aapm_site.core.files.private.storage,
                                upload_to=membership.journal.models.figure.figure_path,
                                validators=[
                                    django.core.validators.FileExtensionValidator(["jpeg", "jpg", "png", "svg", "webp"])
                                ],
                            ),
                        ),
                        (
                            "width",
                            models.PositiveIntegerField(
                                blank=True, help_text="In pixels, so that the text does not jump.", null=True
                            ),
                        ),
                        ("height", models.PositiveIntegerField(blank=True, null=True)),
                        (
                            "article",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="figures",
                                to="membership.article",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["order", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("article", "key"),
                                name="membership_figure_key_once",
                                violation_error_message="This article has a figure of that key already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Group",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=100, unique=True)),
                        (
                            "slug",
                            models.SlugField(
                                help_text="The last word of its address. Another one changes nothing about its pages.",
                                max_length=60,
                                unique=True,
                                verbose_name="address word",
                            ),
                        ),
                        (
                            "summary",
                            models.CharField(
                                blank=True, help_text="One sentence: whom the group is for.", max_length=300
                            ),
                        ),
                        (
                            "members",
                            models.ManyToManyField(
                                related_name="groups", through="membership.GroupMember", to="membership.membership"
                            ),
                        ),
                        (
                            "closed_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="closed since"),
                        ),
                        (
                            "how_to_join",
                            models.CharField(
                                choices=[
                                    ("open", "At once, by a press"),
                                    ("asked", "The chairs decide"),
                                    ("appointed", "By appointment of the office"),
                                ],
                                db_default="appointed",
                                default="appointed",
                                help_text="Who joins at once reads its pages at once.",
                                max_length=10,
                            ),
                        ),
                        (
                            "key",
                            models.SlugField(
                                db_default=django.db.models.functions.comparison.Cast(
                                    django.contrib.postgres.functions.RandomUUID(), models.CharField()
                                ),
                                default="",
                                editable=False,
                                max_length=54,
                                unique=True,
                            ),
                        ),
                        (
                            "purpose",
                            models.TextField(
                                blank=True,
                                db_default="",
                                default="",
                                help_text="What the group does, in plain words; an empty line begins a new paragraph. Everybody reads it.",
                                max_length=4000,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "special interest group",
                        "ordering": ["name"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("how_to_join__in", ["open", "asked", "appointed"])),
                                name="membership_group_joined_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("key", ""), _negated=True), name="membership_group_has_key"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GroupMember",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("joined_on", models.DateField(default=django.utils.timezone.localdate)),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="group_members",
                                to="membership.group",
                            ),
                        ),
                        (
                            "membership",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="group_members",
                                to="membership.membership",
                            ),
                        ),
                        ("chair_since", models.DateField(blank=True, editable=False, null=True)),
                    ],
                    options={
                        "verbose_name": "member of the group",
                        "verbose_name_plural": "members of the group",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("group", "membership"),
                                name="membership_group_member_once",
                                violation_error_message="This member is in the group already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Issue",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "volume",
                            models.PositiveSmallIntegerField(
                                help_text="As a number: it gives the issue its place and its address."
                            ),
                        ),
                        (
                            "number",
                            models.PositiveSmallIntegerField(
                                help_text="As a number. A supplement takes one that no other issue of its volume has."
                            ),
                        ),
                        (
                            "published_on",
                            models.DateField(
                                blank=True,
                                help_text="From this day on the issue and its articles are on the site. Without one it is being put together.",
                                null=True,
                            ),
                        ),
                        (
                            "title",
                            models.CharField(blank=True, help_text="For a special issue, its title.", max_length=150),
                        ),
                        (
                            "theme",
                            models.TextField(
                                blank=True, help_text="What the issue is about, in two or three sentences."
                            ),
                        ),
                        (
                            "sample",
                            models.BooleanField(default=False, help_text="Demonstration content; its pages say so."),
                        ),
                        (
                            "number_label",
                            models.CharField(
                                blank=True,
                                db_default="",
                                default="",
                                help_text="Where it is no number: Suppl 1, 11-12.",
                                max_length=30,
                                verbose_name="number as printed",
                            ),
                        ),
                        (
                            "volume_label",
                            models.CharField(
                                blank=True,
                                db_default="",
                                default="",
                                help_text="Where it is no number.",
                                max_length=30,
                                verbose_name="volume as printed",
                            ),
                        ),
                        (
                            "contents_told_at",
                            models.DateTimeField(
                                blank=True,
                                editable=False,
                                help_text="When everybody was told who asks for it.",
                                null=True,
                                verbose_name="contents mailed",
                            ),
                        ),
                        (
                            "cover",
                            models.CharField(
                                blank=True,
                                db_default="",
                                default="",
                                editable=False,
                                help_text="Without one it has a drawn cover.",
                                max_length=100,
                                verbose_name="file of its cover",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-volume", "-number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("volume", "number"),
                                name="membership_issue_once",
                                violation_error_message="This volume has an issue of that number already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("number__gte", 1), ("volume__gte", 1)),
                                name="membership_issue_from_one",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Membership",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "number",
                            models.PositiveIntegerField(editable=False, unique=True, verbose_name="member number"),
                        ),
                        ("joined_on", models.DateField()),
                        (
                            "state_code",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("AL", "Alabama"),
                                    ("AK", "Alaska"),
                                    ("AS", "American Samoa"),
                                    ("AZ", "Arizona"),
                                    ("AR", "Arkansas"),
                                    ("CA", "California"),
                                    ("CO", "Colorado"),
                                    ("CT", "Connecticut"),
                                    ("DE", "Delaware"),
                                    ("DC", "District of Columbia"),
                                    ("FL", "Florida"),
                                    ("GA", "Georgia"),
                                    ("GU", "Guam"),
                                    ("HI", "Hawaii"),
                                    ("ID", "Idaho"),
                                    ("IL", "Illinois"),
                                    ("IN", "Indiana"),
                                    ("IA", "Iowa"),
                                    ("KS", "Kansas"),
                                    ("KY", "Kentucky"),
                                    ("LA", "Louisiana"),
                                    ("ME", "Maine"),
                                    ("MD", "Maryland"),
                                    ("MA", "Massachusetts"),
                                    ("MI", "Michigan"),
                                    ("MN", "Minnesota"),
                                    ("MS", "Mississippi"),
                                    ("MO", "Missouri"),
                                    ("MT", "Montana"),
                                    ("NE", "Nebraska"),
                                    ("NV", "Nevada"),
                                    ("NH", "New Hampshire"),
                                    ("NJ", "New Jersey"),
                                    ("NM", "New Mexico"),
                                    ("NY", "New York"),
                                    ("NC", "North Carolina"),
                                    ("ND", "North Dakota"),
                                    ("MP", "Northern Mariana Islands"),
                                    ("OH", "Ohio"),
                                    ("OK", "Oklahoma"),
                                    ("OR", "Oregon"),
                                    ("PA", "Pennsylvania"),
                                    ("PR", "Puerto Rico"),
                                    ("RI", "Rhode Island"),
                                    ("SC", "South Carolina"),
                                    ("SD", "South Dakota"),
                                    ("TN", "Tennessee"),
                                    ("TX", "Texas"),
                                    ("VI", "US Virgin Islands"),
                                    ("UT", "Utah"),
                                    ("VT", "Vermont"),
                                    ("VA", "Virginia"),
                                    ("WA", "Washington"),
                                    ("WV", "West Virginia"),
                                    ("WI", "Wisconsin"),
                                    ("WY", "Wyoming"),
                                    ("XX", "Outside the United States"),
                                ],
                                max_length=2,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "career_stage",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to="membership.careerstage",
                            ),
                        ),
                        (
                            "user",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="membership",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="member",
                            ),
                        ),
                        (
                            "practice_setting",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to="membership.practicesetting",
                            ),
                        ),
                        (
                            "closed_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="closed since"),
                        ),
                        (
                            "next_plan",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="membership.plan",
                                verbose_name="next category",
                            ),
                        ),
                        ("training_ends_on", models.DateField(blank=True, null=True, verbose_name="training ends on")),
                        (
                            "deceased_on",
                            models.DateField(blank=True, editable=False, null=True, verbose_name="died on"),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "permissions": [
                            ("see_access_decision", "Can ask why a member may read something or not"),
                            ("merge_members", "Can merge two persons who are one"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state_code", ""),
                                    (
                                        "state_code__in",
                                        [
                                            "AL",
                                            "AK",
                                            "AS",
                                            "AZ",
                                            "AR",
                                            "CA",
                                            "CO",
                                            "CT",
                                            "DE",
                                            "DC",
                                            "FL",
                                            "GA",
                                            "GU",
                                            "HI",
                                            "ID",
                                            "IL",
                                            "IN",
                                            "IA",
                                            "KS",
                                            "KY",
                                            "LA",
                                            "ME",
                                            "MD",
                                            "MA",
                                            "MI",
                                            "MN",
                                            "MS",
                                            "MO",
                                            "MT",
                                            "NE",
                                            "NV",
                                            "NH",
                                            "NJ",
                                            "NM",
                                            "NY",
                                            "NC",
                                            "ND",
                                            "MP",
                                            "OH",
                                            "OK",
                                            "OR",
                                            "PA",
                                            "PR",
                                            "RI",
                                            "SC",
                                            "SD",
                                            "TN",
                                            "TX",
                                            "VI",
                                            "UT",
                                            "VT",
                                            "VA",
                                            "WA",
                                            "WV",
                                            "WI",
                                            "WY",
                                            "XX",
                                        ],
                                    ),
                                    _connector="OR",
                                ),
                                name="membership_membership_state_known",
                                violation_error_message="Choose a state from the list.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MembershipEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("number", models.PositiveIntegerField(editable=False, verbose_name="member number")),
                        ("joined_on", models.DateField()),
                        (
                            "state_code",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("AL", "Alabama"),
                                    ("AK", "Alaska"),
                                    ("AS", "American Samoa"),
                                    ("AZ", "Arizona"),
                                    ("AR", "Arkansas"),
                                    ("CA", "California"),
                                    ("CO", "Colorado"),
                                    ("CT", "Connecticut"),
                                    ("DE", "Delaware"),
                                    ("DC", "District of Columbia"),
                                    ("FL", "Florida"),
                                    ("GA", "Georgia"),
                                    ("GU", "Guam"),
                                    ("HI", "Hawaii"),
                                    ("ID", "Idaho"),
                                    ("IL", "Illinois"),
                                    ("IN", "Indiana"),
                                    ("IA", "Iowa"),
                                    ("KS", "Kansas"),
                                    ("KY", "Kentucky"),
                                    ("LA", "Louisiana"),
                                    ("ME", "Maine"),
                                    ("MD", "Maryland"),
                                    ("MA", "Massachusetts"),
                                    ("MI", "Michigan"),
                                    ("MN", "Minnesota"),
                                    ("MS", "Mississippi"),
                                    ("MO", "Missouri"),
                                    ("MT", "Montana"),
                                    ("NE", "Nebraska"),
                                    ("NV", "Nevada"),
                                    ("NH", "New Hampshire"),
                                    ("NJ", "New Jersey"),
                                    ("NM", "New Mexico"),
                                    ("NY", "New York"),
                                    ("NC", "North Carolina"),
                                    ("ND", "North Dakota"),
                                    ("MP", "Northern Mariana Islands"),
                                    ("OH", "Ohio"),
                                    ("OK", "Oklahoma"),
                                    ("OR", "Oregon"),
                                    ("PA", "Pennsylvania"),
                                    ("PR", "Puerto Rico"),
                                    ("RI", "Rhode Island"),
                                    ("SC", "South Carolina"),
                                    ("SD", "South Dakota"),
                                    ("TN", "Tennessee"),
                                    ("TX", "Texas"),
                                    ("VI", "US Virgin Islands"),
                                    ("UT", "Utah"),
                                    ("VT", "Vermont"),
                                    ("VA", "Virginia"),
                                    ("WA", "Washington"),
                                    ("WV", "West Virginia"),
                                    ("WI", "Wisconsin"),
                                    ("WY", "Wyoming"),
                                    ("XX", "Outside the United States"),
                                ],
                                max_length=2,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "career_stage",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="membership.careerstage",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="membership.membership",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="member",
                            ),
                        ),
                        (
                            "practice_setting",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="membership.practicesetting",
                            ),
                        ),
                        (
                            "closed_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="closed since"),
                        ),
                        (
                            "next_plan",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="membership.plan",
                                verbose_name="next category",
                            ),
                        ),
                        ("training_ends_on", models.DateField(blank=True, null=True, verbose_name="training ends on")),
                        (
                            "deceased_on",
                            models.DateField(blank=True, editable=False, null=True, verbose_name="died on"),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Plan",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=100, unique=True)),
                        ("slug", models.SlugField(max_length=100, unique=True)),
                        (
                            "summary",
                            models.CharField(help_text="One sentence: whom the category is for.", max_length=250),
                        ),
                        ("eligibility", models.TextField(help_text="Who belongs here, in plain words.")),
                        (
                            "papers_needed",
                            models.CharField(
                                blank=True, help_text="What an applicant should have at hand.", max_length=300
                            ),
                        ),
                        (
                            "dues",
                            models.DecimalField(
                                decimal_places=2,
                                help_text="For one term.",
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        ("currency", models.CharField(default="USD", max_length=3)),
                        (
                            "term_months",
                            models.PositiveSmallIntegerField(
                                default=12,
                                help_text="How long one term runs.",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(120),
                                ],
                            ),
                        ),
                        (
                            "grace_days",
                            models.PositiveSmallIntegerField(
                                default=60,
                                help_text="Days after a term in which everything stays open. Terms that exist keep the days they have.",
                                validators=[django.core.validators.MaxValueValidator(730)],
                            ),
                        ),
                        (
                            "reads_journal",
                            models.BooleanField(
                                default=True,
                                help_text="Who joins or renews in this category reads the full text. Terms that exist keep what they have.",
                            ),
                        ),
                        (
                            "joinable",
                            models.BooleanField(default=True, help_text="People may apply for it on the join page."),
                        ),
                        (
                            "sample",
                            models.BooleanField(default=False, help_text="The dues are a sample; the page says so."),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=100)),
                        (
                            "is_prorated",
                            models.BooleanField(
                                db_default=False,
                                default=False,
                                help_text="Who joins within a fixed year pays for the whole months that are left of it.",
                                verbose_name="first dues by month",
                            ),
                        ),
                        (
                            "late_days",
                            models.PositiveSmallIntegerField(
                                db_default=0,
                                default=0,
                                help_text="Who joins so many days before a fixed year ends, or later, is a member to the end of the next one.",
                                validators=[django.core.validators.MaxValueValidator(180)],
                                verbose_name="last days that count for the next year",
                            ),
                        ),
                        (
                            "least_dues",
                            models.DecimalField(
                                db_default=0,
                                decimal_places=2,
                                default=0,
                                help_text="However few months are left of a fixed year.",
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(0)],
                                verbose_name="first dues at least",
                            ),
                        ),
                        (
                            "year_begins",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                choices=[
                                    (1, "January 1"),
                                    (2, "February 1"),
                                    (3, "March 1"),
                                    (4, "April 1"),
                                    (5, "May 1"),
                                    (6, "June 1"),
                                    (7, "July 1"),
                                    (8, "August 1"),
                                    (9, "September 1"),
                                    (10, "October 1"),
                                    (11, "November 1"),
                                    (12, "December 1"),
                                ],
                                help_text="For a fixed year of membership, the same for everybody. Left empty, a term runs from its first day.",
                                null=True,
                                verbose_name="the year begins on",
                            ),
                        ),
                        (
                            "steps_up_to",
                            models.ForeignKey(
                                blank=True,
                                help_text="Members change there by themselves, without an application: leave it empty where papers are to be read. Who told us when their training ends gets there with the first term after it.",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="membership.plan",
                                verbose_name="next category",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "category",
                        "verbose_name_plural": "categories",
                        "ordering": ["order", "name"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("dues__gte", 0)),
                                name="membership_plan_dues_not_negative",
                                violation_error_message="Dues cannot be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("term_months__range", (1, 120))),
                                name="membership_plan_term_months",
                                violation_error_message="A term runs for 1 to 120 months.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("grace_days__range", (0, 730))),
                                name="membership_plan_grace_days",
                                violation_error_message="Grace lasts two years at most.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("year_begins", None),
                                    models.Q(
                                        ("term_months", 12),
                                        ("year_begins__in", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
                                    ),
                                    _connector="OR",
                                ),
                                name="membership_plan_fixed_year",
                                violation_error_message="A fixed year has twelve months: let a term run for 12 months.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("late_days__range", (0, 180)),
                                    models.Q(("late_days", 0), ("year_begins__isnull", False), _connector="OR"),
                                ),
                                name="membership_plan_late_days",
                                violation_error_message="Only a fixed year has last days: choose when it begins, or write 0 days.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_prorated", False), ("year_begins__isnull", False), _connector="OR"
                                ),
                                name="membership_plan_prorated_year",
                                violation_error_message="Dues by month are for a fixed year: choose when it begins.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("least_dues__gte", 0), ("least_dues__lte", models.F("dues"))),
                                name="membership_plan_least_dues",
                                violation_error_message="The least of the first dues is between nothing and the dues.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("steps_up_to", None),
                                    models.Q(("steps_up_to", models.F("id")), _negated=True),
                                    _connector="OR",
                                ),
                                name="membership_plan_steps_elsewhere",
                                violation_error_message="A category does not lead to itself: choose another one, or none.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PracticeSetting",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=100, unique=True)),
                        ("slug", models.SlugField(max_length=100, unique=True)),
                        ("order", models.PositiveSmallIntegerField(default=100)),
                    ],
                    options={
                        "ordering": ["order", "name"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Term",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="from")),
                        ("ends_on", models.DateField(verbose_name="to")),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        (
                            "membership",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="terms",
                                to="membership.membership",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="terms",
                                to="membership.plan",
                                verbose_name="category",
                            ),
                        ),
                        (
                            "grace_days",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                db_default=60,
                                default=None,
                                help_text="Days after the end in which everything stays open. Left empty, as the category says.",
                                validators=[django.core.validators.MaxValueValidator(730)],
                                verbose_name="days of grace",
                            ),
                        ),
                        (
                            "reads_journal",
                            models.BooleanField(
                                db_default=True, default=None, editable=False, verbose_name="reads the Journal"
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("paid", "Paid"),
                                    ("given", "Given by the office"),
                                    ("imported", "Imported"),
                                    ("bundle", "By an institution"),
                                    ("honorary", "Honorary"),
                                ],
                                db_default="given",
                                default="given",
                                max_length=10,
                                verbose_name="how it came",
                            ),
                        ),
                        (
                            "void_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="taken back"),
                        ),
                        (
                            "void_reason",
                            models.TextField(
                                blank=True,
                                db_default="",
                                default="",
                                editable=False,
                                verbose_name="why it was taken back",
                            ),
                        ),
                        (
                            "note",
                            models.CharField(
                                blank=True,
                                db_default="",
                                default="",
                                editable=False,
                                max_length=300,
                                verbose_name="why it was given",
                            ),
                        ),
                        (
                            "order_line",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="membership_terms",
                                to="billing.orderline",
                            ),
                        ),
                        (
                            "was_to",
                            models.DateField(blank=True, editable=False, null=True, verbose_name="was to end on"),
                        ),
                    ],
                    options={
                        "ordering": ["starts_on"],
                        "base_manager_name": "objects",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("starts_on__lte", models.F("ends_on"))),
                                name="membership_term_dates_in_order",
                                violation_error_message="A term cannot end before it begins.",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("void_at", None)),
                                expressions=[
                                    ("membership", "="),
                                    (
                                        membership.models.membership.DateRange(
                                            "starts_on",
                                            "ends_on",
                                            django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True),
                                        ),
                                        "&&",
                                    ),
                                ],
                                name="membership_term_no_overlap",
                                violation_error_message="These dates overlap another term of this membership.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("grace_days__range", (0, 730))),
                                name="membership_term_grace_days",
                                violation_error_message="Grace lasts two years at most.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("source__in", ["paid", "given", "imported", "bundle", "honorary"])),
                                name="membership_term_source_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("void_at", None), ("void_reason", "")),
                                    models.Q(("void_at__isnull", False), models.Q(("void_reason", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="membership_term_void_with_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("was_to", None), ("was_to__gt", models.F("ends_on")), _connector="OR"
                                ),
                                name="membership_term_ended_early",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TermEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("starts_on", models.DateField(verbose_name="from")),
                        ("ends_on", models.DateField(verbose_name="to")),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        (
                            "membership",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="membership.membership",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="membership.term",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="membership.plan",
                                verbose_name="category",
                            ),
                        ),
                        (
                            "grace_days",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                db_default=60,
                                default=None,
                                help_text="Days after the end in which everything stays open. Left empty, as the category says.",
                                validators=[django.core.validators.MaxValueValidator(730)],
                                verbose_name="days of grace",
                            ),
                        ),
                        (
                            "reads_journal",
                            models.BooleanField(
                                db_default=True, default=None, editable=False, verbose_name="reads the Journal"
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("paid", "Paid"),
                                    ("given", "Given by the office"),
                                    ("imported", "Imported"),
                                    ("bundle", "By an institution"),
                                    ("honorary", "Honorary"),
                                ],
                                db_default="given",
                                default="given",
                                max_length=10,
                                verbose_name="how it came",
                            ),
                        ),
                        (
                            "void_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="taken back"),
                        ),
                        (
                            "void_reason",
                            models.TextField(
                                blank=True,
                                db_default="",
                                default="",
                                editable=False,
                                verbose_name="why it was taken back",
                            ),
                        ),
                        (
                            "note",
                            models.CharField(
                                blank=True,
                                db_default="",
                                default="",
                                editable=False,
                                max_length=300,
                                verbose_name="why it was given",
                            ),
                        ),
                        (
                            "order_line",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="billing.orderline",
                            ),
                        ),
                        (
                            "was_to",
                            models.DateField(blank=True, editable=False, null=True, verbose_name="was to end on"),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="TermNotice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("step", models.CharField(max_length=40, verbose_name="letter")),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "term",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notices",
                                to="membership.term",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-at"],
                        "constraints": [
                            models.UniqueConstraint(fields=("term", "step"), name="membership_notice_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Application",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", aapm_site.core.ids.PublicIdField()),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("submitted", "Being read"),
                                    ("info_asked", "Waiting for your answer"),
                                    ("approved", "Approved"),
                                    ("declined", "Declined"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="submitted",
                                max_length=20,
                            ),
                        ),
                        ("first_name", models.CharField(max_length=80)),
                        ("last_name", models.CharField(max_length=80)),
                        ("degrees", models.CharField(blank=True, max_length=60)),
                        (
                            "state_code",
                            models.CharField(
                                choices=[
                                    ("AL", "Alabama"),
                                    ("AK", "Alaska"),
                                    ("AS", "American Samoa"),
                                    ("AZ", "Arizona"),
                                    ("AR", "Arkansas"),
                                    ("CA", "California"),
                                    ("CO", "Colorado"),
                                    ("CT", "Connecticut"),
                                    ("DE", "Delaware"),
                                    ("DC", "District of Columbia"),
                                    ("FL", "Florida"),
                                    ("GA", "Georgia"),
                                    ("GU", "Guam"),
                                    ("HI", "Hawaii"),
                                    ("ID", "Idaho"),
                                    ("IL", "Illinois"),
                                    ("IN", "Indiana"),
                                    ("IA", "Iowa"),
                                    ("KS", "Kansas"),
                                    ("KY", "Kentucky"),
                                    ("LA", "Louisiana"),
                                    ("ME", "Maine"),
                                    ("MD", "Maryland"),
                                    ("MA", "Massachusetts"),
                                    ("MI", "Michigan"),
                                    ("MN", "Minnesota"),
                                    ("MS", "Mississippi"),
                                    ("MO", "Missouri"),
                                    ("MT", "Montana"),
                                    ("NE", "Nebraska"),
                                    ("NV", "Nevada"),
                                    ("NH", "New Hampshire"),
                                    ("NJ", "New Jersey"),
                                    ("NM", "New Mexico"),
                                    ("NY", "New York"),
                                    ("NC", "North Carolina"),
                                    ("ND", "North Dakota"),
                                    ("MP", "Northern Mariana Islands"),
                                    ("OH", "Ohio"),
                                    ("OK", "Oklahoma"),
                                    ("OR", "Oregon"),
                                    ("PA", "Pennsylvania"),
                                    ("PR", "Puerto Rico"),
                                    ("RI", "Rhode Island"),
                                    ("SC", "South Carolina"),
                                    ("SD", "South Dakota"),
                                    ("TN", "Tennessee"),
                                    ("TX", "Texas"),
                                    ("VI", "US Virgin Islands"),
                                    ("UT", "Utah"),
                                    ("VT", "Vermont"),
                                    ("VA", "Virginia"),
                                    ("WA", "Washington"),
                                    ("WV", "West Virginia"),
                                    ("WI", "Wisconsin"),
                                    ("WY", "Wyoming"),
                                    ("XX", "Outside the United States"),
                                ],
                                max_length=2,
                                verbose_name="state",
                            ),
                        ),
                        ("workplace", models.CharField(max_length=200)),
                        ("training", models.TextField(max_length=2000)),
                        (
                            "license",
                            models.CharField(blank=True, max_length=120, verbose_name="license or registration"),
                        ),
                        ("remarks", models.TextField(blank=True, max_length=2000)),
                        ("submitted_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("decided_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "profession",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.profession"
                            ),
                        ),
                        (
                            "specialty",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.specialty",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="membership_applications",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "career_stage",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="membership.careerstage",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="applications",
                                to="membership.plan",
                                verbose_name="category",
                            ),
                        ),
                        (
                            "practice_setting",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="membership.practicesetting",
                            ),
                        ),
                        ("training_ends_on", models.DateField(blank=True, null=True, verbose_name="training ends on")),
                    ],
                    options={
                        "ordering": ["-submitted_at"],
                        "permissions": [("decide_application", "Can decide applications")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("status__in", ("submitted", "info_asked"))),
                                fields=("user",),
                                name="membership_application_one_open",
                                violation_error_message="You have an open application already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status__in", ["submitted", "info_asked", "approved", "declined", "withdrawn"])
                                ),
                                name="membership_application_status_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state_code__in",
                                        [
                                            "AL",
                                            "AK",
                                            "AS",
                                            "AZ",
                                            "AR",
                                            "CA",
                                            "CO",
                                            "CT",
                                            "DE",
                                            "DC",
                                            "FL",
                                            "GA",
                                            "GU",
                                            "HI",
                                            "ID",
                                            "IL",
                                            "IN",
                                            "IA",
                                            "KS",
                                            "KY",
                                            "LA",
                                            "ME",
                                            "MD",
                                            "MA",
                                            "MI",
                                            "MN",
                                            "MS",
                                            "MO",
                                            "MT",
                                            "NE",
                                            "NV",
                                            "NH",
                                            "NJ",
                                            "NM",
                                            "NY",
                                            "NC",
                                            "ND",
                                            "MP",
                                            "OH",
                                            "OK",
                                            "OR",
                                            "PA",
                                            "PR",
                                            "RI",
                                            "SC",
                                            "SD",
                                            "TN",
                                            "TX",
                                            "VI",
                                            "UT",
                                            "VT",
                                            "VA",
                                            "WA",
                                            "WV",
                                            "WI",
                                            "WY",
                                            "XX",
                                        ],
                                    )
                                ),
                                name="membership_application_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status__in", ("submitted", "info_asked")),
                                    ("decided_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="membership_application_decided_has_date",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ApplicationPaper",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", aapm_site.core.ids.PublicIdField()),
                        (
                            "file",
                            models.FileField(
                                storage=aapm_site.core.files.private.storage,
                                upload_to=membership.models.application.paper_path,
                            ),
                        ),
                        ("name", models.CharField(max_length=150)),
                        ("size", models.PositiveIntegerField()),
                        ("uploaded_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="papers",
                                to="membership.application",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "paper",
                        "ordering": ["uploaded_at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="ApplicationStatusChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("from_status", models.CharField(max_length=20)),
                        ("to_status", models.CharField(max_length=20)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("reason", models.TextField(blank=True)),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "subject",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="status_changes",
                                to="membership.application",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-at", "-pk"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ArticleAuthor",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        ("given_name", models.CharField(blank=True, max_length=150)),
                        ("family_name", models.CharField(help_text="For a group, its whole name.", max_length=250)),
                        ("degrees", models.CharField(blank=True, max_length=120)),
                        ("affiliation", models.CharField(blank=True, max_length=1500)),
                        (
                            "orcid",
                            models.CharField(
                                blank=True,
                                max_length=19,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^\\d{4}-\\d{4}-\\d{4}-\\d{3}[\\dX]$",
                                        "An ORCID looks like 0000-0002-1825-0097.",
                                    )
                                ],
                                verbose_name="ORCID",
                            ),
                        ),
                        ("is_corresponding", models.BooleanField(default=False, verbose_name="corresponding")),
                        (
                            "article",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="authors",
                                to="membership.article",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "author",
                        "ordering": ["order", "pk"],
                        "indexes": [
                            models.Index(
                                models.Func(
                                    models.Func(
                                        django.db.models.functions.text.Lower(
                                            django.db.models.functions.text.Concat(
                                                "given_name", models.Value(" "), "family_name"
                                            )
                                        ),
                                        models.Value("[\\s/.,;:’'`()#?%&\\\"-]+"),
                                        models.Value("-"),
                                        models.Value("g"),
                                        function="regexp_replace",
                                        output_field=models.TextField(),
                                    ),
                                    models.Value("-"),
                                    function="btrim",
                                    output_field=models.TextField(),
                                ),
                                name="membership_author_key",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MemberImport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=150, verbose_name="file")),
                        ("headings", models.JSONField(default=list, editable=False)),
                        ("columns", models.JSONField(default=dict, editable=False)),
                        (
                            "date_order",
                            models.CharField(
                                choices=[
                                    ("ymd", "Year first: 2026-03-31"),
                                    ("mdy", "Month first: 03/31/2026"),
                                    ("dmy", "Day first: 31/03/2026"),
                                ],
                                default="ymd",
                                max_length=3,
                                verbose_name="dates are written",
                            ),
                        ),
                        ("lines_count", models.PositiveIntegerField(default=0, editable=False, verbose_name="lines")),
                        ("counts", models.JSONField(default=dict, editable=False)),
                        ("uploaded_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("checked_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("asked_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("progress", models.CharField(blank=True, default="", editable=False, max_length=200)),
                        (
                            "applied_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="applied"),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("check_asked_at", models.DateTimeField(blank=True, editable=False, null=True)),
                    ],
                    options={
                        "verbose_name": "import of members",
                        "verbose_name_plural": "imports of members",
                        "ordering": ["-uploaded_at", "-pk"],
                        "permissions": [("import_members", "Can import members from a file")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("date_order__in", ["ymd", "mdy", "dmy"])),
                                name="membership_import_date_order_known",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ImportedLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("line", models.PositiveIntegerField()),
                        ("cells", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                        ("number", models.TextField(null=True)),
                        ("email", models.TextField(null=True)),
                        ("first_name", models.TextField(null=True)),
                        ("last_name", models.TextField(null=True)),
                        ("degrees", models.TextField(null=True)),
                        ("state", models.TextField(null=True)),
                        ("category", models.TextField(null=True)),
                        ("joined_on", models.TextField(null=True)),
                        ("starts_on", models.TextField(null=True)),
                        ("ends_on", models.TextField(null=True)),
                        ("person", models.BigIntegerField(null=True)),
                        ("member", models.BigIntegerField(null=True)),
                        ("plan", models.BigIntegerField(null=True)),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("new", "New"),
                                    ("changed", "Changed"),
                                    ("unchanged", "Unchanged"),
                                    ("wrong", "Wrong"),
                                ],
                                db_default="",
                                default="",
                                max_length=10,
                            ),
                        ),
                        (
                            "reasons",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.TextField(), db_default=[], default=list, size=None
                            ),
                        ),
                        ("changes", models.JSONField(db_default=[], default=list)),
                        (
                            "member_import",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="membership.memberimport",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["line"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("member_import", "line"), name="membership_imported_line_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("outcome", ""),
                                    ("outcome__in", ["new", "changed", "unchanged", "wrong"]),
                                    _connector="OR",
                                ),
                                name="membership_imported_line_outcome_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DeliveredText",
                    fields=[
                        (
                            "article",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="delivered",
                                serialize=False,
                                to="membership.article",
                            ),
                        ),
                        ("source", models.BinaryField(verbose_name="the file as it came")),
                        ("source_name", models.CharField(max_length=200, verbose_name="name of the file")),
                        ("sha256", models.CharField(max_length=64)),
                        ("title_html", models.TextField(blank=True, verbose_name="title with its italics")),
                        ("html", models.TextField(verbose_name="full text")),
                        ("headings", models.JSONField(default=list)),
                        ("rules_version", models.PositiveSmallIntegerField(verbose_name="version of the rules")),
                        ("report", models.JSONField(default=dict, verbose_name="completeness")),
                        ("imported_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "imported_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "delivered text",
                        "default_permissions": (),
                    },
                ),
                migrations.CreateModel(
                    name="ArticleRelation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                help_text="In the words of JATS, such as corrected-article.", max_length=60
                            ),
                        ),
                        ("doi", models.CharField(max_length=300, verbose_name="DOI of the other")),
                        (
                            "article",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="relations",
                                to="membership.article",
                            ),
                        ),
                        ("noted_at", models.DateTimeField(blank=True, null=True, verbose_name="written by an editor")),
                        (
                            "noted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "relation",
                        "ordering": ["pk"],
                        "default_permissions": (),
                        "indexes": [
                            models.Index(
                                django.db.models.functions.text.Upper("doi"), name="membership_relation_doi_upper"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("article", "kind", "doi"), name="membership_relation_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DeliveredFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("picture", "Picture"),
                                    ("pdf", "The article as PDF"),
                                    ("supplement", "Supplement"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("key", models.SlugField(help_text="Its name in its address.", max_length=120)),
                        ("name", models.CharField(help_text="As it came, and as readers get it.", max_length=200)),
                        ("ending", models.CharField(max_length=8)),
                        (
                            "file",
                            models.FileField(
                                max_length=200,
                                storage=aapm_site.core.files.private.storage,
                                upload_to=membership.journal.models.delivered.delivered_path,
                            ),
                        ),
                        ("size", models.PositiveIntegerField(verbose_name="size in bytes")),
                        ("width", models.PositiveIntegerField(blank=True, null=True)),
                        ("height", models.PositiveIntegerField(blank=True, null=True)),
                        (
                            "article",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="delivered_files",
                                to="membership.article",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "delivered file",
                        "ordering": ["role", "name"],
                        "default_permissions": (),
                        "constraints": [
                            models.UniqueConstraint(fields=("article", "key"), name="membership_delivered_file_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("role", "pdf")),
                                fields=("article",),
                                name="membership_delivered_pdf_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("role__in", ["picture", "pdf", "supplement"])),
                                name="membership_delivered_role_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DeliveredReference",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("order", models.PositiveIntegerField()),
                        ("anchor", models.CharField(max_length=200)),
                        ("label", models.CharField(blank=True, max_length=60)),
                        ("text", models.TextField()),
                        ("doi", models.CharField(blank=True, max_length=300, verbose_name="DOI")),
                        ("pmid", models.CharField(blank=True, max_length=20, verbose_name="number in PubMed")),
                        (
                            "article",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="delivered_references",
                                to="membership.article",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "reference",
                        "ordering": ["order"],
                        "default_permissions": (),
                        "indexes": [
                            models.Index(
                                condition=models.Q(("doi", ""), _negated=True),
                                fields=["doi"],
                                name="membership_reference_doi",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("article", "order"), name="membership_reference_order_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ArticleWords",
                    fields=[
                        (
                            "article",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="words",
                                serialize=False,
                                to="membership.article",
                            ),
                        ),
                        ("words", django.contrib.postgres.search.SearchVectorField()),
                    ],
                    options={
                        "verbose_name": "words of a full text",
                        "default_permissions": (),
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(fields=["words"], name="membership_words_search")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ArticleSection",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("introduction", "Introduction"),
                                    ("methods", "Methods"),
                                    ("results", "Results"),
                                    ("discussion", "Discussion"),
                                    ("other", "Another part"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("title", models.TextField(blank=True)),
                        ("anchor", models.CharField(blank=True, max_length=200)),
                        ("text", models.TextField()),
                        (
                            "search",
                            models.GeneratedField(
                                db_persist=True,
                                expression=django.contrib.postgres.search.CombinedSearchVector(
                                    django.contrib.postgres.search.SearchVector(
                                        "title", config="site_english", weight="C"
                                    ),
                                    "||",
                                    django.contrib.postgres.search.SearchVector(
                                        "text", config="site_english", weight="D"
                                    ),
                                    django.contrib.postgres.search.SearchConfig("site_english"),
                                ),
                                output_field=django.contrib.postgres.search.SearchVectorField(),
                            ),
                        ),
                        (
                            "article",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sections",
                                to="membership.article",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "section",
                        "ordering": ["order"],
                        "default_permissions": (),
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["search"], name="membership_section_search"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("article", "order"), name="membership_section_order_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind__in", ["introduction", "methods", "results", "discussion", "other"])
                                ),
                                name="membership_section_kind_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SavedArticle",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
                        ("saved_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "article",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="saved_by",
                                to="membership.article",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="saved_articles",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "saved article",
                        "ordering": ["-saved_at", "-pk"],
                        "default_permissions": (),
                        "constraints": [
                            models.UniqueConstraint(fields=("user", "article"), name="membership_saved_article_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FormerNumber",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField(unique=True, verbose_name="member number")),
                        ("record", models.BigIntegerField(editable=False)),
                        ("at", models.DateTimeField(auto_now_add=True, verbose_name="merged")),
                        (
                            "membership",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="former_numbers",
                                to="membership.membership",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                    },
                ),
                migrations.CreateModel(
                    name="PastTerm",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("member", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("starts_on", models.DateField(verbose_name="from")),
                        ("ends_on", models.DateField(verbose_name="to")),
                        ("grace_days", models.PositiveSmallIntegerField(verbose_name="days of grace")),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("paid", "Paid"),
                                    ("given", "Given by the office"),
                                    ("imported", "Imported"),
                                    ("bundle", "By an institution"),
                                    ("honorary", "Honorary"),
                                ],
                                max_length=10,
                                verbose_name="how it came",
                            ),
                        ),
                        (
                            "state_code",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("AL", "Alabama"),
                                    ("AK", "Alaska"),
                                    ("AS", "American Samoa"),
                                    ("AZ", "Arizona"),
                                    ("AR", "Arkansas"),
                                    ("CA", "California"),
                                    ("CO", "Colorado"),
                                    ("CT", "Connecticut"),
                                    ("DE", "Delaware"),
                                    ("DC", "District of Columbia"),
                                    ("FL", "Florida"),
                                    ("GA", "Georgia"),
                                    ("GU", "Guam"),
                                    ("HI", "Hawaii"),
                                    ("ID", "Idaho"),
                                    ("IL", "Illinois"),
                                    ("IN", "Indiana"),
                                    ("IA", "Iowa"),
                                    ("KS", "Kansas"),
                                    ("KY", "Kentucky"),
                                    ("LA", "Louisiana"),
                                    ("ME", "Maine"),
                                    ("MD", "Maryland"),
                                    ("MA", "Massachusetts"),
                                    ("MI", "Michigan"),
                                    ("MN", "Minnesota"),
                                    ("MS", "Mississippi"),
                                    ("MO", "Missouri"),
                                    ("MT", "Montana"),
                                    ("NE", "Nebraska"),
                                    ("NV", "Nevada"),
                                    ("NH", "New Hampshire"),
                                    ("NJ", "New Jersey"),
                                    ("NM", "New Mexico"),
                                    ("NY", "New York"),
                                    ("NC", "North Carolina"),
                                    ("ND", "North Dakota"),
                                    ("MP", "Northern Mariana Islands"),
                                    ("OH", "Ohio"),
                                    ("OK", "Oklahoma"),
                                    ("OR", "Oregon"),
                                    ("PA", "Pennsylvania"),
                                    ("PR", "Puerto Rico"),
                                    ("RI", "Rhode Island"),
                                    ("SC", "South Carolina"),
                                    ("SD", "South Dakota"),
                                    ("TN", "Tennessee"),
                                    ("TX", "Texas"),
                                    ("VI", "US Virgin Islands"),
                                    ("UT", "Utah"),
                                    ("VT", "Vermont"),
                                    ("VA", "Virginia"),
                                    ("WA", "Washington"),
                                    ("WV", "West Virginia"),
                                    ("WI", "Wisconsin"),
                                    ("WY", "Wyoming"),
                                    ("XX", "Outside the United States"),
                                ],
                                max_length=2,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "career_stage",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="membership.careerstage",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="membership.plan",
                                verbose_name="category",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "term without a name",
                        "verbose_name_plural": "terms without a name",
                        "ordering": ["-ends_on", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("starts_on__lte", models.F("ends_on"))),
                                name="membership_past_term_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("source__in", ["paid", "given", "imported", "bundle", "honorary"])),
                                name="membership_past_term_source",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state_code", ""),
                                    (
                                        "state_code__in",
                                        [
                                            "AL",
                                            "AK",
                                            "AS",
                                            "AZ",
                                            "AR",
                                            "CA",
                                            "CO",
                                            "CT",
                                            "DE",
                                            "DC",
                                            "FL",
                                            "GA",
                                            "GU",
                                            "HI",
                                            "ID",
                                            "IL",
                                            "IN",
                                            "IA",
                                            "KS",
                                            "KY",
                                            "LA",
                                            "ME",
                                            "MD",
                                            "MA",
                                            "MI",
                                            "MN",
                                            "MS",
                                            "MO",
                                            "MT",
                                            "NE",
                                            "NV",
                                            "NH",
                                            "NJ",
                                            "NM",
                                            "NY",
                                            "NC",
                                            "ND",
                                            "MP",
                                            "OH",
                                            "OK",
                                            "OR",
                                            "PA",
                                            "PR",
                                            "RI",
                                            "SC",
                                            "SD",
                                            "TN",
                                            "TX",
                                            "VI",
                                            "UT",
                                            "VT",
                                            "VA",
                                            "WA",
                                            "WV",
                                            "WI",
                                            "WY",
                                            "XX",
                                        ],
                                    ),
                                    _connector="OR",
                                ),
                                name="membership_past_term_state_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reminder",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "name",
                            models.CharField(
                                help_text="For your colleagues: “A month before the end”.", max_length=80, unique=True
                            ),
                        ),
                        ("slug", models.SlugField(max_length=40, unique=True, verbose_name="short name")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("before_end", "Days before the last day of the term"),
                                    ("after_end", "Days after the last day of the term"),
                                    ("before_grace", "Days before the last day of grace"),
                                    ("after_grace", "Days after the last day of grace"),
                                ],
                                default="before_end",
                                max_length=12,
                                verbose_name="counted as",
                            ),
                        ),
                        (
                            "days",
                            models.PositiveSmallIntegerField(
                                help_text="0 is the day itself. Letters go at 8 in the morning.",
                                validators=[django.core.validators.MaxValueValidator(365)],
                            ),
                        ),
                        (
                            "is_on",
                            models.BooleanField(
                                default=True,
                                help_text="Unchecked, it waits; nothing is sent afterwards.",
                                verbose_name="is sent",
                            ),
                        ),
                        ("subject", models.CharField(max_length=150)),
                        ("text", models.TextField(max_length=5000)),
                        (
                            "plans",
                            models.ManyToManyField(
                                blank=True,
                                help_text="None chosen: to members of each.",
                                related_name="+",
                                to="membership.plan",
                                verbose_name="categories",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["kind", "-days", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind__in", ["before_end", "after_end", "before_grace", "after_grace"])
                                ),
                                name="membership_reminder_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("days__range", (0, 365))),
                                name="membership_reminder_days",
                                violation_error_message="Choose a day within a year of the end.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MemberNote",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("text", models.TextField(max_length=2000)),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "membership",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notes",
                                to="membership.membership",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "note about a member",
                        "verbose_name_plural": "notes about members",
                        "ordering": ["-at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="GroupJoinRequest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("message", models.TextField(blank=True, max_length=1000, verbose_name="what they say")),
                        ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="asked")),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="join_requests",
                                to="membership.group",
                            ),
                        ),
                        (
                            "membership",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="join_requests",
                                to="membership.membership",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "request to join a group",
                        "verbose_name_plural": "requests to join groups",
                        "ordering": ["asked_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("group", "membership"), name="membership_group_asked_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Bundle",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", aapm_site.core.ids.PublicIdField()),
                        (
                            "name",
                            models.CharField(
                                help_text="As its people know it: letters say it.",
                                max_length=120,
                                verbose_name="institution",
                            ),
                        ),
                        ("note", models.TextField(blank=True, help_text="For staff only.", max_length=1000)),
                        (
                            "created_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, editable=False, verbose_name="made"
                            ),
                        ),
                        (
                            "held_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="held since"),
                        ),
                        (
                            "customer",
                            models.OneToOneField(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bundle",
                                to="billing.customer",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bundles",
                                to="membership.plan",
                                verbose_name="category",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "institution with seats",
                        "verbose_name_plural": "institutions with seats",
                        "ordering": ["name", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True), name="membership_bundle_has_name"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BundleAdministrator",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", aapm_site.core.ids.PublicIdField()),
                        ("email", models.EmailField(max_length=254, verbose_name="address asked")),
                        (
                            "invited_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, editable=False, verbose_name="asked"
                            ),
                        ),
                        (
                            "accepted_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="said yes"),
                        ),
                        (
                            "bundle",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="administrators",
                                to="membership.bundle",
                            ),
                        ),
                        (
                            "invited_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="bundles_looked_after",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "administrator of seats",
                        "verbose_name_plural": "administrators of seats",
                        "ordering": ["invited_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("bundle"),
                                django.db.models.functions.text.Lower("email"),
                                name="membership_bundle_asked_once",
                            ),
                            models.UniqueConstraint(
                                fields=("bundle", "user"), name="membership_bundle_administrator_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("accepted_at", None), ("user", None)),
                                    models.Q(("accepted_at__isnull", False), ("user__isnull", False)),
                                    _connector="OR",
                                ),
                                name="membership_bundle_administrator_said_yes",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BundleEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "name",
                            models.CharField(
                                help_text="As its people know it: letters say it.",
                                max_length=120,
                                verbose_name="institution",
                            ),
                        ),
                        ("note", models.TextField(blank=True, help_text="For staff only.", max_length=1000)),
                        (
                            "created_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, editable=False, verbose_name="made"
                            ),
                        ),
                        (
                            "held_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="held since"),
                        ),
                        (
                            "customer",
                            models.ForeignKey(
                                db_constraint=False,
                                editable=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="billing.customer",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="membership.bundle",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="membership.plan",
                                verbose_name="category",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="BundlePeriod",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("seats", models.PositiveSmallIntegerField()),
                        ("starts_on", models.DateField(verbose_name="from")),
                        ("ends_on", models.DateField(verbose_name="to")),
                        ("grace_days", models.PositiveSmallIntegerField(default=0, verbose_name="days of grace")),
                        ("was_to", models.DateField(blank=True, null=True, verbose_name="was to end on")),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("void_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back")),
                        ("void_reason", models.TextField(blank=True, verbose_name="why it was taken back")),
                        (
                            "bundle",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="periods",
                                to="membership.bundle",
                            ),
                        ),
                        (
                            "order_line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bundle_periods",
                                to="billing.orderline",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="membership.plan",
                                verbose_name="category",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "period of seats",
                        "verbose_name_plural": "periods of seats",
                        "ordering": ["starts_on", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("starts_on__lte", models.F("ends_on"))),
                                name="membership_period_dates_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("seats__range", (1, 500))), name="membership_period_seats"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("was_to", None), ("was_to__gt", models.F("ends_on")), _connector="OR"
                                ),
                                name="membership_period_ended_early",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("void_at", None), ("void_reason", "")),
                                    models.Q(("void_at__isnull", False), models.Q(("void_reason", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="membership_period_void_with_reason",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("void_at", None)),
                                fields=("order_line",),
                                name="membership_period_once_paid",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BundleSeat",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", aapm_site.core.ids.PublicIdField()),
                        ("email", models.EmailField(max_length=254, verbose_name="address invited")),
                        (
                            "name",
                            models.CharField(
                                blank=True,
                                help_text="As the institution wrote it.",
                                max_length=120,
                                verbose_name="name",
                            ),
                        ),
                        ("invited_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="invited")),
                        ("accepted_at", models.DateTimeField(blank=True, null=True, verbose_name="said yes")),
                        ("consent", models.CharField(blank=True, max_length=20, verbose_name="said yes to")),
                        ("declined_at", models.DateTimeField(blank=True, null=True, verbose_name="said no")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="taken off the list")),
                        (
                            "bundle",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="people",
                                to="membership.bundle",
                            ),
                        ),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "invited_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="bundle_seats",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "person on a list of seats",
                        "verbose_name_plural": "people on lists of seats",
                        "ordering": ["invited_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("bundle"),
                                django.db.models.functions.text.Lower("email"),
                                condition=models.Q(("declined_at", None), ("ended_at", None)),
                                name="membership_seat_once_an_address",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None)),
                                fields=("bundle", "user"),
                                name="membership_seat_once_a_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("accepted_at", None), ("consent", ""), ("user", None)),
                                    models.Q(
                                        ("accepted_at__isnull", False),
                                        ("declined_at", None),
                                        ("user__isnull", False),
                                        models.Q(("consent", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="membership_seat_by_consent",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SeatPrice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "least_seats",
                            models.PositiveSmallIntegerField(
                                help_text="The lowest of these numbers is the fewest that an institution can buy.",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(500),
                                ],
                                verbose_name="from so many seats",
                            ),
                        ),
                        (
                            "price",
                            models.DecimalField(
                                decimal_places=2,
                                help_text="For one term of the category, in its currency.",
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(0)],
                                verbose_name="price for each",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="seat_prices",
                                to="membership.plan",
                                verbose_name="category",
                            ),
                        ),
                        ("currency", models.CharField(db_default="USD", default="USD", editable=False, max_length=3)),
                    ],
                    options={
                        "verbose_name": "price of seats",
                        "verbose_name_plural": "prices of seats for institutions",
                        "ordering": ["plan", "least_seats"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("plan", "least_seats"),
                                name="membership_seat_price_once",
                                violation_error_message="There is a price from so many seats already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("least_seats__range", (1, 500)), ("price__gte", 0)),
                                name="membership_seat_price_numbers",
                                violation_error_message="Give from 1 to 500 seats, and a price that is not below nothing.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SeatTerm",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "period",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="terms",
                                to="membership.bundleperiod",
                            ),
                        ),
                        (
                            "seat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="terms",
                                to="membership.bundleseat",
                            ),
                        ),
                        (
                            "term",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE, related_name="seat", to="membership.term"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "term of a seat",
                        "verbose_name_plural": "terms of seats",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="DoubtedWork",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("doi", models.CharField(blank=True, max_length=300, verbose_name="DOI, in small letters")),
                        ("pmid", models.CharField(blank=True, max_length=20, verbose_name="number in PubMed")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("retraction", "Retracted"), ("concern", "Concern expressed")], max_length=10
                            ),
                        ),
                        ("on", models.DateField(blank=True, null=True, verbose_name="day")),
                        ("notice_doi", models.CharField(blank=True, max_length=300, verbose_name="DOI of the notice")),
                        ("loaded_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "verbose_name": "doubted work",
                        "default_permissions": (),
                        "indexes": [
                            models.Index(
                                condition=models.Q(("doi", ""), _negated=True),
                                fields=["doi"],
                                name="membership_doubted_doi",
                            ),
                            models.Index(
                                condition=models.Q(("pmid", ""), _negated=True),
                                fields=["pmid"],
                                name="membership_doubted_pmid",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("doi", ""), ("pmid", ""), _negated=True),
                                name="membership_doubted_is_named",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["retraction", "concern"])),
                                name="membership_doubted_kind_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DirectoryEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", aapm_site.core.ids.PublicIdField()),
                        ("practice", models.CharField(blank=True, max_length=160, verbose_name="name of the practice")),
                        ("postal_code", models.CharField(blank=True, max_length=10, verbose_name="ZIP code")),
                        (
                            "latitude",
                            models.DecimalField(blank=True, decimal_places=5, editable=False, max_digits=8, null=True),
                        ),
                        (
                            "longitude",
                            models.DecimalField(blank=True, decimal_places=5, editable=False, max_digits=8, null=True),
                        ),
                        (
                            "languages",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("en", "English"),
                                        ("ase", "American Sign Language"),
                                        ("ar", "Arabic"),
                                        ("bn", "Bengali"),
                                        ("yue", "Cantonese"),
                                        ("fr", "French"),
                                        ("de", "German"),
                                        ("el", "Greek"),
                                        ("gu", "Gujarati"),
                                        ("ht", "Haitian Creole"),
                                        ("he", "Hebrew"),
                                        ("hi", "Hindi"),
                                        ("hmn", "Hmong"),
                                        ("it", "Italian"),
                                        ("ja", "Japanese"),
                                        ("ko", "Korean"),
                                        ("cmn", "Mandarin"),
                                        ("nv", "Navajo"),
                                        ("fa", "Persian"),
                                        ("pl", "Polish"),
                                        ("pt", "Portuguese"),
                                        ("pa", "Punjabi"),
                                        ("ru", "Russian"),
                                        ("so", "Somali"),
                                        ("es", "Spanish"),
                                        ("sw", "Swahili"),
                                        ("tl", "Tagalog"),
                                        ("ta", "Tamil"),
                                        ("te", "Telugu"),
                                        ("uk", "Ukrainian"),
                                        ("ur", "Urdu"),
                                        ("vi", "Vietnamese"),
                                        ("yo", "Yoruba"),
                                    ],
                                    max_length=20,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="languages",
                            ),
                        ),
                        ("takes_new_patients", models.BooleanField(default=False, verbose_name="takes new patients")),
                        ("takes_referrals", models.BooleanField(default=False, verbose_name="takes referrals")),
                        ("telephone", models.CharField(blank=True, max_length=40)),
                        ("website", models.URLField(blank=True, max_length=300, verbose_name="web page")),
                        ("for_members", models.BooleanField(default=False, verbose_name="in the members’ directory")),
                        ("for_public", models.BooleanField(default=False, verbose_name="in “Find a clinician”")),
                        (
                            "members_parts",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("work", "Profession and specialty"),
                                        ("practice", "Name of the practice"),
                                        ("place", "Town and ZIP code"),
                                        ("languages", "Languages"),
                                        ("new-patients", "Whether you take new patients"),
                                        ("referrals", "Whether you take referrals"),
                                        ("telephone", "Telephone of the practice"),
                                        ("website", "Web page of the practice"),
                                        ("contact", "A form to write to you"),
                                    ],
                                    max_length=20,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="shown to members",
                            ),
                        ),
                        (
                            "public_parts",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("work", "Profession and specialty"),
                                        ("practice", "Name of the practice"),
                                        ("place", "Town and ZIP code"),
                                        ("languages", "Languages"),
                                        ("new-patients", "Whether you take new patients"),
                                        ("referrals", "Whether you take referrals"),
                                        ("telephone", "Telephone of the practice"),
                                        ("website", "Web page of the practice"),
                                        ("contact", "A form to write to you"),
                                    ],
                                    max_length=20,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="shown to everybody",
                            ),
                        ),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        (
                            "hidden_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="hidden"),
                        ),
                        (
                            "hidden_reason",
                            models.TextField(
                                blank=True, editable=False, max_length=2000, verbose_name="why it is hidden"
                            ),
                        ),
                        (
                            "hidden_by",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "membership",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="directory_entry",
                                to="membership.membership",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "entry in the directory",
                        "verbose_name_plural": "entries in the directory",
                        "ordering": ["membership__user__last_name", "membership__user__first_name", "pk"],
                        "permissions": [
                            ("hide_directoryentry", "Can hide entries in the directory, and show them again")
                        ],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("for_public", True), ("hidden_at", None)),
                                fields=["latitude", "longitude"],
                                name="membership_entry_public_where",
                            ),
                            models.Index(
                                condition=models.Q(("for_members", True), ("hidden_at", None)),
                                fields=["latitude", "longitude"],
                                name="membership_entry_members_where",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "members_parts__contained_by",
                                        [
                                            "work",
                                            "practice",
                                            "place",
                                            "languages",
                                            "new-patients",
                                            "referrals",
                                            "telephone",
                                            "website",
                                            "contact",
                                        ],
                                    ),
                                    (
                                        "public_parts__contained_by",
                                        [
                                            "work",
                                            "practice",
                                            "place",
                                            "languages",
                                            "new-patients",
                                            "referrals",
                                            "telephone",
                                            "website",
                                            "contact",
                                        ],
                                    ),
                                ),
                                name="membership_entry_parts_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "languages__contained_by",
                                        [
                                            "en",
                                            "ase",
                                            "ar",
                                            "bn",
                                            "yue",
                                            "fr",
                                            "de",
                                            "el",
                                            "gu",
                                            "ht",
                                            "he",
                                            "hi",
                                            "hmn",
                                            "it",
                                            "ja",
                                            "ko",
                                            "cmn",
                                            "nv",
                                            "fa",
                                            "pl",
                                            "pt",
                                            "pa",
                                            "ru",
                                            "so",
                                            "es",
                                            "sw",
                                            "tl",
                                            "ta",
                                            "te",
                                            "uk",
                                            "ur",
                                            "vi",
                                            "yo",
                                        ],
                                    )
                                ),
                                name="membership_entry_languages_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("latitude", None), ("longitude", None), ("place", None)),
                                    models.Q(
                                        ("latitude__isnull", False),
                                        ("longitude__isnull", False),
                                        ("place__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="membership_entry_place_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("hidden_at", None), ("hidden_reason", "")),
                                    models.Q(
                                        ("hidden_at__isnull", False), models.Q(("hidden_reason", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="membership_entry_hidden_with_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DirectoryMessage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", aapm_site.core.ids.PublicIdField()),
                        (
                            "audience",
                            models.CharField(
                                choices=[("members", "Members"), ("public", "Everybody")],
                                max_length=10,
                                verbose_name="written through",
                            ),
                        ),
                        ("name", models.CharField(max_length=100)),
                        ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                        ("text", models.TextField(blank=True, max_length=2000)),
                        (
                            "created_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, editable=False, verbose_name="written"
                            ),
                        ),
                        ("sent_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="sent")),
                        (
                            "spam_reason",
                            models.CharField(
                                blank=True, editable=False, max_length=200, verbose_name="why it was kept apart"
                            ),
                        ),
                        (
                            "reported_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="reported"),
                        ),
                        (
                            "report_reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("advertising", "It sells something"),
                                    ("abuse", "It insults or threatens"),
                                    ("not-care", "It has nothing to do with my work"),
                                    ("other", "Something else"),
                                ],
                                max_length=20,
                                verbose_name="why it was reported",
                            ),
                        ),
                        (
                            "report_note",
                            models.TextField(blank=True, max_length=1000, verbose_name="what the member says"),
                        ),
                        (
                            "decided_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="decided"),
                        ),
                        (
                            "is_barred",
                            models.BooleanField(
                                default=False, editable=False, verbose_name="its sender writes to no member any more"
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="messages",
                                to="membership.directoryentry",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "message through the directory",
                        "verbose_name_plural": "messages through the directory",
                        "ordering": ["-created_at", "-pk"],
                        "permissions": [("decide_directorymessage", "Can decide on messages that members report")],
                        "indexes": [
                            models.Index(fields=["email"], name="membership_message_email"),
                            models.Index(fields=["created_at"], name="membership_message_created"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("audience__in", ["members", "public"])),
                                name="membership_message_audience_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("report_reason__in", ["advertising", "abuse", "not-care", "other"]),
                                    ("report_reason", ""),
                                    _connector="OR",
                                ),
                                name="membership_message_report_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("report_reason", ""), ("reported_at", None)),
                                    models.Q(
                                        ("reported_at__isnull", False),
                                        ("sent_at__isnull", False),
                                        models.Q(("report_reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="membership_message_reported_once_sent",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MemberExport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("what", models.TextField(verbose_name="which list")),
                        ("purpose", models.CharField(max_length=200, verbose_name="what for")),
                        ("number", models.PositiveIntegerField(verbose_name="members in it")),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "export of members",
                        "verbose_name_plural": "exports of members",
                        "ordering": ["-at", "-pk"],
                        "permissions": [
                            ("export_members", "Can export lists of members"),
                            ("see_member_reports", "Can see the reports about members"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MemberFilter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "name",
                            models.CharField(
                                help_text="For you and your colleagues: “Lapsed this year, West”.", max_length=80
                            ),
                        ),
                        (
                            "is_shared",
                            models.BooleanField(
                                default=False,
                                help_text="Unchecked, only you see it. Colleagues use and change a shared one.",
                                verbose_name="for all colleagues",
                            ),
                        ),
                        (
                            "statuses",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("active", "Active"),
                                        ("grace", "In grace"),
                                        ("lapsed", "Lapsed"),
                                        ("future", "Not yet begun"),
                                        ("none", "Not a member"),
                                        ("closed", "Closed"),
                                    ],
                                    max_length=10,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="standing today",
                            ),
                        ),
                        (
                            "state_codes",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("AL", "Alabama"),
                                        ("AK", "Alaska"),
                                        ("AS", "American Samoa"),
                                        ("AZ", "Arizona"),
                                        ("AR", "Arkansas"),
                                        ("CA", "California"),
                                        ("CO", "Colorado"),
                                        ("CT", "Connecticut"),
                                        ("DE", "Delaware"),
                                        ("DC", "District of Columbia"),
                                        ("FL", "Florida"),
                                        ("GA", "Georgia"),
                                        ("GU", "Guam"),
                                        ("HI", "Hawaii"),
                                        ("ID", "Idaho"),
                                        ("IL", "Illinois"),
                                        ("IN", "Indiana"),
                                        ("IA", "Iowa"),
                                        ("KS", "Kansas"),
                                        ("KY", "Kentucky"),
                                        ("LA", "Louisiana"),
                                        ("ME", "Maine"),
                                        ("MD", "Maryland"),
                                        ("MA", "Massachusetts"),
                                        ("MI", "Michigan"),
                                        ("MN", "Minnesota"),
                                        ("MS", "Mississippi"),
                                        ("MO", "Missouri"),
                                        ("MT", "Montana"),
                                        ("NE", "Nebraska"),
                                        ("NV", "Nevada"),
                                        ("NH", "New Hampshire"),
                                        ("NJ", "New Jersey"),
                                        ("NM", "New Mexico"),
                                        ("NY", "New York"),
                                        ("NC", "North Carolina"),
                                        ("ND", "North Dakota"),
                                        ("MP", "Northern Mariana Islands"),
                                        ("OH", "Ohio"),
                                        ("OK", "Oklahoma"),
                                        ("OR", "Oregon"),
                                        ("PA", "Pennsylvania"),
                                        ("PR", "Puerto Rico"),
                                        ("RI", "Rhode Island"),
                                        ("SC", "South Carolina"),
                                        ("SD", "South Dakota"),
                                        ("TN", "Tennessee"),
                                        ("TX", "Texas"),
                                        ("VI", "US Virgin Islands"),
                                        ("UT", "Utah"),
                                        ("VT", "Vermont"),
                                        ("VA", "Virginia"),
                                        ("WA", "Washington"),
                                        ("WV", "West Virginia"),
                                        ("WI", "Wisconsin"),
                                        ("WY", "Wyoming"),
                                        ("XX", "Outside the United States"),
                                    ],
                                    max_length=2,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="states",
                            ),
                        ),
                        ("joined_from", models.DateField(blank=True, null=True, verbose_name="member since, from")),
                        ("joined_to", models.DateField(blank=True, null=True, verbose_name="member since, to")),
                        (
                            "ends_within",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="The last paid day is today or one of the next so many days.",
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(366)],
                                verbose_name="term ends within days",
                            ),
                        ),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        (
                            "career_stages",
                            models.ManyToManyField(blank=True, related_name="+", to="membership.careerstage"),
                        ),
                        (
                            "groups",
                            models.ManyToManyField(
                                blank=True,
                                related_name="+",
                                to="membership.group",
                                verbose_name="special interest groups",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "plans",
                            models.ManyToManyField(
                                blank=True, related_name="+", to="membership.plan", verbose_name="categories"
                            ),
                        ),
                        ("specialties", models.ManyToManyField(blank=True, related_name="+", to="accounts.specialty")),
                    ],
                    options={
                        "verbose_name": "saved list of members",
                        "verbose_name_plural": "saved lists of members",
                        "ordering": ["name", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("owner", "name"),
                                name="membership_filter_name_once",
                                violation_error_message="You have a list of this name already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "statuses__contained_by",
                                        ["active", "grace", "lapsed", "future", "none", "closed"],
                                    )
                                ),
                                name="membership_filter_statuses_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state_codes__contained_by",
                                        [
                                            "AL",
                                            "AK",
                                            "AS",
                                            "AZ",
                                            "AR",
                                            "CA",
                                            "CO",
                                            "CT",
                                            "DE",
                                            "DC",
                                            "FL",
                                            "GA",
                                            "GU",
                                            "HI",
                                            "ID",
                                            "IL",
                                            "IN",
                                            "IA",
                                            "KS",
                                            "KY",
                                            "LA",
                                            "ME",
                                            "MD",
                                            "MA",
                                            "MI",
                                            "MN",
                                            "MS",
                                            "MO",
                                            "MT",
                                            "NE",
                                            "NV",
                                            "NH",
                                            "NJ",
                                            "NM",
                                            "NY",
                                            "NC",
                                            "ND",
                                            "MP",
                                            "OH",
                                            "OK",
                                            "OR",
                                            "PA",
                                            "PR",
                                            "RI",
                                            "SC",
                                            "SD",
                                            "TN",
                                            "TX",
                                            "VI",
                                            "UT",
                                            "VT",
                                            "VA",
                                            "WA",
                                            "WV",
                                            "WI",
                                            "WY",
                                            "XX",
                                        ],
                                    )
                                ),
                                name="membership_filter_states_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("joined_from", None),
                                    ("joined_to", None),
                                    ("joined_from__lte", models.F("joined_to")),
                                    _connector="OR",
                                ),
                                name="membership_filter_joined_in_order",
                                violation_error_message="The last day comes before the first.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_within", None), ("ends_within__range", (0, 366)), _connector="OR"
                                ),
                                name="membership_filter_ends_within",
                                violation_error_message="Choose a number of days within a year.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MemberLetter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("subject", models.CharField(max_length=150)),
                        ("text", models.TextField(max_length=10000)),
                        (
                            "per_hour",
                            models.PositiveIntegerField(
                                default=3000,
                                help_text="They go in small portions, every five minutes.",
                                validators=[
                                    django.core.validators.MinValueValidator(60),
                                    django.core.validators.MaxValueValidator(12000),
                                ],
                                verbose_name="letters an hour",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "Being written"),
                                    ("waiting", "Waits for a second person"),
                                    ("sending", "Being sent"),
                                    ("paused", "Paused"),
                                    ("sent", "Sent"),
                                    ("stopped", "Stopped"),
                                ],
                                default="draft",
                                editable=False,
                                max_length=10,
                            ),
                        ),
                        ("went_to", models.TextField(blank=True, editable=False, verbose_name="went to")),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("asked_at", models.DateTimeField(editable=False, null=True, verbose_name="waits since")),
                        ("next_batch_at", models.DateTimeField(editable=False, null=True, verbose_name="next portion")),
                        ("ended_at", models.DateTimeField(editable=False, null=True, verbose_name="ended")),
                        (
                            "agreed_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="sent by",
                            ),
                        ),
                        (
                            "audience",
                            models.ForeignKey(
                                help_text="A saved list. Who is on it is fixed when the letter is sent.",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="membership.memberfilter",
                                verbose_name="goes to",
                            ),
                        ),
                        (
                            "written_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "letter to members",
                        "verbose_name_plural": "letters to members",
                        "ordering": ["-created_at", "-pk"],
                        "permissions": [
                            ("send_memberletter", "Can send letters to members"),
                            ("agree_memberletter", "Can agree to a colleague’s letter to many members"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status__in", ["draft", "waiting", "sending", "paused", "sent", "stopped"])
                                ),
                                name="membership_letter_status_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("per_hour__range", (60, 12000))),
                                name="membership_letter_per_hour",
                                violation_error_message="Between 60 and 12,000 letters an hour.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("agreed_by", None),
                                    models.Q(("agreed_by", models.F("asked_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="membership_letter_two_people",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LetterRecipient",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Not written yet"),
                                    ("written", "Waiting to be sent"),
                                    ("sent", "Sent"),
                                    ("failed", "Came back"),
                                    ("held", "Not sent"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        (
                            "why",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("deceased", "has died"),
                                    ("no_sign_in", "the account is closed"),
                                    ("closed", "the membership was closed meanwhile"),
                                    ("no_address", "no e-mail address is known"),
                                    ("bounced", "mail to the address came back"),
                                    ("stopped_mail", "does not want such letters"),
                                    ("unconfirmed", "nobody has confirmed the address"),
                                    ("no_term", "the letter names a term, and there is none"),
                                    ("stopped", "the letter was stopped"),
                                    ("forgotten", "asked us to forget them"),
                                ],
                                max_length=12,
                                verbose_name="why not",
                            ),
                        ),
                        ("at", models.DateTimeField(null=True, verbose_name="written")),
                        (
                            "email",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="mail.outgoingemail",
                                verbose_name="message",
                            ),
                        ),
                        (
                            "membership",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="letters_received",
                                to="membership.membership",
                                verbose_name="member",
                            ),
                        ),
                        (
                            "letter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="recipients",
                                to="membership.memberletter",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "recipient of a letter",
                        "verbose_name_plural": "recipients of letters",
                        "ordering": ["pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "waiting")),
                                fields=["letter", "id"],
                                name="membership_recipient_waiting",
                            ),
                            models.Index(fields=["letter", "state"], name="membership_recipient_by_state"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("letter", "membership"), name="membership_recipient_once"),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["waiting", "written", "sent", "failed", "held"])),
                                name="membership_recipient_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("why", ""),
                                    (
                                        "why__in",
                                        [
                                            "deceased",
                                            "no_sign_in",
                                            "closed",
                                            "no_address",
                                            "bounced",
                                            "stopped_mail",
                                            "unconfirmed",
                                            "no_term",
                                            "stopped",
                                            "forgotten",
                                        ],
                                    ),
                                    _connector="OR",
                                ),
                                name="membership_recipient_why_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state", "held"), ("why", ""), _connector="XOR"),
                                name="membership_recipient_held_for_a_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MemberLetterChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("from_status", models.CharField(max_length=20)),
                        ("to_status", models.CharField(max_length=20)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("reason", models.TextField(blank=True)),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "subject",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="status_changes",
                                to="membership.memberletter",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-at", "-pk"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="LatinName",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=100)),
                        (
                            "membership",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="latin_name",
                                to="membership.membership",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "name in Latin letters",
                        "verbose_name_plural": "names in Latin letters",
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True), name="membership_latin_name_not_empty"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MemberPaper",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("card", "Membership card"), ("letter", "Letter of good standing")],
                                max_length=6,
                            ),
                        ),
                        ("public_id", aapm_site.core.ids.PublicIdField()),
                        (
                            "code",
                            models.CharField(
                                default=membership.check_codes.new_code, editable=False, max_length=12, unique=True
                            ),
                        ),
                        ("name", models.CharField(max_length=240, verbose_name="name as printed")),
                        ("full_name", models.CharField(max_length=240, verbose_name="name as we know it")),
                        ("category", models.CharField(max_length=100)),
                        ("member_until", models.DateField(verbose_name="member until")),
                        ("made_on", models.DateField(default=django.utils.timezone.localdate)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("ends_on", models.DateField(verbose_name="the code answers until")),
                        ("replaced_at", models.DateTimeField(blank=True, null=True, verbose_name="replaced")),
                        (
                            "membership",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="papers",
                                to="membership.membership",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "card or letter",
                        "verbose_name_plural": "cards and letters",
                        "ordering": ["-made_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["card", "letter"])), name="membership_paper_kind_known"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("made_on"))),
                                name="membership_paper_ends_after_it_was_made",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "card"), ("replaced_at", None)),
                                fields=("membership",),
                                name="membership_paper_one_card",
                                violation_error_message="This member has a card already.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Pause",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("parental", "Parental leave"),
                                    ("illness", "Illness, my own or in my family"),
                                    ("service", "Military or humanitarian service"),
                                    ("other", "Something else"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "note",
                            models.TextField(
                                blank=True, default="", max_length=1000, verbose_name="what else we should know"
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="from")),
                        ("back_on", models.DateField(verbose_name="back on")),
                        ("was_back_on", models.DateField(blank=True, null=True, verbose_name="was to be back on")),
                        ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="asked for")),
                        ("granted_at", models.DateTimeField(blank=True, null=True, verbose_name="granted")),
                        ("declined_at", models.DateTimeField(blank=True, null=True, verbose_name="declined")),
                        (
                            "answer",
                            models.TextField(
                                blank=True, default="", max_length=1000, verbose_name="why it was declined"
                            ),
                        ),
                        ("cancelled_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back")),
                        (
                            "asked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "cut_term",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="membership.term",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "membership",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pauses",
                                to="membership.membership",
                            ),
                        ),
                        (
                            "rest_term",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="membership.term",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-asked_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reason__in", ["parental", "illness", "service", "other"])),
                                name="membership_pause_reason_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("starts_on__lt", models.F("back_on"))),
                                name="membership_pause_in_order",
                                violation_error_message="Whoever pauses is back after the first day of the pause.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("granted_at", None), ("declined_at", None), _connector="OR"),
                                name="membership_pause_one_answer",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("cancelled_at", None), ("declined_at", None), ("granted_at", None)),
                                fields=("membership",),
                                name="membership_pause_one_waits",
                                violation_error_message="A pause of this member is being decided already.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Resignation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "when",
                            models.CharField(
                                choices=[("end", "At the end of what is paid"), ("now", "Today")],
                                max_length=3,
                                verbose_name="from when",
                            ),
                        ),
                        ("last_day", models.DateField(verbose_name="last day of membership")),
                        ("reason", models.TextField(blank=True, default="", max_length=1000)),
                        ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="resigned")),
                        ("undo", models.JSONField(default=list, editable=False)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back")),
                        (
                            "asked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "membership",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="resignations",
                                to="membership.membership",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-asked_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("when__in", ["end", "now"])),
                                name="membership_resignation_when_known",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_at", None)),
                                fields=("membership", "last_day"),
                                name="membership_resignation_once",
                                violation_error_message="This resignation is recorded already.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OfficeAddress",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("email", models.EmailField(max_length=254, verbose_name="e-mail of the office")),
                        ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="asked")),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed")),
                        (
                            "membership",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="office",
                                to="membership.membership",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "address of an office",
                        "verbose_name_plural": "addresses of offices",
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("email", ""), _negated=True), name="membership_office_has_address"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OfficeSending",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("email", models.EmailField(max_length=254, verbose_name="sent to")),
                        ("on", models.DateField(default=django.utils.timezone.localdate, verbose_name="sent on")),
                        ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="sent")),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "membership",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="office_sendings",
                                to="membership.membership",
                            ),
                        ),
                        (
                            "payment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="billing.payment",
                                verbose_name="receipt",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "receipt sent to an office",
                        "verbose_name_plural": "receipts sent to offices",
                        "ordering": ["-at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("membership", "payment", "email", "on"),
                                name="membership_office_sending_once_a_day",
                                violation_error_message="This receipt has gone there today.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Viewing",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reason", models.TextField(max_length=500)),
                        ("begun_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="begun")),
                        ("ends_at", models.DateTimeField(verbose_name="ends by itself")),
                        ("ended_at", models.DateTimeField(null=True, verbose_name="ended by hand")),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="viewings",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="as whom",
                            ),
                        ),
                        (
                            "viewer",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who looked",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "look as a member",
                        "verbose_name_plural": "looks as a member",
                        "ordering": ["-begun_at", "-pk"],
                        "permissions": [("view_as_member", "Can look at the site as a member sees it")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("begun_at"))),
                                name="membership_viewing_ends_after_it_began",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ViewedPage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("method", models.CharField(max_length=10)),
                        ("path", models.CharField(max_length=500)),
                        ("answer", models.PositiveSmallIntegerField(null=True)),
                        (
                            "viewing",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pages",
                                to="membership.viewing",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "page looked at as a member",
                        "verbose_name_plural": "pages looked at as a member",
                        "ordering": ["at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="ConsentText",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("slug", models.SlugField(max_length=40, unique=True, verbose_name="short name")),
                        (
                            "name",
                            models.CharField(
                                help_text="For staff, and above it on the application’s page.", max_length=100
                            ),
                        ),
                        (
                            "is_on",
                            models.BooleanField(
                                default=True,
                                help_text="Whether people who apply from now on are asked.",
                                verbose_name="asked",
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=100)),
                    ],
                    options={
                        "verbose_name": "text that applicants agree to",
                        "verbose_name_plural": "texts that applicants agree to",
                        "ordering": ["order", "slug"],
                    },
                ),
                migrations.CreateModel(
                    name="FinderQuestion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("slug", models.SlugField(max_length=60, unique=True, verbose_name="short name")),
                        ("text", models.CharField(max_length=200, verbose_name="question")),
                        (
                            "note",
                            models.CharField(
                                blank=True, help_text="A sentence below it, where one helps.", max_length=300
                            ),
                        ),
                        (
                            "order",
                            models.PositiveSmallIntegerField(
                                default=100, help_text="The lowest number is asked first."
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "question of the finder",
                        "verbose_name_plural": "questions of the finder",
                        "ordering": ["order", "slug"],
                    },
                ),
                migrations.CreateModel(
                    name="ApplicationDraft",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", aapm_site.core.ids.PublicIdField()),
                        ("fields", models.JSONField(default=dict)),
                        ("saves", models.PositiveIntegerField(default=1)),
                        ("begun_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        (
                            "changed_at",
                            models.DateTimeField(db_index=True, default=django.utils.timezone.now, editable=False),
                        ),
                        ("linked_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("reminded_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="membership.plan",
                                verbose_name="category",
                            ),
                        ),
                        (
                            "user",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="application_draft",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "draft of an application",
                        "verbose_name_plural": "drafts of applications",
                        "ordering": ["-changed_at"],
                        "default_permissions": (),
                    },
                ),
                migrations.CreateModel(
                    name="ConsentVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("text", models.TextField(max_length=1000)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        (
                            "consent",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="versions",
                                to="membership.consenttext",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "version",
                        "ordering": ["consent", "-number"],
                        "default_permissions": ("view",),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("consent", "number"), name="membership_consentversion_number_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ApplicationConsent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="consents",
                                to="membership.application",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="membership.consentversion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "consent of an applicant",
                        "verbose_name_plural": "consents of applicants",
                        "ordering": ["pk"],
                        "default_permissions": (),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("application", "version"), name="membership_applicationconsent_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DraftPaper",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", aapm_site.core.ids.PublicIdField()),
                        (
                            "file",
                            models.FileField(
                                storage=aapm_site.core.files.private.storage,
                                upload_to=membership.models.application.paper_path,
                            ),
                        ),
                        ("name", models.CharField(max_length=150)),
                        ("size", models.PositiveIntegerField()),
                        ("uploaded_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        (
                            "draft",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="papers",
                                to="membership.applicationdraft",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "paper of a draft",
                        "verbose_name_plural": "papers of drafts",
                        "ordering": ["uploaded_at", "pk"],
                        "default_permissions": (),
                    },
                ),
                migrations.CreateModel(
                    name="FinderAnswer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.CharField(max_length=200, verbose_name="answer")),
                        (
                            "reason",
                            models.CharField(
                                blank=True,
                                help_text="Why this category: one sentence, which the person reads.",
                                max_length=300,
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=100)),
                        (
                            "plan",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="membership.plan",
                                verbose_name="category",
                            ),
                        ),
                        (
                            "leads_to",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="membership.finderquestion",
                                verbose_name="or question",
                            ),
                        ),
                        (
                            "question",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="answers",
                                to="membership.finderquestion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "answer",
                        "ordering": ["question", "order", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("leads_to__isnull", True), ("plan__isnull", False)),
                                    models.Q(("leads_to__isnull", False), ("plan__isnull", True)),
                                    _connector="OR",
                                ),
                                name="membership_finderanswer_leads_somewhere",
                                violation_error_message="An answer leads either to a category or to a further question: choose one.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("leads_to", None),
                                    models.Q(("leads_to", models.F("question")), _negated=True),
                                    _connector="OR",
                                ),
                                name="membership_finderanswer_not_itself",
                                violation_error_message="An answer cannot lead back to its own question.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GroupLetter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", aapm_site.core.ids.PublicIdField()),
                        ("subject", models.CharField(max_length=120)),
                        ("text", models.TextField(max_length=6000)),
                        ("written_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="written")),
                        ("ordered_at", models.DateTimeField(blank=True, null=True, verbose_name="sent from")),
                        ("next_at", models.DateTimeField(blank=True, null=True, verbose_name="next portion")),
                        ("stopped_at", models.DateTimeField(blank=True, null=True, verbose_name="stopped")),
                        ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="all sent")),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="written by",
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="letters",
                                to="membership.group",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "letter to a group",
                        "verbose_name_plural": "letters to groups",
                        "ordering": ["-written_at", "-pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(
                                    ("done_at", None), ("ordered_at__isnull", False), ("stopped_at", None)
                                ),
                                fields=["next_at"],
                                name="membership_group_letter_going",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ordered_at__isnull", False),
                                    models.Q(("done_at", None), ("next_at", None), ("stopped_at", None)),
                                    _connector="OR",
                                ),
                                name="membership_group_letter_ordered_first",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("stopped_at", None), ("done_at", None), _connector="OR"),
                                name="membership_group_letter_one_end",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GroupLetterReader",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("told_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "email",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="mail.outgoingemail",
                            ),
                        ),
                        (
                            "letter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="readers",
                                to="membership.groupletter",
                            ),
                        ),
                        (
                            "membership",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="group_letters",
                                to="membership.membership",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "reader of a letter",
                        "verbose_name_plural": "readers of a letter",
                        "ordering": ["pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("told_at", None)),
                                fields=["letter", "id"],
                                name="membership_letter_unread",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("letter", "membership"), name="membership_letter_reader_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Honor",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("decided_by", models.CharField(max_length=160)),
                        ("reason", models.TextField(max_length=2000)),
                        (
                            "granted_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="recorded"),
                        ),
                        ("taken_back_at", models.DateTimeField(null=True, verbose_name="taken back")),
                        ("why_taken_back", models.TextField(blank=True, max_length=2000)),
                        (
                            "granted_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="recorded by",
                            ),
                        ),
                        (
                            "taken_back_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "term",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE, related_name="honor", to="membership.term"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "honorary membership",
                        "verbose_name_plural": "honorary memberships",
                        "ordering": ["-granted_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_by", ""), _negated=True), models.Q(("reason", ""), _negated=True)
                                ),
                                name="membership_honor_decided_for_a_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("taken_back_at", None), ("why_taken_back", "")),
                                    models.Q(
                                        ("taken_back_at__isnull", False),
                                        models.Q(("why_taken_back", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="membership_honor_taken_back_for_a_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AutomaticRenewal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", aapm_site.core.ids.PublicIdField()),
                        ("consent_version", models.CharField(editable=False, max_length=20)),
                        ("consent_text", models.TextField(editable=False)),
                        (
                            "agreed_price",
                            models.DecimalField(
                                decimal_places=2,
                                editable=False,
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        ("currency", models.CharField(default="USD", max_length=3)),
                        ("agreed_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("confirmed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("stopped_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "stopped_why",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("member", "The member, on “My membership”"),
                                    ("letter", "The member, by the link in a letter"),
                                    ("staff", "Our office"),
                                    ("replaced", "Another card was given"),
                                    ("failed", "The payment failed"),
                                    ("late", "It was too late for the payment"),
                                    ("closed", "The membership was closed"),
                                    ("resigned", "The member resigned"),
                                    ("merged", "Two records of one person were joined"),
                                ],
                                default="",
                                editable=False,
                                max_length=12,
                            ),
                        ),
                        (
                            "agreed_plan",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="membership.plan",
                            ),
                        ),
                        (
                            "card",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="automatic_renewal",
                                to="billing.keptcard",
                            ),
                        ),
                        (
                            "membership",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="automatic_renewals",
                                to="membership.membership",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "automatic renewal",
                        "ordering": ["-agreed_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("confirmed_at__isnull", False), ("stopped_at", None)),
                                fields=("membership",),
                                name="membership_automatic_one_runs",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("agreed_price__gte", 0)),
                                name="membership_automatic_price_not_negative",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        models.Q(("stopped_at", None), ("stopped_why", "")),
                                        ("stopped_at__isnull", False),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("stopped_why", ""),
                                        (
                                            "stopped_why__in",
                                            [
                                                "member",
                                                "letter",
                                                "staff",
                                                "replaced",
                                                "failed",
                                                "late",
                                                "closed",
                                                "resigned",
                                                "merged",
                                            ],
                                        ),
                                        _connector="OR",
                                    ),
                                ),
                                name="membership_automatic_stopped_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AnnouncedRenewal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "price",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        ("currency", models.CharField(default="USD", max_length=3)),
                        ("told_on", models.DateField()),
                        ("told_again_on", models.DateField(blank=True, null=True)),
                        (
                            "charge",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="announced_renewal",
                                to="billing.keptcharge",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="membership.plan"
                            ),
                        ),
                        (
                            "term",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="announced_renewals",
                                to="membership.term",
                            ),
                        ),
                        (
                            "automatic",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="announced",
                                to="membership.automaticrenewal",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "announced renewal",
                        "ordering": ["-told_on", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("automatic", "term"), name="membership_announced_once_a_term"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("price__gte", 0)), name="membership_announced_price_not_negative"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="UsageSalt",
                    fields=[
                        ("on", models.DateField(primary_key=True, serialize=False, verbose_name="day")),
                        ("salt", models.BinaryField()),
                    ],
                    options={
                        "default_permissions": (),
                    },
                ),
                migrations.CreateModel(
                    name="RobotAgent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "fragment",
                            models.CharField(
                                help_text="As it stands in the server's log, or a part of it: ExampleBot. Large and small letters are alike.",
                                max_length=200,
                                unique=True,
                                verbose_name="part of the agent",
                            ),
                        ),
                        (
                            "note",
                            models.CharField(
                                blank=True, help_text="Whose it is, and how it was noticed.", max_length=300
                            ),
                        ),
                        (
                            "added_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, editable=False, verbose_name="added"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "agent that is no reader",
                        "verbose_name_plural": "agents that are no readers",
                        "ordering": ["fragment"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("fragment__regex", "\\S.*\\S.*\\S")),
                                name="membership_robotagent_long_enough",
                                violation_error_message="Give at least three letters: fewer would name readers, too.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SearchUsage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("on", models.DateField(verbose_name="day, or first day of the month")),
                        ("is_month", models.BooleanField(db_default=False, default=False, verbose_name="a month")),
                        ("searches", models.PositiveBigIntegerField(default=0)),
                    ],
                    options={
                        "default_permissions": (),
                        "constraints": [
                            models.UniqueConstraint(fields=("on", "is_month"), name="membership_searchusage_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ArticleUsage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("on", models.DateField(verbose_name="day, or first day of the month")),
                        ("is_month", models.BooleanField(db_default=False, default=False, verbose_name="a month")),
                        (
                            "access",
                            models.CharField(
                                choices=[("controlled", "Controlled"), ("open", "Open"), ("free", "Free_To_Read")],
                                max_length=10,
                            ),
                        ),
                        ("yop", models.PositiveSmallIntegerField(verbose_name="year of publication")),
                        ("investigations", models.PositiveBigIntegerField(default=0)),
                        ("requests", models.PositiveBigIntegerField(default=0)),
                        ("unique_investigations", models.PositiveBigIntegerField(default=0)),
                        ("unique_requests", models.PositiveBigIntegerField(default=0)),
                        ("denials", models.PositiveBigIntegerField(default=0)),
                        (
                            "article",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="usage",
                                to="membership.article",
                            ),
                        ),
                    ],
                    options={
                        "permissions": [("see_journal_usage", "Can see how much the journal is read")],
                        "default_permissions": (),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("on", "is_month", "article", "access", "yop"),
                                name="membership_articleusage_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("access__in", ["controlled", "open", "free"])),
                                name="membership_articleusage_access",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("denials__lte", models.F("investigations")),
                                    ("requests__lte", models.F("investigations")),
                                    ("unique_investigations__lte", models.F("investigations")),
                                    ("unique_requests__lte", models.F("requests")),
                                ),
                                name="membership_articleusage_adds_up",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="UsageEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("on", models.DateField(verbose_name="day")),
                        ("reader", models.BinaryField()),
                        ("part", models.CharField(blank=True, max_length=100)),
                        (
                            "use",
                            models.CharField(
                                choices=[
                                    ("request", "The full text"),
                                    ("denied", "The gate in its place"),
                                    ("look", "Something about it: its citation, a table, a supplement"),
                                    ("search", "A search of the journal"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "access",
                            models.CharField(
                                blank=True,
                                choices=[("controlled", "Controlled"), ("open", "Open"), ("free", "Free_To_Read")],
                                max_length=10,
                            ),
                        ),
                        ("yop", models.PositiveSmallIntegerField(null=True, verbose_name="year of publication")),
                        (
                            "article",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="membership.article",
                            ),
                        ),
                    ],
                    options={
                        "default_permissions": (),
                        "indexes": [models.Index(fields=["on"], name="membership_usageevent_on")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("access", ""),
                                        ("article__isnull", True),
                                        ("use", "search"),
                                        ("yop__isnull", True),
                                    ),
                                    models.Q(
                                        models.Q(("use", "search"), _negated=True),
                                        ("access__in", ["controlled", "open", "free"]),
                                        ("article__isnull", False),
                                        ("yop__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="membership_usageevent_of_an_article_or_search",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("use__in", ["request", "denied", "look", "search"])),
                                name="membership_usageevent_use_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ArticleBrief",
                    fields=[
                        (
                            "article",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="brief",
                                serialize=False,
                                to="membership.article",
                            ),
                        ),
                        ("figure_anchor", models.CharField(blank=True, max_length=200)),
                        (
                            "figure_source",
                            models.CharField(blank=True, max_length=500, verbose_name="address of the picture"),
                        ),
                        ("figure_alt", models.TextField(blank=True)),
                        ("figure_caption", models.TextField(blank=True)),
                        ("figure_width", models.PositiveIntegerField(null=True)),
                        ("figure_height", models.PositiveIntegerField(null=True)),
                        ("limits", models.TextField(blank=True)),
                        ("limits_anchor", models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        "verbose_name": "article in brief",
                        "default_permissions": (),
                    },
                ),
                migrations.CreateModel(
                    name="CollectedArticle",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=100)),
                        (
                            "article",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="collected_in",
                                to="membership.article",
                            ),
                        ),
                        (
                            "collection",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="collected",
                                to="membership.collection",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "article of a collection",
                        "verbose_name_plural": "articles of a collection",
                        "ordering": ["order", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("collection", "article"),
                                name="membership_collected_article_once",
                                violation_error_message="This article stands in the collection already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Collection",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=150, unique=True)),
                        (
                            "slug",
                            models.SlugField(
                                help_text="The last word of its address.",
                                max_length=80,
                                unique=True,
                                verbose_name="address word",
                            ),
                        ),
                        (
                            "introduction",
                            models.TextField(
                                blank=True,
                                help_text="What holds these articles together; an empty line begins a paragraph.",
                                max_length=4000,
                            ),
                        ),
                        (
                            "is_published",
                            models.BooleanField(default=False, help_text="Readers see it.", verbose_name="published"),
                        ),
                        (
                            "order",
                            models.PositiveSmallIntegerField(
                                default=100, help_text="Smaller ones stand first on the Journal’s page."
                            ),
                        ),
                        (
                            "search",
                            models.GeneratedField(
                                db_persist=True,
                                expression=django.contrib.postgres.search.CombinedSearchVector(
                                    django.contrib.postgres.search.SearchVector(
                                        "title", config="site_english", weight="A"
                                    ),
                                    "||",
                                    django.contrib.postgres.search.SearchVector(
                                        "introduction", config="site_english", weight="C"
                                    ),
                                    django.contrib.postgres.search.SearchConfig("site_english"),
                                ),
                                output_field=django.contrib.postgres.search.SearchVectorField(),
                            ),
                        ),
                        (
                            "articles",
                            models.ManyToManyField(
                                related_name="collections",
                                through="membership.CollectedArticle",
                                to="membership.article",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["order", "title"],
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["search"], name="membership_collection_search"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("slug", ""), _negated=True), name="membership_collection_has_slug"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Subject",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=80, unique=True)),
                        (
                            "slug",
                            models.SlugField(
                                help_text="The last word of its address.",
                                max_length=60,
                                unique=True,
                                verbose_name="address word",
                            ),
                        ),
                        (
                            "introduction",
                            models.TextField(
                                blank=True, help_text="One or two sentences above the articles.", max_length=1000
                            ),
                        ),
                        (
                            "keywords",
                            models.TextField(
                                blank=True,
                                help_text="One a line. An article with one of them, or with the subject’s name, among its keywords is in it.",
                                max_length=4000,
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=100)),
                    ],
                    options={
                        "ordering": ["order", "name"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("slug", ""), _negated=True), name="membership_subject_has_slug"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClubMeeting",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("meets_on", models.DateField()),
                        ("place", models.CharField(blank=True, max_length=200, verbose_name="time and place")),
                        ("planned_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "article",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="club_meetings",
                                to="membership.article",
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="club_meetings",
                                to="membership.group",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "journal club",
                        "ordering": ["meets_on", "pk"],
                        "default_permissions": (),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("group", "article", "meets_on"), name="membership_club_meeting_once"
                            )
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="article",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO core_revision DEFAULT VALUES; RETURN NULL;",
                            hash="f9da718497bd022e71c2bee0ece8bcc32a9bfbcb",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_revised_c9516",
                            table="membership_article",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="articletype",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO core_revision DEFAULT VALUES; RETURN NULL;",
                            hash="4c73aa33666cddfa285b9b10f41cb71ea473ec13",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_revised_86597",
                            table="membership_articletype",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="careerstage",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO core_revision DEFAULT VALUES; RETURN NULL;",
                            hash="f2c5a51572bd91dfcb6b51d8ee2134667b8c10dc",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_revised_8d957",
                            table="membership_careerstage",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="figure",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO core_revision DEFAULT VALUES; RETURN NULL;",
                            hash="9be730167565888296841c252944df076ceaae2d",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_revised_02b01",
                            table="membership_figure",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="group",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO core_revision DEFAULT VALUES; RETURN NULL;",
                            hash="39b731549f2fe5da96104479c4ef61fe3c295b3d",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_revised_ee855",
                            table="membership_group",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="groupmember",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised_by_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF EXISTS (SELECT FROM new_rows AS changed WHERE changed.chair_since IS NOT NULL) THEN INSERT INTO core_revision DEFAULT VALUES; END IF; RETURN NULL;",
                            hash="17c58d230285790af22d4075922658034a674b2d",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_revised_by_insert_cfd3d",
                            referencing="REFERENCING NEW TABLE AS new_rows ",
                            table="membership_groupmember",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="groupmember",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised_by_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF EXISTS (SELECT FROM (TABLE old_rows UNION ALL TABLE new_rows) AS changed WHERE changed.chair_since IS NOT NULL) THEN INSERT INTO core_revision DEFAULT VALUES; END IF; RETURN NULL;",
                            hash="a01ff39c538b194cd7cb25d3f09b9e4138df4be1",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_revised_by_update_e11ed",
                            referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                            table="membership_groupmember",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="groupmember",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised_by_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF EXISTS (SELECT FROM old_rows AS changed WHERE changed.chair_since IS NOT NULL) THEN INSERT INTO core_revision DEFAULT VALUES; END IF; RETURN NULL;",
                            hash="ee7de1e243336247ed7c94e4497661e23ab2da77",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_revised_by_delete_9861e",
                            referencing="REFERENCING OLD TABLE AS old_rows ",
                            table="membership_groupmember",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="issue",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO core_revision DEFAULT VALUES; RETURN NULL;",
                            hash="6b7fbce7705dd21f3677e6f6f066b9543c9c3e0f",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_revised_41c93",
                            table="membership_issue",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membership",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "membership_membershipevent" ("career_stage_id", "closed_at", "deceased_on", "id", "joined_on", "next_plan_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "practice_setting_id", "state_code", "training_ends_on", "user_id") VALUES (NEW."career_stage_id", NEW."closed_at", NEW."deceased_on", NEW."id", NEW."joined_on", NEW."next_plan_id", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."practice_setting_id", NEW."state_code", NEW."training_ends_on", NEW."user_id"); RETURN NULL;',
                            hash="2eba6023e22b1848d1fe39078b12486361457c2e",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_deb1a",
                            table="membership_membership",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membership",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "membership_membershipevent" ("career_stage_id", "closed_at", "deceased_on", "id", "joined_on", "next_plan_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "practice_setting_id", "state_code", "training_ends_on", "user_id") VALUES (NEW."career_stage_id", NEW."closed_at", NEW."deceased_on", NEW."id", NEW."joined_on", NEW."next_plan_id", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."practice_setting_id", NEW."state_code", NEW."training_ends_on", NEW."user_id"); RETURN NULL;',
                            hash="3cfda965b4a89138e35aee05131d3930a79d9e03",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e71d6",
                            table="membership_membership",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membership",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "membership_membershipevent" ("career_stage_id", "closed_at", "deceased_on", "id", "joined_on", "next_plan_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "practice_setting_id", "state_code", "training_ends_on", "user_id") VALUES (OLD."career_stage_id", OLD."closed_at", OLD."deceased_on", OLD."id", OLD."joined_on", OLD."next_plan_id", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."practice_setting_id", OLD."state_code", OLD."training_ends_on", OLD."user_id"); RETURN NULL;',
                            hash="f987fd72fd8e7bff856b89d124f52ddc7254d63c",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_d181c",
                            table="membership_membership",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="plan",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO core_revision DEFAULT VALUES; RETURN NULL;",
                            hash="32af2932571ad1fa8031813f91a3763a47db7068",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_revised_58ee5",
                            table="membership_plan",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="practicesetting",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO core_revision DEFAULT VALUES; RETURN NULL;",
                            hash="e095ec9d875f75e038c8f269bde9c82795f6bc34",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_revised_55fff",
                            table="membership_practicesetting",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="term",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "membership_termevent" ("created_at", "ends_on", "grace_days", "id", "membership_id", "note", "order_line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "reads_journal", "source", "starts_on", "void_at", "void_reason", "was_to") VALUES (NEW."created_at", NEW."ends_on", NEW."grace_days", NEW."id", NEW."membership_id", NEW."note", NEW."order_line_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."reads_journal", NEW."source", NEW."starts_on", NEW."void_at", NEW."void_reason", NEW."was_to"); RETURN NULL;',
                            hash="ba68a0d72afe007478b25a65b9818d2f42b478b9",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_10b13",
                            table="membership_term",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="term",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "membership_termevent" ("created_at", "ends_on", "grace_days", "id", "membership_id", "note", "order_line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "reads_journal", "source", "starts_on", "void_at", "void_reason", "was_to") VALUES (NEW."created_at", NEW."ends_on", NEW."grace_days", NEW."id", NEW."membership_id", NEW."note", NEW."order_line_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_id", NEW."reads_journal", NEW."source", NEW."starts_on", NEW."void_at", NEW."void_reason", NEW."was_to"); RETURN NULL;',
                            hash="cf55290112f68a59ad4efe8fc6e89a2e66394356",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c3c52",
                            table="membership_term",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="term",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "membership_termevent" ("created_at", "ends_on", "grace_days", "id", "membership_id", "note", "order_line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "reads_journal", "source", "starts_on", "void_at", "void_reason", "was_to") VALUES (OLD."created_at", OLD."ends_on", OLD."grace_days", OLD."id", OLD."membership_id", OLD."note", OLD."order_line_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."plan_id", OLD."reads_journal", OLD."source", OLD."starts_on", OLD."void_at", OLD."void_reason", OLD."was_to"); RETURN NULL;',
                            hash="93018ec057e47e85ddb3255ae76afb4e8d0090fb",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_7e3f5",
                            table="membership_term",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="articleauthor",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO core_revision DEFAULT VALUES; RETURN NULL;",
                            hash="16d6c5d1de25a1d94433589198cd09f90f551745",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_revised_8ba00",
                            table="membership_articleauthor",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="deliveredtext",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO core_revision DEFAULT VALUES; RETURN NULL;",
                            hash="a2f4e6f1a314e807b4c4d4525e60b8baf7495c5b",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_revised_c7b29",
                            table="membership_deliveredtext",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="articlerelation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO core_revision DEFAULT VALUES; RETURN NULL;",
                            hash="1a6508ceb1abc7f350cf6ea25f9eb553743293f8",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_revised_558e8",
                            table="membership_articlerelation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="bundle",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "membership_bundleevent" ("created_at", "customer_id", "held_at", "id", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id") VALUES (NEW."created_at", NEW."customer_id", NEW."held_at", NEW."id", NEW."name", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_id"); RETURN NULL;',
                            hash="6bfc10596cb09f8bff9f81bba420a6711cd2ca66",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_bf047",
                            table="membership_bundle",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="bundle",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."customer_id" IS DISTINCT FROM (NEW."customer_id") OR OLD."held_at" IS DISTINCT FROM (NEW."held_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."plan_id" IS DISTINCT FROM (NEW."plan_id"))',
                            func='INSERT INTO "membership_bundleevent" ("created_at", "customer_id", "held_at", "id", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id") VALUES (NEW."created_at", NEW."customer_id", NEW."held_at", NEW."id", NEW."name", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_id"); RETURN NULL;',
                            hash="dde8289787aa2c694ce0edeec084d878ea4f68a6",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_da435",
                            table="membership_bundle",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="doubtedwork",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO core_revision DEFAULT VALUES; RETURN NULL;",
                            hash="725058c78e0d5a9d4ba41d7e98bbd535448c2e2d",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_revised_50166",
                            table="membership_doubtedwork",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="finderquestion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO core_revision DEFAULT VALUES; RETURN NULL;",
                            hash="f76ae53c9ddb8eb1740e8b684fe0020c658e7f67",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_revised_5bfb2",
                            table="membership_finderquestion",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="finderanswer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO core_revision DEFAULT VALUES; RETURN NULL;",
                            hash="6e44784f697f44ccaa457642574ef448c5c5fddc",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_revised_6c6f8",
                            table="membership_finderanswer",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="collectedarticle",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO core_revision DEFAULT VALUES; RETURN NULL;",
                            hash="60b56512ff2c354b2932f8e6052691b178b6c3f1",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_revised_4ca49",
                            table="membership_collectedarticle",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="collection",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO core_revision DEFAULT VALUES; RETURN NULL;",
                            hash="f4e91f29bbbd38495690bdfeeeef3ce4b389a727",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_revised_59eec",
                            table="membership_collection",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="subject",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO core_revision DEFAULT VALUES; RETURN NULL;",
                            hash="3c6268fcb433cec253fc8d3e3c1a38039fe47e47",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_revised_ff32c",
                            table="membership_subject",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
        migrations.RunSQL(f"CREATE SEQUENCE membership_number START {FIRST_NUMBER}", "DROP SEQUENCE membership_number"),
        migrations.RunSQL("CREATE SEQUENCE membership_article_number", "DROP SEQUENCE membership_article_number"),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(give, migrations.RunPython.noop),
    ]
