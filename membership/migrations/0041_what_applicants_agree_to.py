"""The declaration of the application's form becomes a row; membership staff keep it, and the questions of the finder."""

from django.db import migrations

from aapm_site.core import roles

RIGHTS = [
    *(f"{verb}_{name}" for name in ("finderquestion", "finderanswer") for verb in ("view", "add", "change", "delete")),
    *(f"{verb}_consenttext" for verb in ("view", "add", "change")),
    "view_consentversion",
]
DECLARATION = "What I have written is true, and my license, if I need one, is not restricted."


def begin(apps, schema_editor):
    text, _ = apps.get_model("membership", "ConsentText").objects.get_or_create(
        slug="declaration", defaults={"name": "Declaration", "order": 10}
    )
    apps.get_model("membership", "ConsentVersion").objects.get_or_create(
        consent=text, number=1, defaults={"text": DECLARATION}
    )
    roles.grant(apps, "membership", roles.MEMBERSHIP_STAFF, RIGHTS)


def take_back(apps, schema_editor):
    """The rows go with their tables."""
    roles.withdraw(apps, "membership", roles.MEMBERSHIP_STAFF, RIGHTS)


class Migration(migrations.Migration):
    dependencies = [("membership", "0040_begun_applications_finder_consents")]

    operations = [migrations.RunPython(begin, take_back)]
