"""Pages, resources, questions and what they need; the first topics, shelves and urgent wording; the editors' rights."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models
from django.utils.text import slugify

import aapm_site.core.files.private
import aapm_site.core.ids
import aapm_site.core.richtext
import content.models.media
import content.models.preview
import content.models.search_help
import content.models.urgency
from aapm_site.core import roles
from aapm_site.core.at_once import AtOnce

TOPICS = ("Living with pain", "Jobs and the Career Center", "Membership", "The Journal", "Something else")
SHELVES = (
    ("living-with-pain", "Living with pain"),
    ("in-a-crisis", "In a crisis"),
    ("finding-care", "Finding and paying for care"),
    ("conditions", "Conditions that hurt"),
    ("medicines", "Medicines and safety"),
    ("research", "Research and trials"),
)
CALL_911 = '<p><strong>Call <a href="tel:911">911</a> now</strong>, or have somebody near you call. {more}</p>'

URGENT = (
    (
        "Thoughts of suicide or self-harm",
        """suicid*
suiside*
sucide*
suicde*
kill myself
kill my self
killing myself
end my life
ending my life
end it all
take my own life
take my life
want to die
wanted to die
wish i was dead
wish i were dead
better off dead
dont want to live
do not want to live
no reason to live
nothing to live for
cant go on living
cant live like this
harm myself
want to hurt myself
wanted to hurt myself
going to hurt myself
might hurt myself
hurting myself on purpose
cut myself on purpose
cutting myself
self harm*
selfharm*
say goodbye to everyone
quiero morir
quiero morirme
matarme
quitarme la vida
suicid*me""",
        "<h2>You do not have to carry this alone</h2>"
        '<p><strong>Call or text <a href="tel:988">988</a></strong>, the Suicide &amp; Crisis Lifeline. A person answers '
        "at any hour, and it is free. You need not be sure that it is serious: being in pain is reason enough. "
        "Press 2 for Spanish.</p>"
        '<p>If you have hurt yourself, or may do so any moment, call <a href="tel:911">911</a>.</p>',
    ),
    (
        "Overdose or poisoning",
        """overdos*
over dos*
od on
oded
od ed
took too many
taken too many
took too much
taken too much
swallowed too many
wont wake up
will not wake up
cant wake him
cant wake her
cant wake them
not waking up
blue lips
lips are blue
lips turned blue
gurgling
stopped breathing
not breathing
isnt breathing
barely breathing
hardly breathing
poisoned
poisoning
child swallowed
kid swallowed
baby swallowed
child ate my
toddler ate
ate my patch
chewed my patch
chewed a patch
sobredosis
envenen*""",
        "<h2>This may be an overdose or a poisoning</h2>"
        + CALL_911.format(
            more="Give naloxone if there is any at hand: it does no harm to somebody who did not need it. "
            "Stay, keep them awake or lay them on their side, and do what the person on the phone says."
        )
        + "<p>Somebody is awake and feels well, and you are only unsure what was taken? Poison Help answers at any hour: "
        '<a href="tel:18002221222">1-800-222-1222</a>.</p>',
    ),
    (
        "Chest pain, stroke or trouble breathing",
        """chest pain*
chestpain*
chest pressure
chest tightness
chest is tight
chest feels tight
tight chest
pain in my chest
pain in his chest
pain in her chest
pain in the chest
chest hurt*
chest is hurting
crushing chest
heart attack*
cant breathe
cannot breathe
can not breathe
cant breath
cannot breath
trouble breathing
hard to breathe
struggling to breathe
short of breath
shortness of breath
choking
having a stroke
may be a stroke
signs of a stroke
stroke right now
face droop*
face is drooping
slurred speech
slurring
cant speak
cant move my arm
one side is numb
one side of my face
one side of his face
one side of her face
worst headache of my life
thunderclap headache
just passed out
keeps passing out
just fainted
coughing up blood
throwing up blood
vomiting blood
throat is closing
throat is swelling
tongue is swelling
anaphyla*
dolor de pecho
dolor en el pecho
no puedo respirar
ataque al corazon
derrame cerebral""",
        "<h2>This can be an emergency</h2>"
        + CALL_911.format(
            more="Pain or pressure in the chest, trouble breathing, a face that droops, an arm that goes weak, "
            "speech that slurs: minutes count, and nobody minds a call that was not needed."
        )
        + "<p>Do not drive yourself to the hospital.</p>",
    ),
    (
        "Sudden weakness, or fever after a procedure",
        """lost control of my bladder
lost control of my bowels
lost bladder control
lost bowel control
cant control my bladder
cant control my bowels
cant pee
cannot pee
cant urinate
cannot urinate
numb between my legs
numbness between my legs
groin is numb
saddle numbness
legs went weak
legs gave out
legs are suddenly weak
cant move my legs
cant feel my legs
cannot feel my legs
fever after my injection
fever after the injection
fever after my surgery
fever after an epidural
fever since the injection
fever since my injection
stiff neck and fever
fever and a stiff neck
pump is beeping
pump alarm
withdrawal from my pump""",
        "<h2>Please have this looked at today</h2>"
        "<p>Numbness between the legs, bladder or bowels that you cannot control, legs that suddenly go weak, or a fever "
        "after an injection or an operation can mean that a nerve or the spine is in danger. <strong>Go to an emergency "
        'department now, or call <a href="tel:911">911</a>.</strong></p>'
        "<p>Then call the office that treated you; the number for nights and weekends is on your papers.</p>",
    ),
    (
        "Violence at home",
        """hits me
