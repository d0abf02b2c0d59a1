"""Boards, committees and offices with the people who sit in them, and the years of the history."""

import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0038_prepared_changes"),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoryYear",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=120, unique=True)),
                (
                    "words",
                    models.TextField(
                        blank=True,
                        help_text="One to three sentences.",
                        max_length=500,
                        validators=[django.core.validators.MaxLengthValidator(500)],
                    ),
                ),
                (
                    "order",
                    models.PositiveSmallIntegerField(
                        default=100, help_text="Small numbers stand first.", verbose_name="place in its year"
                    ),
                ),
                (
                    "is_sample",
                    models.BooleanField(
                        default=False,
                        help_text="Invented for the demonstration; the page says so.",
                        verbose_name="sample",
                    ),
                ),
            ],
            options={
                "verbose_name": "year of our history",
                "verbose_name_plural": "years of our history",
                "ordering": ["year", "order", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Officer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120)),
                ("credentials", models.CharField(blank=True, help_text="Degrees, as in MD, PhD.", max_length=80)),
                (
                    "office",
                    models.CharField(
                        blank=True, help_text="As in President, Chair, Director of membership.", max_length=120
                    ),
                ),
                (
                    "biography",
                    models.TextField(
                        blank=True,
                        help_text="A few sentences: field, place of work, and what they look after.",
                        max_length=500,
                        validators=[django.core.validators.MaxLengthValidator(500)],
                        verbose_name="about",
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="first day of the term")),
                (
                    "ends_on",
                    models.DateField(
                        blank=True,
                        help_text="The day after it they stand on no page any more.",
                        null=True,
                        verbose_name="last day of the term",
                    ),
                ),
                (
                    "order",
                    models.PositiveSmallIntegerField(
                        default=100, help_text="Small numbers stand first.", verbose_name="place"
                    ),
                ),
                (
                    "is_sample",
                    models.BooleanField(
                        default=False, help_text="Invented for the demonstration; pages say so.", verbose_name="sample"
                    ),
                ),
            ],
            options={
                "verbose_name": "person in office",
                "verbose_name_plural": "people in office",
                "ordering": ["body__order", "body__name", "order", "name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Body",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("board", "Board"), ("committee", "Committee"), ("staff", "Office of the staff")],
                        max_length=12,
                        verbose_name="what it is",
                    ),
                ),
                (
                    "purpose",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences for readers: what it decides or does.",
                        max_length=400,
                        validators=[django.core.validators.MaxLengthValidator(400)],
                    ),
                ),
                (
                    "order",
                    models.PositiveSmallIntegerField(
                        default=100, help_text="Small numbers stand first.", verbose_name="place"
                    ),
                ),
            ],
            options={
                "verbose_name": "board, committee or office",
                "verbose_name_plural": "boards, committees and offices",
                "ordering": ["order", "name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["board", "committee", "staff"])),
                        name="content_body_kind_known",
                    ),
                    models.CheckConstraint(condition=models.Q(("name__regex", "\\S")), name="content_body_has_name"),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="body",
            trigger=pgtrigger.compiler.Trigger(
                name="revised",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="INSERT INTO core_revision DEFAULT VALUES; RETURN NULL;",
                    hash="2e9e32fbf813c9ee4e74962e5a2520f0dcc83b5c",
                    level="STATEMENT",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_revised_e0901",
                    table="content_body",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="historyyear",
            name="picture",
            field=models.ForeignKey(
                blank=True,
                help_text="From the library.",
                limit_choices_to={"trashed_at": None},
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="content.picture",
            ),
        ),
        migrations.AddField(
            model_name="officer",
            name="body",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="officers",
                to="content.body",
                verbose_name="board, committee or office",
            ),
        ),
        migrations.AddField(
            model_name="officer",
            name="contributor",
            field=models.ForeignKey(
                blank=True,
                help_text="Who they are among the authors and reviewers; the card then leads to what they have written.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="offices",
                to="content.contributor",
            ),
        ),
        migrations.AddField(
            model_name="officer",
            name="portrait",
            field=models.ForeignKey(
                blank=True,
                help_text="From the library; without one, the initials are drawn.",
                limit_choices_to={"trashed_at": None},
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="content.picture",
            ),
        ),
        migrations.AddConstraint(
            model_name="historyyear",
            constraint=models.CheckConstraint(
                condition=models.Q(("year__gte", 1900), ("year__lte", 2199)),
                name="content_historyyear_believed",
                violation_error_message="Please give a year from 1900 to 2199.",
            ),
        ),
        migrations.AddConstraint(
            model_name="historyyear",
            constraint=models.CheckConstraint(
                condition=models.Q(("title__regex", "\\S")), name="content_historyyear_has_title"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="historyyear",
            trigger=pgtrigger.compiler.Trigger(
                name="revised",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="INSERT INTO core_revision DEFAULT VALUES; RETURN NULL;",
                    hash="8fde618e027045fb8eefce9f0039dbe8e485f474",
                    level="STATEMENT",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_revised_60ec4",
                    table="content_historyyear",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="officer",
            constraint=models.CheckConstraint(
                condition=models.Q(("name__regex", "\\S")), name="content_officer_has_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="officer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("starts_on__isnull", True),
                    ("ends_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="content_officer_days_in_order",
                violation_error_message="The last day must not come before the first.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="officer",
            trigger=pgtrigger.compiler.Trigger(
                name="revised",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="INSERT INTO core_revision DEFAULT VALUES; RETURN NULL;",
                    hash="5ba175c4f57ff51d289412245818ee72fec9eecd",
                    level="STATEMENT",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_revised_1f3ff",
                    table="content_officer",
                    when="AFTER",
                ),
            ),
        ),
    ]
