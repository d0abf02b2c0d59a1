"""The three letters that were in the code, as rows of the same short names; and who may write them."""

from django.db import migrations

from aapm_site.core import roles

RIGHTS = ["view_reminder", "add_reminder", "change_reminder", "delete_reminder"]

BEFORE = """Dear {name},

Your term ({category}, member number {number}) ends on {ends_on}. That day still belongs to it.

{grace}

{stay}

A new term begins on the day after this one ends: you lose no day by being early. If your category fits no more, write to us:
{site}/ask/"""
END = """Dear {name},

Your term ({category}, member number {number}) {ends}.

{grace}

{stay}"""
GRACE_END = """Dear {name},

Your term ({category}, member number {number}) ended on {ends_on}, and the time of grace after it {grace_ends}.

Your account stays, and so does everything that the Journal published during your terms: you can go on reading it. If you would like to come back, you are welcome.

{stay}

If something keeps you from staying, we would like to know:
{site}/ask/"""

LETTERS = [
    ("before", "30 days before the end", "before_end", 30, "Your membership ends on {ends_on}", BEFORE),
    ("end", "On the last day", "before_end", 0, "Your term {ends}", END),
    ("grace_end", "On the last day of grace", "before_grace", 0, "Your membership {grace_ends}", GRACE_END),
]


def write(apps, schema_editor):
    Reminder = apps.get_model("membership", "Reminder")
    for slug, name, kind, days, subject, text in LETTERS:
        Reminder.objects.create(slug=slug, name=name, kind=kind, days=days, subject=subject, text=text)
    roles.grant(apps, "membership", roles.MEMBERSHIP_STAFF, RIGHTS)


def take_back(apps, schema_editor):
    roles.withdraw(apps, "membership", roles.MEMBERSHIP_STAFF, RIGHTS)
    apps.get_model("membership", "Reminder").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("membership", "0022_letters_about_the_end")]

    operations = [migrations.RunPython(write, take_back)]
