"""Collections of articles, subjects by keywords, what an article shows first, and who was told of it by subject."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("membership", "0045_who_sees_usage"),
    ]

    operations = [
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
                ("figure_source", models.CharField(blank=True, max_length=500, verbose_name="address of the picture")),
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
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=100)),
            ],
            options={
                "verbose_name": "article of a collection",
                "verbose_name_plural": "articles of a collection",
                "ordering": ["order", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Collection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                            django.contrib.postgres.search.SearchVector("title", config="site_english", weight="A"),
                            "||",
                            django.contrib.postgres.search.SearchVector(
                                "introduction", config="site_english", weight="C"
                            ),
                            django.contrib.postgres.search.SearchConfig("site_english"),
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
            ],
            options={
                "ordering": ["order", "title"],
            },
        ),
        migrations.CreateModel(
            name="Subject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    models.TextField(blank=True, help_text="One or two sentences above the articles.", max_length=1000),
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
            },
        ),
        migrations.AddField(
            model_name="article",
            name="subjects_told_at",
            field=models.DateTimeField(
                blank=True,
                editable=False,
                help_text="When those were told who follow a subject.",
                null=True,
                verbose_name="told by subject",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=django.contrib.postgres.indexes.GinIndex(
                models.Func(
                    django.db.models.functions.text.Trim(django.db.models.functions.text.Lower("keywords")),
                    models.Value("\\s*,\\s*"),
                    function="regexp_split_to_array",
                    output_field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None),
                ),
                name="membership_article_keywords",
            ),
        ),
        migrations.AddIndex(
            model_name="articleauthor",
            index=models.Index(
                models.Func(
                    models.Func(
                        django.db.models.functions.text.Lower(
                            django.db.models.functions.text.Concat("given_name", models.Value(" "), "family_name")
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
            ),
        ),
        migrations.AddField(
            model_name="collectedarticle",
            name="article",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="collected_in", to="membership.article"
            ),
        ),
        migrations.AddField(
            model_name="collection",
            name="articles",
            field=models.ManyToManyField(
                related_name="collections", through="membership.CollectedArticle", to="membership.article"
            ),
        ),
        migrations.AddField(
            model_name="collectedarticle",
            name="collection",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="collected", to="membership.collection"
            ),
        ),
        migrations.AddConstraint(
            model_name="subject",
            constraint=models.CheckConstraint(
                condition=models.Q(("slug", ""), _negated=True), name="membership_subject_has_slug"
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
        migrations.AddIndex(
            model_name="collection",
            index=django.contrib.postgres.indexes.GinIndex(fields=["search"], name="membership_collection_search"),
        ),
        migrations.AddConstraint(
            model_name="collection",
            constraint=models.CheckConstraint(
                condition=models.Q(("slug", ""), _negated=True), name="membership_collection_has_slug"
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
        migrations.AddConstraint(
            model_name="collectedarticle",
            constraint=models.UniqueConstraint(
                fields=("collection", "article"),
                name="membership_collected_article_once",
                violation_error_message="This article stands in the collection already.",
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
    ]
