"""A cache in Redis that is away: the one in the database answers, and nothing that was used once counts as unused."""

import pytest
from django.conf import settings

from aapm_site.core.cache.redis import SharedRedisCache


@pytest.fixture
def cache():
    """In a Redis that nobody runs."""
    return SharedRedisCache(
        "redis://127.0.0.1:1/0",
        {"OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1}, "MEANWHILE": settings.CACHES["default"]},
    )


@pytest.mark.django_db
def test_what_is_kept_while_it_is_away_is_found(cache):
    assert cache.add("code", "used", 30) is True
    assert cache.add("code", "used", 30) is False
    cache.set("tries", 1)
    assert (cache.incr("tries"), cache.get("tries"), cache.touch("tries"), "tries" in cache) == (2, 2, True, True)
    assert cache.set_many({"a": 1, "b": 2}) == []
    assert cache.get_many(["a", "b", "c"]) == {"a": 1, "b": 2}
    cache.delete_many(["a"])
    assert cache.delete("b") is True
    assert cache.get_many(["a", "b"]) == {}
    cache.clear()
    assert cache.get("tries", "nothing") == "nothing"
