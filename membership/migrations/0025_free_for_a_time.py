"""Articles that are free from a day on, or for a time: the end of an embargo, and the editors' choice."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("membership", "0024_deaths_and_notes"),
    ]

    operations = [
        migrations.AddField(
            model_name="article",
            name="chosen_from",
            field=models.DateField(
                blank=True,
                help_text="From this day everybody reads it for a time.",
                null=True,
                verbose_name="editors’ choice from",
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="chosen_until",
            field=models.DateField(
                blank=True, help_text="The last such day.", null=True, verbose_name="editors’ choice until"
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="free_from",
            field=models.DateField(
                blank=True,
                help_text="The end of an embargo: from this day on everybody reads it.",
                null=True,
                verbose_name="free from",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
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
        ),
    ]
