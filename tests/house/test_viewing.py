"""Staff look as a member at every address of the site: none breaks, nothing private opens, and nothing is written."""

from membership import middleware
from membership.domain.viewing import LASTS
from membership.models import Viewing
from tests.house import access, observe, world

OWN_TABLES = {"membership_viewing", "membership_viewedpage"}


def test_every_address_under_a_look(here, addresses):
    colleague, member = here.users["Membership staff"], here.users[world.MEMBER]
    client = here.client("Membership staff")
    begun = here.viewing.begun_at
    looked = Viewing.objects.create(
        viewer=colleague, person=member, reason="Why", begun_at=begun, ends_at=begun + LASTS * 1_000
    )
    session = client.session
    session[middleware.KEY] = looked.pk
    session.save()
    names = [name for name in observe.tables() if name not in OWN_TABLES]
    before, wrong, opened = observe.hashes(names), [], set()
    for name, door, address in addresses:
        seen = observe.knock(client, "GET", address)
        space = name.partition(":")[0]
        if seen == 500 or (isinstance(seen, int) and seen > 500):
            wrong.append(f"{name} ({door.title}): {seen}")
        is_ours = space in middleware.SPACES or name in middleware.PAGES
        if not is_ours and seen != 403:
            wrong.append(f"{name} ({door.title}): {seen}, which is not listed as open")
        if name in middleware.CLOSED and seen != 403:
            wrong.append(f"{name}: {seen}")
        if seen == 200:
            opened.add(name)
        if name != "membership:viewing-end" and observe.knock(client, "POST", address) != 403:
            wrong.append(f"{name} ({door.title}): a form was taken")
    assert not wrong, "\n".join(wrong)
    assert observe.changed(before, observe.hashes(names)) == []
    assert {"membership:mine", "journal:journal", "accounts:home", "content:home"} <= opened
    assert looked.pages.count() >= len(access.SITE)
