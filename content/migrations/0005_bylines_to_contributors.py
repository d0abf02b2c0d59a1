from django.db import migrations
from django.utils.text import slugify


def make_contributors(apps, schema_editor):
    """Each byline becomes a contributor; bylines named offices and committees until now."""
    Page, Contributor = apps.get_model("content", "Page"), apps.get_model("content", "Contributor")
    for byline in Page.objects.exclude(byline="").order_by("byline").values_list("byline", flat=True).distinct():
        office, _ = Contributor.objects.get_or_create(
            name=byline, defaults={"slug": _free(Contributor, slugify(byline)[:70] or "author"), "is_person": False}
        )
        Page.objects.filter(byline=byline).update(author=office)


def write_bylines(apps, schema_editor):
    """Back: the name stands on the page again."""
    Page = apps.get_model("content", "Page")
    for page in Page.objects.exclude(author=None).select_related("author").only("author__name"):
        Page.objects.filter(pk=page.pk).update(byline=page.author.name)


def _free(Contributor, wanted):
    slug, number = wanted, 1
    while Contributor.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{wanted}-{number}"
    return slug


class Migration(migrations.Migration):
    dependencies = [("content", "0004_contributors_and_categories")]

    operations = [migrations.RunPython(make_contributors, write_bylines)]
