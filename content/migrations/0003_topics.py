from django.db import migrations

TOPICS = ("Living with pain", "Jobs and the Career Center", "Membership", "The Journal", "Something else")


def add(apps, schema_editor):
    """The first list of topics; staff edit it in the admin."""
    Topic = apps.get_model("content", "Topic")
    for place, name in enumerate(TOPICS, start=1):
        Topic.objects.get_or_create(name=name, defaults={"order": place * 10})


class Migration(migrations.Migration):
    dependencies = [("content", "0002_role_permissions")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
