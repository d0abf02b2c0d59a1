"""The web server's own log: a request that it cannot read is told without the words of it."""

import logging
from typing import Any

from gunicorn.glogging import Logger

from . import log_privacy


class WithoutRequests(logging.Filter):
    """Leaves out what a record says of a request."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno >= logging.WARNING:
            record.msg, record.args = log_privacy.scrub(record.getMessage()), ()
        if record.exc_info:
            record.exc_text = log_privacy.format_fault(record.exc_info)
        return True


class WebLogger(Logger):
    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        self.error_log.addFilter(WithoutRequests())
