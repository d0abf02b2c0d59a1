"""Why a letter is not sent."""

from django.db import migrations, models
from django.db.models import Q


def name_the_reason(apps, schema_editor):
    """Until now the only one was that its reader had paused it."""
    apps.get_model("mail", "OutgoingEmail").objects.filter(state="suppressed").update(why_not_sent="paused")


class Migration(migrations.Migration):
    dependencies = [("mail", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="outgoingemail",
            name="why_not_sent",
            field=models.CharField(
                blank=True,
                choices=[
                    ("paused", "paused by the reader"),
                    ("many", "this address, which nobody has confirmed, has had its letters of the day"),
                    ("unconfirmed", "the letter repeats what people typed, and nobody has confirmed this address"),
                ],
                default="",
                max_length=12,
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="outgoingemail",
            name="state",
            field=models.CharField(
                choices=[
                    ("queued", "Waiting to be sent"),
                    ("sent", "Sent"),
                    ("failed", "Could not be delivered"),
                    ("suppressed", "Not sent"),
                ],
                default="queued",
                max_length=12,
            ),
        ),
        migrations.RunPython(name_the_reason, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="outgoingemail",
            constraint=models.CheckConstraint(
                condition=Q(why_not_sent="") | Q(why_not_sent__in=["paused", "many", "unconfirmed"]),
                name="mail_email_why_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoingemail",
            constraint=models.CheckConstraint(
                condition=Q(("state", "suppressed"), ("why_not_sent", ""), _connector="XOR"),
                name="mail_email_not_sent_for_a_reason",
            ),
        ),
    ]
