from django.db import migrations

from aapm_site.core.roles import CONTENT_EDITOR, crud, grant

TOPICS = (
    ("living-with-pain", "Living with pain"),
    ("in-a-crisis", "In a crisis"),
    ("finding-care", "Finding and paying for care"),
    ("conditions", "Conditions that hurt"),
    ("medicines", "Medicines and safety"),
    ("research", "Research and trials"),
)


def add(apps, schema_editor):
    """The first shelves of the directory, which staff edit in the admin, and the editors' rights."""
    ResourceTopic = apps.get_model("content", "ResourceTopic")
    for place, (slug, name) in enumerate(TOPICS, start=1):
        ResourceTopic.objects.get_or_create(slug=slug, defaults={"name": name, "order": place * 10})
    grant(apps, "content", CONTENT_EDITOR, [*crud("resource", "resourcetopic"), "view_link", "check_link"])


class Migration(migrations.Migration):
    dependencies = [("content", "0017_links_and_resources")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
