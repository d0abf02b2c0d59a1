"""Entries by the ten thousand, made by one statement: for the benchmarks, and for the tests of long lists."""

from django.db import connection
from django.utils import timezone

from aapm_site.core.search import spelling
from content.domain import pages
from content.models import Category, Contributor, Page

FREQUENT, RARE, ABSENT, SLIP = "treatment", "zebrafish", "xylophone", "zebrafisch"

# One in ten is a page of its own, the others news and statements, spread evenly over 25 years. Every text has the
# frequent word, two the rare one; one in fifty is for members and one in forty a draft.
KIND = "(ARRAY['page', 'news', 'statement', 'news', 'news', 'news', 'statement', 'news', 'news', 'news'])[n %% 10 + 1]"
TOPIC = "(ARRAY['Nerve', 'Back', 'Opioid', 'Headache', 'Children', 'Surgery', 'Cancer'])[n %% 7 + 1]"
COLUMNS = {
    "kind": KIND,
    "slug": "'entry-' || n",
    "path": f"CASE {KIND} WHEN 'page' THEN '/entry-' ELSE '/news/entry-' END || n || '/'",
    "title": f"{TOPIC} || ' update ' || n",
    "summary": (
        f"'What is new in ' || {TOPIC} || ' care, number ' || n || '.'"
        " || CASE WHEN n IN (3, %(count)s - 1) THEN ' With zebrafish.' ELSE '' END"
    ),
    "body": f"'<p>Treatment and ' || {TOPIC} || '.' || repeat(' A sentence about the care of people.', 8) || '</p>'",
    "author_id": "CASE WHEN n %% 3 = 0 THEN %(author)s ELSE NULL END",
    "audience": "CASE WHEN n %% 50 = 0 THEN 'members' ELSE 'public' END",
    "status": "CASE WHEN n %% 40 = 0 THEN 'draft' ELSE 'published' END",
    "published_at": "timestamptz '2026-01-15 15:00Z' - interval '25 years' * ((n - 1) / %(count)s.0)",
}


def make(count: int) -> None:
    """Entries, a third of them by one author and, the news, on one shelf."""
    author = Contributor.objects.create(name="Office", slug="office")
    shelf = Category.objects.create(name="Care", slug="care")
    # Every other column is that of an entry which was made as usual, so that a new column needs no word here.
    pattern = pages.save_page(
        Page(slug="pattern", title="Pattern", summary="Of the others.", published_at=timezone.now(), status="published")
    )
    names = [field.column for field in Page._meta.concrete_fields if not field.primary_key and not field.generated]
    columns = ", ".join(f'"{name}"' for name in names)
    values = ", ".join(COLUMNS.get(name, f'pattern."{name}"') for name in names)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO content_page ({columns}) SELECT {values} FROM content_page AS pattern, "  # noqa: S608 - ours
            "generate_series(1, %(count)s) AS n WHERE pattern.id = %(pattern)s",
            {"count": count, "pattern": pattern.pk, "author": author.pk},
        )
        cursor.execute(
            "INSERT INTO content_page_categories (page_id, category_id) "
            "SELECT id, %s FROM content_page WHERE author_id IS NOT NULL AND kind <> 'page'",
            [shelf.pk],
        )
    pattern.delete()
    spelling.gather()
