"""The lists that pages need from the first day, and the counter of member numbers. Staff edit the rows."""

from django.db import migrations

STAGES = (
    ("student", "Medical student"),
    ("resident-or-fellow", "Resident or fellow"),
    ("early-career", "Early career (first seven years)"),
    ("mid-career", "Mid-career (8 to 20 years)"),
    ("late-career", "Late career (more than 20 years)"),
    ("retired", "Retired"),
)
SETTINGS = (
    ("group-practice", "Group practice"),
    ("academic-center", "Academic center"),
    ("hospital", "Hospital or health system"),
    ("own-practice", "Own practice"),
    ("government", "Public or military"),
    ("telehealth", "Telehealth"),
)
TYPES = (
    ("editorial", "Editorial"),
    ("original-research", "Original research"),
    ("preliminary-research", "Preliminary research"),
    ("brief-research-report", "Brief research report"),
    ("review", "Review"),
    ("special-article", "Special article"),
    ("resident-and-fellow-forum", "Resident and fellow forum"),
)
FIRST_NUMBER = 10_001


def fill(apps, schema_editor):
    for model, rows in (("CareerStage", STAGES), ("PracticeSetting", SETTINGS), ("ArticleType", TYPES)):
        manager = apps.get_model("membership", model).objects
        for place, (slug, name) in enumerate(rows, start=1):
            manager.update_or_create(slug=slug, defaults={"name": name, "order": place * 10})


class Migration(migrations.Migration):
    dependencies = [("membership", "0001_initial")]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunSQL(f"CREATE SEQUENCE membership_number START {FIRST_NUMBER}", "DROP SEQUENCE membership_number"),
        migrations.RunSQL("CREATE SEQUENCE membership_article_number", "DROP SEQUENCE membership_article_number"),
    ]
