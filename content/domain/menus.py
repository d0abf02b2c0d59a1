"""The order of a menu's entries."""

from django.db import transaction

from content.models import Menu, MenuItem

STEP = 10  # between two numbers, so that one can be typed between them


def move_menu_item(entry: MenuItem, *, by: int) -> int:
    """Put an entry so many places on, or back, among those beside it; what stands below it goes along.

    Returns its place, counted from one; at an end it stays. All beside it are numbered anew. Locks the menu, so that
    of two who move at once the second moves in the order that the first has made.
    """
    with transaction.atomic():
        Menu.objects.select_for_update().get(pk=entry.menu_id)
        beside = list(MenuItem.objects.filter(menu=entry.menu_id, parent=entry.parent_id).order_by("order", "pk"))
        before = beside.index(entry)
        after = min(max(before + by, 0), len(beside) - 1)
        beside.insert(after, beside.pop(before))
        for place, one in enumerate(beside, start=1):
            one.order = place * STEP
        MenuItem.objects.bulk_update(beside, ["order"])
    return after + 1
