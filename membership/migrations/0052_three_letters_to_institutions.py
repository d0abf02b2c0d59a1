"""The letters that go to institutions whose seats end, and who may write them."""

from django.db import migrations

from aapm_site.core import roles

RIGHTS = ["view_seatreminder", "add_seatreminder", "change_seatreminder", "delete_seatreminder"]

BEFORE = """Dear {name},

The seats of {institution} ({seats}, category {category}) end on {ends_on}. {people} on your list will then need another term to stay a member.

{renew}

The next term begins on the day after the present one ends, so nobody loses a day by your being early. Whoever said yes first keeps a seat if you order fewer."""
SOON = """Dear {name},

The seats of {institution} ({seats}, category {category}) end on {ends_on}, and nothing is ordered for afterwards. {people} would then be without a seat. {grace}

{renew}

If you do not renew, you need do nothing: you owe nothing, and we write to your people ourselves and tell them how to go on by dues of their own."""
AFTER = """Dear {name},

The seats of {institution} ({seats}, category {category}) {ends}. {grace}

{renew}

Paid within the time of grace, the next term begins on the day after the last one, so that nobody on your list loses a day. Your people have heard from us how to go on by dues of their own."""

LETTERS = [
    ("seats_before", "Two months before the end", "before_end", 60, "The AAPM seats of {institution} end on {ends_on}", BEFORE),
    ("seats_soon", "Two weeks before the end", "before_end", 14, "Two weeks left: the AAPM seats of {institution} end on {ends_on}", SOON),
    ("seats_after", "A week after the end", "after_end", 7, "The AAPM seats of {institution} {ends}", AFTER),
]  # fmt: skip


def write(apps, schema_editor):
    SeatReminder = apps.get_model("membership", "SeatReminder")
    for slug, name, kind, days, subject, text in LETTERS:
        SeatReminder.objects.get_or_create(
            slug=slug, defaults={"name": name, "kind": kind, "days": days, "subject": subject, "text": text}
        )
    roles.grant(apps, "membership", roles.MEMBERSHIP_STAFF, RIGHTS)


def take_back(apps, schema_editor):
    roles.withdraw(apps, "membership", roles.MEMBERSHIP_STAFF, RIGHTS)
    apps.get_model("membership", "SeatReminder").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("membership", "0051_letters_about_the_end_of_seats")]

    operations = [migrations.RunPython(write, take_back)]
