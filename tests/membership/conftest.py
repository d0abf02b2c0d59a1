"""What several of the room's tests begin with."""

import pytest

from .test_admin import staff


@pytest.fixture
def desk(settings):
    """An administrator of a site that asks for no second factor."""
    settings.STAFF_MFA_REQUIRED = False
    return staff("superuser")
