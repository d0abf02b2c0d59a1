"""The suite's processes do not tear apart what shares a site."""

from tests.house.source import ROOT
from tests.scheduling import APART, JOURNEYS, scope


def test_a_file_stays_in_one_process():
    assert scope("tests/core/test_serve.py::test_a") == scope("tests/core/test_serve.py::test_b[1::2]")
    assert scope("tests/core/test_serve.py::test_a") != scope("tests/core/test_embedded.py::test_a")


def test_the_journeys_share_a_site_but_for_the_longest():
    files = [str(path.relative_to(ROOT)) for path in (ROOT / JOURNEYS).glob("test_*.py")]

    assert APART in files
    assert {scope(f"{name}::test_a") for name in files} == {JOURNEYS, APART}
