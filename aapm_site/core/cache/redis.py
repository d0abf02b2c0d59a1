"""The cache in Redis, and while that is away the one in the database."""

from typing import Any

import structlog
from django.core.cache.backends.db import DatabaseCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)


class SharedRedisCache(RedisCache):
    """What cannot be asked of Redis is asked of the table: that a code was used once, or how many tries there were,
    must not be forgotten because a server is started again.
    """

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, {name: value for name, value in params.items() if name != "MEANWHILE"})
        meanwhile = params["MEANWHILE"]
        self._table = DatabaseCache(meanwhile["LOCATION"], {"OPTIONS": meanwhile["OPTIONS"]})

    def _ask(self, what: str, *args: Any, **kwargs: Any) -> Any:
        try:
            return getattr(super(), what)(*args, **kwargs)
        except RedisError as away:
            log.warning("cache.away", error=type(away).__name__)
            return getattr(self._table, what)(*args, **kwargs)

    def add(self, *args: Any, **kwargs: Any) -> bool:
        return self._ask("add", *args, **kwargs)

    def get(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("get", *args, **kwargs)

    def set(self, *args: Any, **kwargs: Any) -> None:
        self._ask("set", *args, **kwargs)

    def touch(self, *args: Any, **kwargs: Any) -> bool:
        return self._ask("touch", *args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> bool:
        return self._ask("delete", *args, **kwargs)

    def has_key(self, *args: Any, **kwargs: Any) -> bool:
        return self._ask("has_key", *args, **kwargs)

    def incr(self, *args: Any, **kwargs: Any) -> int:
        return self._ask("incr", *args, **kwargs)

    def get_many(self, *args: Any, **kwargs: Any) -> dict[Any, Any]:
        return self._ask("get_many", *args, **kwargs)

    def set_many(self, *args: Any, **kwargs: Any) -> list[Any]:
        return self._ask("set_many", *args, **kwargs)

    def delete_many(self, *args: Any, **kwargs: Any) -> None:
        self._ask("delete_many", *args, **kwargs)

    def clear(self) -> None:
        self._ask("clear")
