"""Which tests the suite's processes run together: a file stays in one process, and so does a running site."""

from xdist.scheduler import LoadScopeScheduling

JOURNEYS = "tests/journeys/"
# The longest file of the journeys has a process, and so a site, to itself.
APART = "tests/journeys/test_accessible.py"


class ByFileAndSite(LoadScopeScheduling):
    """Like `--dist loadfile`, and the journeys share the site that their first one starts.

    xdist's own groups (`xdist_group`) are told by a suffix of the test's name, which pytest 9.2 no longer lets it set.
    """

    def _split_scope(self, nodeid: str) -> str:
        return scope(nodeid)


def scope(nodeid: str) -> str:
    path = nodeid.partition("::")[0]
    return JOURNEYS if path.startswith(JOURNEYS) and path != APART else path
