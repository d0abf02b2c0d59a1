"""What fields are called on the staff's forms: words of people. No table is touched."""

from django.db import migrations, models

import aapm_site.core.richtext


class Migration(migrations.Migration):
    dependencies = [
        ("careers", "0063_banned_employers_by_name"),
    ]

    operations = [
        migrations.AlterField(
            model_name="employer",
            name="is_sample",
            field=models.BooleanField(
                default=False, help_text="Invented for the demonstration; pages say so.", verbose_name="sample"
            ),
        ),
        migrations.AlterField(
            model_name="employer",
            name="slug",
            field=models.SlugField(max_length=140, unique=True, verbose_name="address word"),
        ),
        migrations.AlterField(
            model_name="job",
            name="body",
            field=aapm_site.core.richtext.RichTextField(verbose_name="text"),
        ),
        migrations.AlterField(
            model_name="jobevent",
            name="body",
            field=aapm_site.core.richtext.RichTextField(verbose_name="text"),
        ),
        migrations.AlterField(
            model_name="package",
            name="order",
            field=models.PositiveSmallIntegerField(default=100, verbose_name="place"),
        ),
        migrations.AlterField(
            model_name="package",
            name="slug",
            field=models.SlugField(max_length=60, unique=True, verbose_name="address word"),
        ),
        migrations.AlterField(
            model_name="packageevent",
            name="order",
            field=models.PositiveSmallIntegerField(default=100, verbose_name="place"),
        ),
        migrations.AlterField(
            model_name="packageevent",
            name="slug",
            field=models.SlugField(db_index=False, max_length=60, verbose_name="address word"),
        ),
    ]