beats me
beat me up
chokes me
choked me
strangl*
afraid of my husband
afraid of my wife
afraid of my partner
afraid of my boyfriend
afraid of my girlfriend
threatens to kill me
threatened to kill me
being abused
domestic violence
raped
me pega
me golpea""",
        "<h2>You deserve to be safe</h2>"
        '<p>If you are in danger now, call <a href="tel:911">911</a>. The National Domestic Violence Hotline answers at '
        'any hour: <a href="tel:18007997233">1-800-799-7233</a>, or text START to 88788.</p>'
        "<p>If somebody may look at this device, you can close this page; nothing has been sent.</p>",
    ),
)
RIGHTS = {
    roles.CONTENT_EDITOR: [
        "add_menu",
        "change_menu",
        "delete_menu",
        "view_menu",
        "add_menuitem",
        "change_menuitem",
        "delete_menuitem",
        "view_menuitem",
        "add_page",
        "change_page",
        "delete_page",
        "view_page",
        "publish_page",
        "read_page",
        "change_question",
        "delete_question",
        "view_question",
        "decide_question",
        "add_relatedpage",
        "change_relatedpage",
        "delete_relatedpage",
        "view_relatedpage",
        "add_topic",
        "change_topic",
        "delete_topic",
        "view_topic",
        "add_category",
        "change_category",
        "delete_category",
        "view_category",
        "add_contributor",
        "change_contributor",
        "delete_contributor",
        "view_contributor",
        "change_term",
        "delete_term",
        "view_term",
        "add_term",
        "add_partner",
        "change_partner",
        "delete_partner",
        "view_partner",
        "add_event",
        "change_event",
        "delete_event",
        "view_event",
        "change_redirect",
        "delete_redirect",
        "view_redirect",
        "add_redirect",
        "add_resourcetopic",
        "change_resourcetopic",
        "delete_resourcetopic",
        "view_resourcetopic",
        "add_resource",
        "change_resource",
        "delete_resource",
        "view_resource",
        "view_link",
        "check_link",
        "add_picture",
        "change_picture",
        "delete_picture",
        "view_picture",
        "add_document",
        "change_document",
        "delete_document",
        "view_document",
        "add_urgency",
        "change_urgency",
        "delete_urgency",
        "view_urgency",
        "add_bestbet",
        "change_bestbet",
        "delete_bestbet",
        "view_bestbet",
        "add_synonym",
        "change_synonym",
        "delete_synonym",
        "view_synonym",
    ],
}


def fill(apps, schema_editor):
    """The first lists; staff edit them in the admin."""
    topics, shelves, urgencies = (
        apps.get_model("content", name).objects for name in ("Topic", "ResourceTopic", "Urgency")
    )
    for place, name in enumerate(TOPICS, start=1):
        topics.create(name=name, slug=slugify(name), order=place * 10)
    for place, (slug, name) in enumerate(SHELVES, start=1):
        shelves.create(slug=slug, name=name, order=place * 10)
    for place, (name, phrases, help_text) in enumerate(URGENT, start=1):
        urgencies.create(name=name, phrases=phrases, help=help_text, order=place * 10)


def give(apps, schema_editor):
    for role, codenames in RIGHTS.items():
        roles.grant(apps, "content", role, codenames)


class Migration(migrations.Migration):
    replaces = [
        ("content", "0001_initial"),
        ("content", "0002_role_permissions"),
        ("content", "0003_topics"),
        ("content", "0004_contributors_and_categories"),
        ("content", "0005_bylines_to_contributors"),
        ("content", "0006_drop_bylines"),
        ("content", "0007_contributor_permissions"),
        ("content", "0008_terms"),
        ("content", "0009_term_permissions"),
        ("content", "0010_initiatives"),
        ("content", "0011_initiative_permissions"),
        ("content", "0012_versions_redirects_previews"),
        ("content", "0013_version_permissions"),
        ("content", "0014_search_indexes"),
        ("content", "0015_search_statistics"),
        ("content", "0016_imported_items"),
        ("content", "0017_links_and_resources"),
        ("content", "0018_resource_topics_and_permissions"),
        ("content", "0019_archive_dates"),
        ("content", "0020_media_library"),
        ("content", "0021_media_permissions"),
        ("content", "0022_question_threads"),
        ("content", "0023_urgent_wording"),
        ("content", "0024_topic_slug_unique"),
        ("content", "0025_public_newest"),
        ("content", "0026_announce_what_is_seen"),
        ("content", "0027_clinical_pages"),
        ("content", "0028_trash"),
        ("content", "0029_drafts_of_answers"),
        ("content", "0030_notes_of_imports"),
        ("content", "0031_best_bets_and_words_for_the_same"),
        ("content", "0032_best_bet_permissions"),
        ("content", "0033_conditions"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("accounts", "0002_roles"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("core", "0002_text_search"),
        ("core", "0003_cache_table"),
    ]

    operations = [
        AtOnce(
            [
                migrations.CreateModel(
                    name="Menu",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.SlugField(max_length=40, unique=True)),
                        ("label", models.CharField(max_length=80)),
                    ],
                    options={
                        "ordering": ["label"],
                    },
                ),
                migrations.CreateModel(
                    name="MenuItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=60)),
                        (
                            "url",
                            models.CharField(
                                blank=True,
                                help_text="For what is not a page, for example /career-center/jobs/.",
                                max_length=255,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^(/[^/\\s]\\S*|/|https://\\S+)$",
                                        "Write an address that begins with / or https://.",
                                    )
                                ],
                                verbose_name="address",
                            ),
                        ),
                        (
                            "note",
                            models.CharField(
                                blank=True,
                                help_text="A sentence for places that show one, such as the doors of the home page.",
                                max_length=200,
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=100)),
                        (
                            "menu",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="items", to="content.menu"
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                help_text="The entry or column above it; empty at the top.",
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="children",
                                to="content.menuitem",
                            ),
                        ),
                        (
                            "page",
                            models.ForeignKey(
                                blank=True,
                                help_text="Shown while the page is public.",
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="menu_items",
                                to="content.page",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "entry",
                        "verbose_name_plural": "entries",
                        "ordering": ["order", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("page__isnull", True), ("url", ""), _connector="OR"),
                                name="content_menuitem_one_target",
                                violation_error_message="Choose a page or write an address, not both.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("parent__isnull", True),
                                    models.Q(("parent", models.F("id")), _negated=True),
                                    _connector="OR",
                                ),
                                name="content_menuitem_not_its_own_parent",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Page",
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
                                choices=[
                                    ("page", "Page"),
                                    ("news", "News"),
                                    ("statement", "Statement"),
                                    ("initiative", "Initiative"),
                                    ("answer", "Answer"),
                                    ("condition", "Condition"),
                                ],
                                default="page",
                                max_length=12,
                            ),
                        ),
                        (
                            "slug",
                            models.CharField(
                                help_text="The last word of the address, for example unity-circle.",
                                max_length=80,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[a-z0-9]+(-[a-z0-9]+)*$", "Use lower-case letters, digits and single hyphens."
                                    )
                                ],
                                verbose_name="address word",
                            ),
                        ),
                        ("path", models.CharField(editable=False, max_length=255, unique=True, verbose_name="address")),
                        ("title", models.CharField(max_length=160)),
                        (
                            "menu_title",
                            models.CharField(
                                blank=True,
                                help_text="Shorter, for menus and breadcrumbs; the title if left empty.",
                                max_length=60,
                            ),
                        ),
                        (
                            "summary",
                            models.TextField(
                                help_text="One or two sentences. Lists show them, and everybody may read them, of a members' page too.",
                                max_length=300,
                                validators=[django.core.validators.MaxLengthValidator(300)],
                            ),
                        ),
                        (
                            "description",
                            models.CharField(
                                blank=True,
                                help_text="What search engines show; the summary if left empty.",
                                max_length=170,
                            ),
                        ),
                        ("body", aapm_site.core.richtext.RichTextField(blank=True)),
                        (
                            "audience",
                            models.CharField(
                                default="public",
                                help_text="public, members, or group: and the name of a group.",
                                max_length=60,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^(public|members|group:[a-z0-9-]+)$",
                                        "Write public, members or group:its-name.",
                                    )
                                ],
                            ),
                        ),
                        (
                            "order",
                            models.PositiveSmallIntegerField(
                                default=100, help_text="Small numbers stand first in the section.", verbose_name="place"
                            ),
                        ),
                        (
                            "show_toc",
                            models.BooleanField(
                                default=False,
                                help_text="List the headings beside a long text.",
                                verbose_name="contents",
                            ),
                        ),
                        ("starts_on", models.DateField(blank=True, help_text="First day of an initiative.", null=True)),
                        ("ends_on", models.DateField(blank=True, help_text="Last day of an initiative.", null=True)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("scheduled", "Scheduled"),
                                    ("published", "Published"),
                                    ("trashed", "In the trash"),
                                ],
                                default="draft",
                                max_length=12,
                            ),
                        ),
                        (
                            "published_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="Public from this moment on, once published or scheduled.",
                                null=True,
                                verbose_name="date of publication",
                            ),
                        ),
                        (
                            "unpublish_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="Not public any more from this moment on.",
                                null=True,
                                verbose_name="end of publication",
                            ),
                        ),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("updated_at", models.DateTimeField(auto_now=True)),
                        (
                            "search",
                            models.GeneratedField(
                                db_persist=True,
                                expression=django.contrib.postgres.search.CombinedSearchVector(
                                    django.contrib.postgres.search.CombinedSearchVector(
                                        django.contrib.postgres.search.SearchVector(
                                            "title", config="site_english", weight="A"
                                        ),
                                        "||",
                                        django.contrib.postgres.search.SearchVector(
                                            "summary", config="site_english", weight="B"
                                        ),
                                        django.contrib.postgres.search.SearchConfig("site_english"),
                                    ),
                                    "||",
                                    django.contrib.postgres.search.SearchVector(
                                        "body", config="site_english", weight="D"
                                    ),
                                    django.contrib.postgres.search.SearchConfig("site_english"),
                                ),
                                output_field=django.contrib.postgres.search.SearchVectorField(),
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                help_text="The page above it. News, statements and answers have none.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="content.page",
                            ),
                        ),
                        (
                            "related",
                            models.ManyToManyField(related_name="+", through="content.RelatedPage", to="content.page"),
                        ),
                        (
                            "every_year",
                            models.BooleanField(
                                default=False, help_text="An initiative that comes back on the same days of each year."
                            ),
                        ),
                        (
                            "for_patients",
                            models.BooleanField(
                                default=False,
                                help_text="Words of the glossary explain themselves in its text, and search engines learn whom it is for.",
                                verbose_name="written for patients",
                            ),
                        ),
                        (
                            "recap",
                            aapm_site.core.richtext.RichTextField(
                                blank=True, help_text="What an initiative brought; shown once its last day has passed."
                            ),
                        ),
                        (
                            "reviewed_on",
                            models.DateField(
                                blank=True,
                                help_text="The day of that check; after twelve months it is due again.",
                                null=True,
                            ),
                        ),
                        (
                            "topic",
                            models.ForeignKey(
                                blank=True,
                                help_text="Of a published answer: what the question is about.",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="answers",
                                to="content.topic",
                            ),
                        ),
                        (
                            "version",
                            models.PositiveIntegerField(
                                default=1,
                                editable=False,
                                help_text="Counts the saves: whoever saves must have read the newest.",
                            ),
                        ),
                        (
                            "categories",
                            models.ManyToManyField(
                                blank=True,
                                help_text="Of news and statements: what they are about.",
                                related_name="pages",
                                to="content.category",
                            ),
                        ),
                        (
                            "reviewer",
                            models.ForeignKey(
                                blank=True,
                                help_text="Who has checked that what it says of medicine is right.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reviewed",
                                to="content.contributor",
                            ),
                        ),
                        (
                            "author",
                            models.ForeignKey(
                                blank=True,
                                help_text="Stands under the title.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="written",
                                to="content.contributor",
                            ),
                        ),
                        (
                            "clinical",
                            models.BooleanField(
                                db_default=False,
                                default=False,
                                help_text="Public only with the name of the clinician who has checked it, and the day.",
                                verbose_name="explains treatment",
                            ),
                        ),
                        (
                            "trashed_at",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="in the trash since"
                            ),
                        ),
                        (
                            "trashed_with",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                help_text="The page above it, with which it went into the trash and comes back.",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="trashed_along",
                                to="content.page",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["path"],
                        "permissions": [
                            ("publish_page", "Can publish, schedule and withdraw pages"),
                            ("read_page", "Can read every page, whatever its audience"),
                        ],
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(fields=["search"], name="content_page_search"),
                            models.Index(fields=["-published_at", "-id"], name="content_page_newest"),
                            models.Index(fields=["kind", "-published_at", "-id"], name="content_page_kind_newest"),
                            models.Index(
                                condition=models.Q(("kind__in", ("news", "statement"))),
                                fields=["-published_at", "-id"],
                                name="content_page_news_newest",
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                models.Func(
                                    models.F("search"),
                                    function="ts_filter",
                                    output_field=django.contrib.postgres.search.SearchVectorField(),
                                    template="%(function)s(%(expressions)s, '{a}')",
                                ),
                                name="content_page_title_words",
                            ),
                            models.Index(
                                django.db.models.functions.text.Lower("title"), name="content_page_title_whole"
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["title"], name="content_page_title_near", opclasses=["gin_trgm_ops"]
                            ),
                            models.Index(
                                condition=models.Q(("audience", "public"), _negated=True),
                                fields=["audience"],
                                name="content_page_gated",
                            ),
                            models.Index(
                                fields=["-published_at"],
                                include=("status", "unpublish_at", "kind"),
                                name="content_page_dates",
                            ),
                            models.Index(
                                condition=models.Q(("status__in", ("scheduled", "published"))),
                                fields=["-published_at", "-id"],
                                include=("kind", "status", "unpublish_at"),
                                name="content_page_public_newest",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("audience__regex", "^(public|members|group:[a-z0-9-]+)$")),
                                name="content_page_audience_known",
                                violation_error_message="Write public, members or group:its-name.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("unpublish_at__isnull", True),
                                    ("published_at__isnull", True),
                                    ("unpublish_at__gt", models.F("published_at")),
                                    _connector="OR",
                                ),
                                name="content_page_ends_after_start",
                                violation_error_message="The end of publication must come after its date.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True),
                                    ("starts_on__isnull", True),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="content_page_dates_in_order",
                                violation_error_message="The last day must not come before the first.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("path__startswith", "/"), ("path__endswith", "/")),
                                name="content_page_path_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind__in", ["news", "statement", "answer"]), _negated=True),
                                    ("parent__isnull", True),
                                    _connector="OR",
                                ),
                                name="content_page_rooted_has_no_parent",
                                violation_error_message="News, statements and answers have no page above them.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("reviewer__isnull", True), ("reviewed_on__isnull", True)),
                                    models.Q(("reviewer__isnull", False), ("reviewed_on__isnull", False)),
                                    _connector="OR",
                                ),
                                name="content_page_review_whole",
                                violation_error_message="A review has a reviewer and a day: give both or neither.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("every_year", False),
                                    models.Q(("starts_on__isnull", False), ("ends_on__isnull", False)),
                                    _connector="OR",
                                ),
                                name="content_page_yearly_has_dates",
                                violation_error_message="What comes back every year needs a first and a last day.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("status__in", ["draft", "scheduled", "published", "trashed"])),
                                name="content_page_status_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status__in", ("draft", "trashed")),
                                    ("published_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="content_page_public_has_date",
                                violation_error_message="A published or scheduled page needs a date of publication.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "trashed"), ("trashed_at__isnull", False)),
                                    models.Q(
                                        models.Q(("status", "trashed"), _negated=True),
                                        ("trashed_at__isnull", True),
                                        ("trashed_with__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="content_page_trashed_since",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind__in", ["page", "news", "statement", "initiative", "answer", "condition"])
                                ),
                                name="content_page_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status__in", ("draft", "trashed")),
                                    models.Q(("clinical", False), models.Q(("kind", "condition"), _negated=True)),
                                    ("reviewer__isnull", False),
                                    _connector="OR",
                                ),
                                name="content_page_clinical_is_signed",
                                violation_error_message="What explains treatment is public only with its reviewer’s name.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PageStatusChange",
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
                                to="content.page",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-at", "-pk"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Question",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", aapm_site.core.ids.PublicIdField()),
                        ("name", models.CharField(max_length=120)),
                        ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                        ("question", models.TextField(max_length=5000)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("new", "New"),
                                    ("answered", "Answered"),
                                    ("closed", "Closed"),
                                    ("spam", "Kept apart as spam"),
                                ],
                                default="new",
                                max_length=12,
                            ),
                        ),
                        (
                            "spam_reason",
                            models.CharField(blank=True, max_length=200, verbose_name="why it was kept apart"),
                        ),
                        ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "announced_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="notice and receipt sent"),
                        ),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="questions",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "topic",
                            models.ForeignKey(
                                blank=True,
                                help_text="Another topic sends the notice to whoever answers there.",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="questions",
                                to="content.topic",
                            ),
                        ),
                        (
                            "consent_withdrawn_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="took that back"),
                        ),
                        (
                            "consented_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="agreed to a public answer"),
                        ),
                        (
                            "erased_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="deleted for the person"),
                        ),
                        ("is_urgent", models.BooleanField(default=False, verbose_name="urgent wording")),
                        (
                            "published_as",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="asked_as",
                                to="content.page",
                                verbose_name="public answer",
                            ),
                        ),
                        ("urgent_about", models.CharField(blank=True, max_length=400, verbose_name="sounds like")),
                        (
                            "answer_draft",
                            aapm_site.core.richtext.RichTextField(
                                blank=True,
                                db_default="",
                                default="",
                                editable=False,
                                verbose_name="draft of the answer",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-asked_at", "-pk"],
                        "permissions": [("decide_question", "Can answer, close and sort questions")],
                        "indexes": [
                            models.Index(fields=["status", "-asked_at"], name="content_question_waiting"),
                            models.Index(fields=["email", "-asked_at"], name="content_question_of_address"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("status__in", ["new", "answered", "closed", "spam"])),
                                name="content_question_status_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("consent_withdrawn_at__isnull", True),
                                    ("consented_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="content_question_withdrawn_was_given",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("consent_withdrawn_at__isnull", True),
                                    ("consent_withdrawn_at__gte", models.F("consented_at")),
                                    _connector="OR",
                                ),
                                name="content_question_withdrawn_after_given",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("erased_at__isnull", True),
                                    models.Q(("question", ""), ("user__isnull", True)),
                                    _connector="OR",
                                ),
                                name="content_question_erased_is_empty",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="QuestionStatusChange",
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
                                to="content.question",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-at", "-pk"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="RelatedPage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=100)),
                        (
                            "page",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="related_links",
                                to="content.page",
                            ),
                        ),
                        (
                            "to",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="recommended_in",
                                to="content.page",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "related page",
                        "ordering": ["order", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("page", "to"), name="content_related_once"),
                            models.CheckConstraint(
                                condition=models.Q(("page", models.F("to")), _negated=True),
                                name="content_related_to_another",
                                violation_error_message="A page is not related to itself.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Topic",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=80, unique=True)),
                        ("order", models.PositiveSmallIntegerField(default=100)),
                        (
                            "email",
                            models.EmailField(
                                blank=True,
                                help_text="Questions about it are announced to this address; empty: to the staff’s general address.",
                                max_length=254,
                                verbose_name="who answers",
                            ),
                        ),
                        (
                            "help_text",
                            models.CharField(
                                blank=True,
                                help_text="A few words beside the name when somebody chooses a topic.",
                                max_length=160,
                                verbose_name="what belongs here",
                            ),
                        ),
                        (
                            "slug",
                            models.SlugField(
                                help_text="Stands in the address of its published answers.",
                                max_length=80,
                                unique=True,
                                verbose_name="address word",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["order", "name"],
                    },
                ),
                migrations.CreateModel(
                    name="Category",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=80, unique=True)),
                        ("slug", models.SlugField(max_length=80, unique=True, verbose_name="address word")),
                        (
                            "description",
                            models.CharField(
                                blank=True, help_text="One sentence under the heading of its page.", max_length=200
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=100)),
                    ],
                    options={
                        "verbose_name_plural": "categories",
                        "ordering": ["order", "name"],
                    },
                ),
                migrations.CreateModel(
                    name="Contributor",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120, unique=True)),
                        ("slug", models.SlugField(max_length=80, unique=True, verbose_name="address word")),
                        (
                            "credentials",
                            models.CharField(blank=True, help_text="Degrees, as in MD, PhD.", max_length=80),
                        ),
                        (
                            "is_person",
                            models.BooleanField(
                                default=True,
                                help_text="Not ticked for an office or a committee.",
                                verbose_name="a person",
                            ),
                        ),
                        (
                            "about",
                            models.TextField(
                                blank=True,
                                help_text="One or two sentences: position, field, and what they do for the Academy.",
                                max_length=600,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name"],
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
                        (
                            "name",
                            models.CharField(
                                help_text="As it stands in the glossary, for example nerve block.",
                                max_length=80,
                                verbose_name="word",
                            ),
                        ),
                        ("slug", models.SlugField(max_length=80, unique=True, verbose_name="address word")),
                        (
                            "aliases",
                            models.TextField(
                                blank=True,
                                help_text="One a line: the plural, a spelling, an abbreviation. They explain themselves in the texts too.",
                                max_length=400,
                                validators=[django.core.validators.MaxLengthValidator(400)],
                                verbose_name="other forms",
                            ),
                        ),
                        (
                            "definition",
                            models.TextField(
                                help_text="One or two plain sentences, as you would say it to a patient.",
                                max_length=400,
                                validators=[
                                    django.core.validators.MaxLengthValidator(400),
                                    django.core.validators.RegexValidator(
                                        "\\S", "Say in a sentence or two what it means."
                                    ),
                                ],
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "glossary word",
                        "ordering": [django.db.models.functions.text.Lower("name"), "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("name"),
                                name="content_term_once",
                                violation_error_message="The glossary has this word already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Partner",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        (
                            "url",
                            models.URLField(
                                blank=True,
                                max_length=300,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^https://[^\\s/]+\\.\\S+$", "Write a whole address that begins with https://."
                                    )
                                ],
                                verbose_name="address",
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=100, verbose_name="place")),
                        (
                            "page",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="partners", to="content.page"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["order", "name"],
                        "constraints": [models.UniqueConstraint(fields=("page", "name"), name="content_partner_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Event",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=140)),
                        ("starts_on", models.DateField(verbose_name="first day")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                        (
                            "hours",
                            models.CharField(
                                blank=True, help_text="With the zone: 6 to 7 p.m. Central.", max_length=60
                            ),
                        ),
                        (
                            "place",
                            models.CharField(blank=True, help_text="A town, a house, or “Online”.", max_length=140),
                        ),
                        (
                            "url",
                            models.URLField(
                                blank=True,
                                help_text="Where to read more.",
                                max_length=300,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^https://[^\\s/]+\\.\\S+$", "Write a whole address that begins with https://."
                                    )
                                ],
                                verbose_name="address",
                            ),
                        ),
                        ("summary", models.TextField(blank=True, help_text="One or two sentences.", max_length=300)),
                        (
                            "page",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="events", to="content.page"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["starts_on", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                                ),
                                name="content_event_days_in_order",
                                violation_error_message="The last day must not come before the first.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PreviewLink",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "token",
                            models.CharField(
                                default=content.models.preview.new_token, editable=False, max_length=40, unique=True
                            ),
                        ),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("expires_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
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
                            "page",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="preview_links",
                                to="content.page",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-made_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("expires_at__gt", models.F("made_at"))),
                                name="content_previewlink_expires_later",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Redirect",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "old_path",
                            models.CharField(
                                help_text="As it stood in the browser, without the name of the site: /old-page/ or /?p=123.",
                                max_length=500,
                                unique=True,
                                verbose_name="old address",
                            ),
                        ),
                        (
                            "url",
                            models.CharField(
                                blank=True,
                                help_text="For what is not a page of ours, such as /career-center/jobs/ or https://www.example.org/.",
                                max_length=500,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^(/(?![/\\\\])[^\\s\\\\]*|https://[^\\s\\\\]+)$",
                                        "Write an address that begins with / or https://.",
                                    )
                                ],
                                verbose_name="or an address",
                            ),
                        ),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("move", "A page moved"),
                                    ("import", "The former site"),
                                    ("hand", "Added by hand"),
                                ],
                                default="hand",
                                editable=False,
                                max_length=10,
                                verbose_name="where it comes from",
                            ),
                        ),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        (
                            "page",
                            models.ForeignKey(
                                blank=True,
                                help_text="The page that readers should find; the redirect follows it when it moves.",
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="redirects",
                                to="content.page",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["old_path"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("page__isnull", False), ("url", "")),
                                    models.Q(("page__isnull", True), models.Q(("url", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="content_redirect_one_target",
                                violation_error_message="Choose a page or write an address: one of the two.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("origin__in", ["move", "import", "hand"])),
                                name="content_redirect_origin_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("old_path__startswith", "/")), name="content_redirect_path_begins"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PageVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "fields",
                            models.JSONField(
                                help_text="Everything that editors write, other rows by their addresses and names."
                            ),
                        ),
                        (
                            "changed",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40),
                                blank=True,
                                default=list,
                                help_text="What differs from the version before.",
                                size=None,
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=120)),
                        (
                            "public_from",
                            models.DateTimeField(
                                blank=True,
                                help_text="From when on readers could see it; empty if they never could.",
                                null=True,
                            ),
                        ),
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
                            "page",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="content.page"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "version",
                        "ordering": ["-number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("page", "number"), name="content_pageversion_once"),
                            models.CheckConstraint(
                                condition=models.Q(("number__gte", 1)), name="content_pageversion_counts_from_one"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ImportedItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("origin", models.CharField(max_length=200, verbose_name="old site")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("page", "Page"),
                                    ("post", "News or statement"),
                                    ("file", "Picture or document"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("item", models.CharField(max_length=200, verbose_name="its number there")),
                        ("public_id", models.CharField(blank=True, max_length=16, verbose_name="picture or document")),
                        ("fingerprint", models.CharField(max_length=64, verbose_name="what the export said")),
                        ("stored_as", models.CharField(blank=True, max_length=64, verbose_name="what was stored")),
                        ("imported_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "page",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="imported_as",
                                to="content.page",
                            ),
                        ),
                        (
                            "to_look_at",
                            models.TextField(blank=True, db_default="", default="", verbose_name="please look"),
                        ),
                    ],
                    options={
                        "ordering": ["origin", "kind", "item"],
                        "constraints": [
                            models.UniqueConstraint(fields=("origin", "kind", "item"), name="content_imported_once"),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["page", "post", "file"])),
                                name="content_imported_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("page__isnull", True), ("public_id", ""), _connector="OR"),
                                name="content_imported_one_target",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Link",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("url", models.CharField(max_length=1000, unique=True, verbose_name="address")),
                        ("is_external", models.BooleanField(default=True, verbose_name="on another site")),
                        ("checked_at", models.DateTimeField(blank=True, null=True, verbose_name="last tried")),
                        ("http_status", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="answer")),
                        ("problem", models.CharField(blank=True, max_length=200)),
                        (
                            "failures",
                            models.PositiveSmallIntegerField(default=0, verbose_name="days without an answer"),
                        ),
                        (
                            "failed_on",
                            models.DateField(blank=True, null=True, verbose_name="last day without an answer"),
                        ),
                        ("broken_since", models.DateTimeField(blank=True, null=True)),
                        ("reported_at", models.DateTimeField(blank=True, null=True, verbose_name="told to staff")),
                        (
                            "pages",
                            models.ManyToManyField(related_name="links", through="content.PageLink", to="content.page"),
                        ),
                    ],
                    options={
                        "ordering": ["url"],
                        "permissions": [("check_link", "Can have links tried now")],
                        "indexes": [
                            models.Index(
                                models.OrderBy(models.F("checked_at"), nulls_first=True),
                                models.F("id"),
                                name="content_link_due",
                            ),
                            models.Index(
                                condition=models.Q(("broken_since__isnull", False)),
                                fields=["broken_since"],
                                name="content_link_broken",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("broken_since__isnull", True), ("failures__gt", 0), _connector="OR"
                                ),
                                name="content_link_broken_after_failures",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ResourceTopic",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=80, unique=True)),
                        ("slug", models.SlugField(max_length=80, unique=True, verbose_name="address word")),
                        ("order", models.PositiveSmallIntegerField(default=100, verbose_name="place")),
                    ],
                    options={
                        "ordering": ["order", "name"],
                    },
                ),
                migrations.CreateModel(
                    name="PageLink",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "link",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="page_links",
                                to="content.link",
                            ),
                        ),
                        (
                            "page",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="page_links",
                                to="content.page",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("page", "link"), name="content_pagelink_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Resource",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=140)),
                        (
                            "url",
                            models.URLField(
                                max_length=500,
                                unique=True,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^https://[^\\s/]+\\.\\S+$", "Write a whole address that begins with https://."
                                    )
                                ],
                                verbose_name="address",
                            ),
                        ),
                        ("source", models.CharField(max_length=120, verbose_name="who offers it")),
                        (
                            "summary",
                            models.TextField(
                                help_text="One or two plain sentences in the language of the resource: what one finds there.",
                                max_length=300,
                                validators=[django.core.validators.MaxLengthValidator(300)],
                            ),
                        ),
                        (
                            "audience",
                            models.CharField(
                                choices=[
                                    ("patients", "People in pain"),
                                    ("families", "Families and caregivers"),
                                    ("veterans", "Veterans"),
                                    ("clinicians", "Clinicians"),
                                ],
                                default="patients",
                                max_length=12,
                                verbose_name="for whom",
                            ),
                        ),
                        (
                            "format",
                            models.CharField(
                                choices=[
                                    ("website", "Website"),
                                    ("article", "To read"),
                                    ("video", "To watch or hear"),
                                    ("tool", "Tool or course"),
                                    ("community", "Support group"),
                                    ("helpline", "Telephone or text line"),
                                ],
                                default="website",
                                max_length=12,
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                choices=[
                                    ("en", "English"),
                                    ("es", "Español (Spanish)"),
                                    ("zh", "中文 (Chinese)"),
                                    ("vi", "Tiếng Việt (Vietnamese)"),
                                    ("tl", "Tagalog"),
                                    ("ko", "한국어 (Korean)"),
                                    ("ar", "العربية (Arabic)"),
                                    ("fr", "Français (French)"),
                                    ("ht", "Kreyòl ayisyen (Haitian Creole)"),
                                    ("ru", "Русский (Russian)"),
                                    ("pt", "Português (Portuguese)"),
                                    ("pl", "Polski (Polish)"),
                                    ("ase", "American Sign Language"),
                                ],
                                default="en",
                                max_length=8,
                            ),
                        ),
                        (
                            "order",
                            models.PositiveSmallIntegerField(
                                default=100, help_text="Small numbers stand first.", verbose_name="place"
                            ),
                        ),
                        ("is_published", models.BooleanField(default=True, verbose_name="shown")),
                        (
                            "last_checked_on",
                            models.DateField(
                                default=django.utils.timezone.localdate,
                                help_text="The day on which somebody has read it.",
                                verbose_name="looked at on",
                            ),
                        ),
                        ("updated_at", models.DateTimeField(auto_now=True)),
                        (
                            "search",
                            models.GeneratedField(
                                db_persist=True,
                                expression=django.contrib.postgres.search.CombinedSearchVector(
                                    django.contrib.postgres.search.CombinedSearchVector(
                                        django.contrib.postgres.search.SearchVector(
                                            "title", config="site_english", weight="A"
                                        ),
                                        "||",
                                        django.contrib.postgres.search.SearchVector(
                                            "source", config="site_english", weight="B"
                                        ),
                                        django.contrib.postgres.search.SearchConfig("site_english"),
                                    ),
                                    "||",
                                    django.contrib.postgres.search.SearchVector(
                                        "summary", config="site_english", weight="C"
                                    ),
                                    django.contrib.postgres.search.SearchConfig("site_english"),
                                ),
                                output_field=django.contrib.postgres.search.SearchVectorField(),
                            ),
                        ),
                        (
                            "checked_by",
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
                            "link",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="resources",
                                to="content.link",
                            ),
                        ),
                        (
                            "topic",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="resources",
                                to="content.resourcetopic",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["topic__order", "order", "title", "pk"],
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(fields=["search"], name="content_resource_search"),
                            models.Index(fields=["topic", "order", "title"], name="content_res_topic_i_02d824_idx"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("audience__in", ["patients", "families", "veterans", "clinicians"])
                                ),
                                name="content_resource_audience_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("format__in", ["website", "article", "video", "tool", "community", "helpline"])
                                ),
                                name="content_resource_format_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "language__in",
                                        ["en", "es", "zh", "vi", "tl", "ko", "ar", "fr", "ht", "ru", "pt", "pl", "ase"],
                                    )
                                ),
                                name="content_resource_language_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Picture",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", aapm_site.core.ids.PublicIdField()),
                        (
                            "title",
                            models.CharField(help_text="For finding it again; readers do not see it.", max_length=160),
                        ),
                        (
                            "alt",
                            models.CharField(
                                blank=True,
                                help_text="What it shows, for those who do not see it: a sentence, without “picture of”.",
                                max_length=300,
                                verbose_name="description",
                            ),
                        ),
                        (
                            "is_decorative",
                            models.BooleanField(
                                default=False,
                                help_text="It says nothing that the text does not say: readers may pass it by.",
                                verbose_name="decorative",
                            ),
                        ),
                        (
                            "credit",
                            models.CharField(blank=True, help_text="Who made it; stands below it.", max_length=160),
                        ),
                        ("width", models.PositiveIntegerField(editable=False)),
                        ("height", models.PositiveIntegerField(editable=False)),
                        (
                            "form",
                            models.CharField(
                                choices=[("jpg", "JPEG"), ("png", "PNG, with transparency")],
                                editable=False,
                                max_length=4,
                            ),
                        ),
                        (
                            "size",
                            models.PositiveIntegerField(
                                editable=False, help_text="All its files together.", verbose_name="bytes"
                            ),
                        ),
                        ("checksum", models.CharField(editable=False, max_length=64, unique=True)),
                        (
                            "added_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, editable=False, verbose_name="added"
                            ),
                        ),
                        (
                            "trashed_at",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="in the trash since"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-added_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("is_decorative", True), ("alt__regex", "\\S"), _connector="OR"),
                                name="content_picture_described",
                                violation_error_message="Say in a few words what the picture shows, or mark it as decorative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("width__gt", 0), ("height__gt", 0)), name="content_picture_has_size"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("form__in", ["jpg", "png"])), name="content_picture_form_known"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Document",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", aapm_site.core.ids.PublicIdField()),
                        (
                            "title",
                            models.CharField(
                                help_text="The words of the link, as in “Questions for a first visit”.", max_length=160
                            ),
                        ),
                        ("name", models.CharField(editable=False, max_length=120, verbose_name="file name")),
                        (
                            "audience",
                            models.CharField(
                                default="public",
                                help_text="public, members, or group: and the name of a group.",
                                max_length=60,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^(public|members|group:[a-z0-9-]+)$",
                                        "Write public, members or group:its-name.",
                                    )
                                ],
                            ),
                        ),
                        (
                            "file",
                            models.FileField(
                                max_length=200,
                                storage=aapm_site.core.files.private.storage,
                                upload_to=content.models.media.document_path,
                            ),
                        ),
                        ("size", models.PositiveIntegerField(editable=False, verbose_name="bytes")),
                        ("checksum", models.CharField(editable=False, max_length=64)),
                        (
                            "added_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, editable=False, verbose_name="added"
                            ),
                        ),
                        (
                            "trashed_at",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="in the trash since"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-added_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("audience__regex", "^(public|members|group:[a-z0-9-]+)$")),
                                name="content_document_audience_known",
                                violation_error_message="Write public, members or group:its-name.",
                            ),
                            models.UniqueConstraint(
                                fields=("checksum", "audience"),
                                name="content_document_once",
                                violation_error_message="This very file is in the library already, for the same readers.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="QuestionMessage",
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
                                choices=[
                                    ("answer", "Answer"),
                                    ("correction", "Correction"),
                                    ("follow-up", "Follow-up"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("html", aapm_site.core.richtext.RichTextField(blank=True)),
                        ("text", models.TextField(blank=True, max_length=5000)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
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
                            "question",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="messages",
                                to="content.question",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "pk"],
                        "indexes": [models.Index(fields=["question", "at", "id"], name="content_message_thread")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["answer", "correction", "follow-up"])),
                                name="content_message_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("html", ""), ("kind", "follow-up")),
                                    models.Q(models.Q(("kind", "follow-up"), _negated=True), ("text", "")),
                                    _connector="OR",
                                ),
                                name="content_message_words_of_one",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Urgency",
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
                                help_text="For staff: stands beside the question and in the notice.",
                                max_length=80,
                                unique=True,
                            ),
                        ),
                        (
                            "phrases",
                            models.TextField(
                                help_text="One a line. Capitals, accents and punctuation do not matter. A star stands for every ending of a word: overdos* finds overdose and overdosing.",
                                max_length=10000,
                                validators=[content.models.urgency.whole_phrases],
                            ),
                        ),
                        (
                            "help",
                            aapm_site.core.richtext.RichTextField(
                                help_text="Stands above the form before the question is sent. Whom to call, in a few lines."
                            ),
                        ),
                        (
                            "order",
                            models.PositiveSmallIntegerField(default=100, help_text="Small numbers stand first."),
                        ),
                        ("is_on", models.BooleanField(default=True, verbose_name="in use")),
                    ],
                    options={
                        "verbose_name": "urgent wording",
                        "verbose_name_plural": "urgent wording",
                        "ordering": ["order", "name"],
                    },
                ),
                migrations.CreateModel(
                    name="Synonym",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "name",
                            models.CharField(help_text="For staff: what all of them mean.", max_length=80, unique=True),
                        ),
                        (
                            "phrases",
                            models.TextField(
                                help_text="One a line. Capitals, accents and punctuation do not matter. Whoever types one of them finds what holds any of them.",
                                max_length=2000,
                                validators=[content.models.search_help.words_for_the_same],
                                verbose_name="wordings",
                            ),
                        ),
                        ("is_on", models.BooleanField(default=True, verbose_name="in use")),
                    ],
                    options={
                        "verbose_name": "words that mean the same",
                        "verbose_name_plural": "words that mean the same",
                        "ordering": ["name"],
                    },
                ),
                migrations.CreateModel(
                    name="BestBet",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "title",
                            models.CharField(
                                help_text="What readers press, for example: Find a clinician near you.",
                                max_length=120,
                                unique=True,
                            ),
                        ),
                        (
                            "phrases",
                            models.TextField(
                                help_text="One a line. Capitals, accents and punctuation do not matter. A star stands for every ending of a word: newsletter*.",
                                max_length=10000,
                                validators=[content.models.urgency.whole_phrases],
                            ),
                        ),
                        (
                            "url",
                            models.CharField(
                                blank=True,
                                help_text="For what is not a page, for example /find-a-clinician/.",
                                max_length=255,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^(/[^/\\s]\\S*|/|https://\\S+)$",
                                        "Write an address that begins with / or https://.",
                                    )
                                ],
                                verbose_name="address",
                            ),
                        ),
                        (
                            "note",
                            models.CharField(
                                blank=True,
                                help_text="One sentence about what is there, so that nobody has to guess.",
                                max_length=200,
                            ),
                        ),
                        (
                            "order",
                            models.PositiveSmallIntegerField(default=100, help_text="Small numbers stand first."),
                        ),
                        ("is_on", models.BooleanField(default=True, verbose_name="in use")),
                        (
                            "page",
                            models.ForeignKey(
                                blank=True,
                                help_text="Shown while everybody may read the page; it is followed when it moves.",
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="best_bets",
                                to="content.page",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["order", "title"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("page__isnull", True), ("url__gt", "")),
                                    models.Q(("page__isnull", False), ("url", "")),
                                    _connector="OR",
                                ),
                                name="content_bestbet_one_target",
                                violation_error_message="Choose a page or write an address: one of the two.",
                            )
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="menu",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO core_revision DEFAULT VALUES; RETURN NULL;",
                            hash="cc487b4eee3a3ac63131dc3bb42712ea3a514771",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_revised_2b285",
                            table="content_menu",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="menuitem",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO core_revision DEFAULT VALUES; RETURN NULL;",
                            hash="0664b2fe92bf8e4c2278fec89f9e9e5f2c2a871c",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_revised_71633",
                            table="content_menuitem",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="page",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised_by_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF EXISTS (SELECT FROM new_rows AS changed WHERE status IN ('scheduled', 'published')) THEN INSERT INTO core_revision DEFAULT VALUES; END IF; RETURN NULL;",
                            hash="150d533aa402ffe584fa05dce83877537e435684",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_revised_by_insert_5e757",
                            referencing="REFERENCING NEW TABLE AS new_rows ",
                            table="content_page",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="page",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised_by_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF EXISTS (SELECT FROM (TABLE old_rows UNION ALL TABLE new_rows) AS changed WHERE status IN ('scheduled', 'published')) THEN INSERT INTO core_revision DEFAULT VALUES; END IF; RETURN NULL;",
                            hash="0e386da5964204cc5bb35d48711a1797a36c512d",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_revised_by_update_f7c56",
                            referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                            table="content_page",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="page",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised_by_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF EXISTS (SELECT FROM old_rows AS changed WHERE status IN ('scheduled', 'published')) THEN INSERT INTO core_revision DEFAULT VALUES; END IF; RETURN NULL;",
                            hash="5d6bde8abc7d3f2ac25734956f8f2795a11c9201",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_revised_by_delete_013bc",
                            referencing="REFERENCING OLD TABLE AS old_rows ",
                            table="content_page",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="relatedpage",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised_by_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF EXISTS (SELECT FROM new_rows AS changed WHERE changed.page_id IN (SELECT id FROM content_page WHERE status IN ('scheduled', 'published'))) THEN INSERT INTO core_revision DEFAULT VALUES; END IF; RETURN NULL;",
                            hash="aaab72c296b0262254f8e833dd86083b534a65d0",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_revised_by_insert_52054",
                            referencing="REFERENCING NEW TABLE AS new_rows ",
                            table="content_relatedpage",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="relatedpage",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised_by_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF EXISTS (SELECT FROM (TABLE old_rows UNION ALL TABLE new_rows) AS changed WHERE changed.page_id IN (SELECT id FROM content_page WHERE status IN ('scheduled', 'published'))) THEN INSERT INTO core_revision DEFAULT VALUES; END IF; RETURN NULL;",
                            hash="76e6593647cebc92e26c8bc53b27cdcf2dfdd2c6",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_revised_by_update_12721",
                            referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                            table="content_relatedpage",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="relatedpage",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised_by_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF EXISTS (SELECT FROM old_rows AS changed WHERE changed.page_id IN (SELECT id FROM content_page WHERE status IN ('scheduled', 'published'))) THEN INSERT INTO core_revision DEFAULT VALUES; END IF; RETURN NULL;",
                            hash="e24db24e803cdca6be4b99d75be7e91b235edafd",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_revised_by_delete_ff242",
                            referencing="REFERENCING OLD TABLE AS old_rows ",
                            table="content_relatedpage",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="topic",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO core_revision DEFAULT VALUES; RETURN NULL;",
                            hash="d097e1fa5ad67cea9dff40ccb83acafa82e932f2",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_revised_8c9cd",
                            table="content_topic",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="category",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO core_revision DEFAULT VALUES; RETURN NULL;",
                            hash="24a80d42aa8a1f2682b3488d1ad4a4522560fa89",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_revised_a3d20",
                            table="content_category",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contributor",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO core_revision DEFAULT VALUES; RETURN NULL;",
                            hash="4865157ec4f4f32839e2270ac145c0857b6a53e3",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_revised_13ac4",
                            table="content_contributor",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="term",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO core_revision DEFAULT VALUES; RETURN NULL;",
                            hash="19b050953ea15e1bdac0b6463ebb1259071bde41",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_revised_1caf2",
                            table="content_term",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="partner",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO core_revision DEFAULT VALUES; RETURN NULL;",
                            hash="29de00068bb4433a2c5436feab078d11178ed7f0",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_revised_51863",
                            table="content_partner",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="event",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO core_revision DEFAULT VALUES; RETURN NULL;",
                            hash="7a58016f52fb63ad3f0d4a286013707a8cdf00c3",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_revised_46572",
                            table="content_event",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pageversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised_by_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF EXISTS (SELECT FROM new_rows AS changed WHERE changed.public_from IS NOT NULL) THEN INSERT INTO core_revision DEFAULT VALUES; END IF; RETURN NULL;",
                            hash="cdb1b081c27361c663518df910f3dbc1867d3b7a",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_revised_by_insert_0138f",
                            referencing="REFERENCING NEW TABLE AS new_rows ",
                            table="content_pageversion",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pageversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised_by_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF EXISTS (SELECT FROM (TABLE old_rows UNION ALL TABLE new_rows) AS changed WHERE changed.public_from IS NOT NULL) THEN INSERT INTO core_revision DEFAULT VALUES; END IF; RETURN NULL;",
                            hash="0e0d2fc666fe743d881a4713c89a0d14384d57a1",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_revised_by_update_98f79",
                            referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                            table="content_pageversion",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pageversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised_by_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF EXISTS (SELECT FROM old_rows AS changed WHERE changed.public_from IS NOT NULL) THEN INSERT INTO core_revision DEFAULT VALUES; END IF; RETURN NULL;",
                            hash="f6b4f68e80ed488590a89a0f0a9d151f28dea906",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_revised_by_delete_b60d5",
                            referencing="REFERENCING OLD TABLE AS old_rows ",
                            table="content_pageversion",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="link",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised_by_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF EXISTS (SELECT FROM new_rows AS changed WHERE changed.broken_since IS NOT NULL) THEN INSERT INTO core_revision DEFAULT VALUES; END IF; RETURN NULL;",
                            hash="f6290260d6e59ccde1a874bcaa44c60e0703674d",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_revised_by_insert_c8f85",
                            referencing="REFERENCING NEW TABLE AS new_rows ",
                            table="content_link",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="link",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised_by_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF EXISTS (SELECT FROM (TABLE old_rows UNION ALL TABLE new_rows) AS changed WHERE changed.broken_since IS NOT NULL) THEN INSERT INTO core_revision DEFAULT VALUES; END IF; RETURN NULL;",
                            hash="f01a788151a5ca8019ca7d2b9e75df300c22507c",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_revised_by_update_33032",
                            referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                            table="content_link",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="link",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised_by_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF EXISTS (SELECT FROM old_rows AS changed WHERE changed.broken_since IS NOT NULL) THEN INSERT INTO core_revision DEFAULT VALUES; END IF; RETURN NULL;",
                            hash="08ddbbc9932df1f32e31013d4528c6eb8943d823",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_revised_by_delete_9b290",
                            referencing="REFERENCING OLD TABLE AS old_rows ",
                            table="content_link",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="resourcetopic",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO core_revision DEFAULT VALUES; RETURN NULL;",
                            hash="ad27a9e4f15ab390122062173ee9de0a58a93372",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_revised_35e32",
                            table="content_resourcetopic",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="resource",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised_by_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF EXISTS (SELECT FROM new_rows AS changed WHERE changed.is_published) THEN INSERT INTO core_revision DEFAULT VALUES; END IF; RETURN NULL;",
                            hash="1d67f21a573a01c11b986f040f0f9d532bc7c758",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_revised_by_insert_9624d",
                            referencing="REFERENCING NEW TABLE AS new_rows ",
                            table="content_resource",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="resource",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised_by_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF EXISTS (SELECT FROM (TABLE old_rows UNION ALL TABLE new_rows) AS changed WHERE changed.is_published) THEN INSERT INTO core_revision DEFAULT VALUES; END IF; RETURN NULL;",
                            hash="6800c0c01a006a3e279dfca0a076a0cc7d9a9995",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_revised_by_update_a968a",
                            referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                            table="content_resource",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="resource",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised_by_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF EXISTS (SELECT FROM old_rows AS changed WHERE changed.is_published) THEN INSERT INTO core_revision DEFAULT VALUES; END IF; RETURN NULL;",
                            hash="0b9b7d7958666ff9d55c6569ec5421cfdb5c91df",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_revised_by_delete_74158",
                            referencing="REFERENCING OLD TABLE AS old_rows ",
                            table="content_resource",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="picture",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO core_revision DEFAULT VALUES; RETURN NULL;",
                            hash="10f3dd835c50f01a6336d9ecbf31b1e2a21952bc",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_revised_5b34d",
                            table="content_picture",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="document",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO core_revision DEFAULT VALUES; RETURN NULL;",
                            hash="2f1860f667186f42634d12c6f3c7e36bef7d7147",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_revised_fca92",
                            table="content_document",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="urgency",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO core_revision DEFAULT VALUES; RETURN NULL;",
                            hash="9191e97f7af5444606b239bdf7c0f98f7336c4dc",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_revised_2286b",
                            table="content_urgency",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="synonym",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO core_revision DEFAULT VALUES; RETURN NULL;",
                            hash="434df10e77ddbfff1f8cd59c686da6c8fae99f9a",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_revised_38801",
                            table="content_synonym",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="bestbet",
                    trigger=pgtrigger.compiler.Trigger(
                        name="revised",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO core_revision DEFAULT VALUES; RETURN NULL;",
                            hash="7aa9fdaf1d4c9cc3ac85e788b9ac5362b8627c8f",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_revised_327f5",
                            table="content_bestbet",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
        # As it is called where it was added to topics that stood already.
        migrations.RunSQL(
            "ALTER TABLE content_topic RENAME CONSTRAINT content_topic_slug_key TO content_topic_slug_4c821e27_uniq",
            migrations.RunSQL.noop,
        ),
        # Finer statistics for the search column: careers' own migration holds the measurements.
        migrations.RunSQL(
            "ALTER TABLE content_page ALTER COLUMN search SET STATISTICS 1000",
            "ALTER TABLE content_page ALTER COLUMN search SET STATISTICS -1",
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(give, migrations.RunPython.noop),
    ]
