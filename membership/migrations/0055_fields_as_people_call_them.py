"""What fields are called on the staff's forms: words of people. No table is touched."""

import django.core.validators
from django.db import migrations, models

import aapm_site.core.richtext


class Migration(migrations.Migration):
    dependencies = [
        ("membership", "0054_articles_decided_by_an_index"),
    ]

    operations = [
        migrations.AlterField(
            model_name="article",
            name="body",
            field=aapm_site.core.richtext.RichTextField(
                blank=True, help_text="For members, unless the article is free.", verbose_name="text"
            ),
        ),
        migrations.AlterField(
            model_name="articleauthor",
            name="order",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="place"),
        ),
        migrations.AlterField(
            model_name="articletype",
            name="order",
            field=models.PositiveSmallIntegerField(default=100, verbose_name="place"),
        ),
        migrations.AlterField(
            model_name="articletype",
            name="slug",
            field=models.SlugField(max_length=100, unique=True, verbose_name="address word"),
        ),
        migrations.AlterField(
            model_name="careerstage",
            name="order",
            field=models.PositiveSmallIntegerField(default=100, verbose_name="place"),
        ),
        migrations.AlterField(
            model_name="careerstage",
            name="slug",
            field=models.SlugField(max_length=100, unique=True, verbose_name="address word"),
        ),
        migrations.AlterField(
            model_name="collectedarticle",
            name="order",
            field=models.PositiveSmallIntegerField(default=100, verbose_name="place"),
        ),
        migrations.AlterField(
            model_name="collection",
            name="order",
            field=models.PositiveSmallIntegerField(
                default=100, help_text="Smaller ones stand first on the Journal’s page.", verbose_name="place"
            ),
        ),
        migrations.AlterField(
            model_name="consenttext",
            name="order",
            field=models.PositiveSmallIntegerField(default=100, verbose_name="place"),
        ),
        migrations.AlterField(
            model_name="figure",
            name="key",
            field=models.SlugField(help_text="Such as fig1.", max_length=60, verbose_name="name in the text"),
        ),
        migrations.AlterField(
            model_name="figure",
            name="order",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="place"),
        ),
        migrations.AlterField(
            model_name="finderanswer",
            name="order",
            field=models.PositiveSmallIntegerField(default=100, verbose_name="place"),
        ),
        migrations.AlterField(
            model_name="finderquestion",
            name="order",
            field=models.PositiveSmallIntegerField(
                default=100, help_text="The lowest number is asked first.", verbose_name="place"
            ),
        ),
        migrations.AlterField(
            model_name="plan",
            name="eligibility",
            field=models.TextField(help_text="Who belongs here, in plain words.", verbose_name="whom it is for"),
        ),
        migrations.AlterField(
            model_name="plan",
            name="grace_days",
            field=models.PositiveSmallIntegerField(
                default=60,
                help_text="Days after a term in which everything stays open. Terms that exist keep the days they have.",
                validators=[django.core.validators.MaxValueValidator(730)],
                verbose_name="days of grace",
            ),
        ),
        migrations.AlterField(
            model_name="plan",
            name="joinable",
            field=models.BooleanField(
                default=True, help_text="People may apply for it on the join page.", verbose_name="open to applications"
            ),
        ),
        migrations.AlterField(
            model_name="plan",
            name="order",
            field=models.PositiveSmallIntegerField(default=100, verbose_name="place"),
        ),
        migrations.AlterField(
            model_name="plan",
            name="reads_journal",
            field=models.BooleanField(
                default=True,
                help_text="Who joins or renews in this category reads the full text. Terms that exist keep what they have.",
                verbose_name="reads the Journal",
            ),
        ),
        migrations.AlterField(
            model_name="plan",
            name="slug",
            field=models.SlugField(max_length=100, unique=True, verbose_name="address word"),
        ),
        migrations.AlterField(
            model_name="plan",
            name="term_months",
            field=models.PositiveSmallIntegerField(
                default=12,
                help_text="How long one term runs.",
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(120)],
                verbose_name="months of a term",
            ),
        ),
        migrations.AlterField(
            model_name="practicesetting",
            name="order",
            field=models.PositiveSmallIntegerField(default=100, verbose_name="place"),
        ),
        migrations.AlterField(
            model_name="practicesetting",
            name="slug",
            field=models.SlugField(max_length=100, unique=True, verbose_name="address word"),
        ),
        migrations.AlterField(
            model_name="subject",
            name="order",
            field=models.PositiveSmallIntegerField(default=100, verbose_name="place"),
        ),
    ]
