"""What fields are called on the staff's forms: words of people. No table is touched."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0016_service_permissions"),
    ]

    operations = [
        migrations.AlterField(
            model_name="place",
            name="country",
            field=models.CharField(default="US", help_text="Two letters: US, CA.", max_length=2),
        ),
        migrations.AlterField(
            model_name="place",
            name="slug",
            field=models.SlugField(max_length=120, unique=True, verbose_name="address word"),
        ),
        migrations.AlterField(
            model_name="profession",
            name="order",
            field=models.PositiveSmallIntegerField(default=100, verbose_name="place"),
        ),
        migrations.AlterField(
            model_name="profession",
            name="slug",
            field=models.SlugField(max_length=100, unique=True, verbose_name="address word"),
        ),
        migrations.AlterField(
            model_name="specialty",
            name="order",
            field=models.PositiveSmallIntegerField(default=100, verbose_name="place"),
        ),
        migrations.AlterField(
            model_name="specialty",
            name="slug",
            field=models.SlugField(max_length=100, unique=True, verbose_name="address word"),
        ),
    ]
