import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import aapm_site.core.richtext


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0003_topics"),
    ]

    operations = [
        migrations.CreateModel(
            name="Category",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, unique=True)),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="address word")),
                ("credentials", models.CharField(blank=True, help_text="Degrees, as in MD, PhD.", max_length=80)),
                (
                    "is_person",
                    models.BooleanField(
                        default=True, help_text="Not ticked for an office or a committee.", verbose_name="a person"
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
        migrations.RemoveConstraint(
            model_name="page",
            name="content_page_kind_known",
        ),
        migrations.RemoveConstraint(
            model_name="page",
            name="content_page_news_has_no_parent",
        ),
        migrations.AddField(
            model_name="page",
            name="every_year",
            field=models.BooleanField(
                default=False, help_text="An initiative that comes back on the same days of each year."
            ),
        ),
        migrations.AddField(
            model_name="page",
            name="for_patients",
            field=models.BooleanField(
                default=False,
                help_text="Words of the glossary explain themselves in its text, and search engines learn whom it is for.",
                verbose_name="written for patients",
            ),
        ),
        migrations.AddField(
            model_name="page",
            name="recap",
            field=aapm_site.core.richtext.RichTextField(
                blank=True, help_text="What an initiative brought; shown once its last day has passed."
            ),
        ),
        migrations.AddField(
            model_name="page",
            name="reviewed_on",
            field=models.DateField(
                blank=True, help_text="The day of that check; after twelve months it is due again.", null=True
            ),
        ),
        migrations.AddField(
            model_name="page",
            name="topic",
            field=models.ForeignKey(
                blank=True,
                help_text="Of a published answer: what the question is about.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="answers",
                to="content.topic",
            ),
        ),
        migrations.AddField(
            model_name="page",
            name="version",
            field=models.PositiveIntegerField(
                default=1, editable=False, help_text="Counts the saves: whoever saves must have read the newest."
            ),
        ),
        migrations.AlterField(
            model_name="page",
            name="kind",
            field=models.CharField(
                choices=[
                    ("page", "Page"),
                    ("news", "News"),
                    ("statement", "Statement"),
                    ("initiative", "Initiative"),
                    ("answer", "Answer"),
                ],
                default="page",
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="page",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                help_text="The page above it. News, statements and answers have none.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="children",
                to="content.page",
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
        migrations.AddField(
            model_name="page",
            name="categories",
            field=models.ManyToManyField(
                blank=True,
                help_text="Of news and statements: what they are about.",
                related_name="pages",
                to="content.category",
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
        migrations.AddField(
            model_name="page",
            name="reviewer",
            field=models.ForeignKey(
                blank=True,
                help_text="Who has checked that what it says of medicine is right.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reviewed",
                to="content.contributor",
            ),
        ),
        migrations.RenameField(model_name="page", old_name="author", new_name="byline"),
        migrations.AddField(
            model_name="page",
            name="author",
            field=models.ForeignKey(
                blank=True,
                help_text="Stands under the title.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="written",
                to="content.contributor",
            ),
        ),
        migrations.AddConstraint(
            model_name="page",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["page", "news", "statement", "initiative", "answer"])),
                name="content_page_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="page",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ["news", "statement", "answer"]), _negated=True),
                    ("parent__isnull", True),
                    _connector="OR",
                ),
                name="content_page_rooted_has_no_parent",
                violation_error_message="News, statements and answers have no page above them.",
            ),
        ),
        migrations.AddConstraint(
            model_name="page",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reviewer__isnull", True), ("reviewed_on__isnull", True)),
                    models.Q(("reviewer__isnull", False), ("reviewed_on__isnull", False)),
                    _connector="OR",
                ),
                name="content_page_review_whole",
                violation_error_message="A review has a reviewer and a day: give both or neither.",
            ),
        ),
        migrations.AddConstraint(
            model_name="page",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("every_year", False),
                    models.Q(("starts_on__isnull", False), ("ends_on__isnull", False)),
                    _connector="OR",
                ),
                name="content_page_yearly_has_dates",
                violation_error_message="What comes back every year needs a first and a last day.",
            ),
        ),
    ]
