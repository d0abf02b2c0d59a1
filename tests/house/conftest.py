"""What the tests of the whole share."""

import logging

import pytest


@pytest.fixture(autouse=True)
def _quiet():
    """Thousands of refusals are expected here; their log lines would bury the one that matters."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)
