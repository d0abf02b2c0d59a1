"""The menus of one request: all of them in one query, asked at most once."""

from collections import defaultdict

from django.http import HttpRequest
from django.utils import timezone

from aapm_site.core.menus import MenuEntry as Entry
from content.models import MenuItem

KEPT_AS = "_content_menus"
SHOWN = (
    "title", "url", "note", "order", "parent_id", "menu__name",
    "page__path", "page__status", "page__published_at", "page__unpublish_at",
)  # fmt: skip


def items(name: str, request: HttpRequest | None) -> list[Entry]:
    """The entries of a menu for the page being shown; those of pages that are not public are left out."""
    path = request.path if request is not None else ""
    if request is None:
        return _trees(path).get(name, [])
    if KEPT_AS not in request.__dict__:
        request.__dict__[KEPT_AS] = _trees(path)
    return request.__dict__[KEPT_AS].get(name, [])


def _trees(path: str) -> dict[str, list[Entry]]:
    below: dict[int | None, list[MenuItem]] = defaultdict(list)
    for item in MenuItem.objects.select_related("menu", "page").only(*SHOWN):
        below[item.parent_id].append(item)
    now = timezone.now()

    def build(item: MenuItem, depth: int) -> Entry | None:
        if item.page and not item.page.is_published(now):
            return None
        url = item.page.path if item.page else item.url
        # A slip in the admin could close a circle; two levels is what any layout shows.
        children = () if depth > 1 else tuple(filter(None, (build(child, depth + 1) for child in below[item.pk])))
        if not url and not children:
            return None
        inside = url == path or (depth == 0 and url not in {"", "/"} and path.startswith(url))
        return Entry(item.title, url, children, inside or any(child.current for child in children), item.note)

    trees: dict[str, list[Entry]] = defaultdict(list)
    for item in below[None]:
        if entry := build(item, 0):
            trees[item.menu.name].append(entry)
    return dict(trees)
