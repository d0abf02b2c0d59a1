"""What fields are called on the staff's forms: words of people. No table is touched."""

import django.db.models.deletion
from django.db import migrations, models

import aapm_site.core.richtext
import content.models.urgency


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0043_organizer_of_meetings"),
    ]

    operations = [
        migrations.AlterField(
            model_name="bestbet",
            name="order",
            field=models.PositiveSmallIntegerField(
                default=100, help_text="Small numbers stand first.", verbose_name="place"
            ),
        ),
        migrations.AlterField(
            model_name="bestbet",
            name="phrases",
            field=models.TextField(
                help_text="One a line. Capitals, accents and punctuation do not matter. A star stands for every ending of a word: newsletter*.",
                max_length=10000,
                validators=[content.models.urgency.whole_phrases],
                verbose_name="wordings",
            ),
        ),
        migrations.AlterField(
            model_name="category",
            name="order",
            field=models.PositiveSmallIntegerField(default=100, verbose_name="place"),
        ),
        migrations.AlterField(
            model_name="meeting",
            name="body",
            field=aapm_site.core.richtext.RichTextField(blank=True, verbose_name="text"),
        ),
        migrations.AlterField(
            model_name="menu",
            name="label",
            field=models.CharField(max_length=80, verbose_name="called"),
        ),
        migrations.AlterField(
            model_name="menu",
            name="name",
            field=models.SlugField(max_length=40, unique=True, verbose_name="name in the layout"),
        ),
        migrations.AlterField(
            model_name="menuitem",
            name="order",
            field=models.PositiveSmallIntegerField(default=100, verbose_name="place"),
        ),
        migrations.AlterField(
            model_name="menuitem",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                help_text="The entry or column above it; empty at the top.",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="children",
                to="content.menuitem",
                verbose_name="stands below",
            ),
        ),
        migrations.AlterField(
            model_name="page",
            name="body",
            field=aapm_site.core.richtext.RichTextField(blank=True, verbose_name="text"),
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
                verbose_name="stands below",
            ),
        ),
        migrations.AlterField(
            model_name="relatedpage",
            name="order",
            field=models.PositiveSmallIntegerField(default=100, verbose_name="place"),
        ),
        migrations.AlterField(
            model_name="relatedpage",
            name="to",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="recommended_in",
                to="content.page",
                verbose_name="page",
            ),
        ),
        migrations.AlterField(
            model_name="topic",
            name="order",
            field=models.PositiveSmallIntegerField(default=100, verbose_name="place"),
        ),
        migrations.AlterField(
            model_name="urgency",
            name="order",
            field=models.PositiveSmallIntegerField(
                default=100, help_text="Small numbers stand first.", verbose_name="place"
            ),
        ),
        migrations.AlterField(
            model_name="urgency",
            name="phrases",
            field=models.TextField(
                help_text="One a line. Capitals, accents and punctuation do not matter. A star stands for every ending of a word: overdos* finds overdose and overdosing.",
                max_length=10000,
                validators=[content.models.urgency.whole_phrases],
                verbose_name="wordings",
            ),
        ),
    ]
