"""Every address × every role of the staff × every method, as test_access.py has it for everybody else."""

import pytest

from tests.house import access, matrix


@pytest.mark.parametrize("actor", access.ALL_STAFF)
def test_each_cell_has_its_outcome(here, asked, actor):
    wrong = matrix.faults_of(here.client(actor), asked, actor)
    assert not wrong, "\n".join(wrong)
    assert len(asked) >= 2_500
