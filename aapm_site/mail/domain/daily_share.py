"""The letters that an address which nobody has confirmed gets in one day, over all kinds."""

from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from aapm_site.core.http.limits import digest

from ..strangers import LETTERS_A_DAY, WITH_CODES_A_DAY, reader_of

NAME = "letters-to-strangers"
TAKE = """
    INSERT INTO core_limitcount AS kept (name, subject, times, ends_at) SELECT %s, %s, 1, %s WHERE {when}
    ON CONFLICT (name, subject) DO UPDATE SET
        times = CASE WHEN kept.ends_at <= %s THEN 1 ELSE kept.times + 1 END,
        ends_at = CASE WHEN kept.ends_at <= %s THEN excluded.ends_at ELSE kept.ends_at END
    WHERE kept.ends_at <= %s OR kept.times < %s
    RETURNING times
"""


def take_share(address: str, *, secret: bool) -> bool:
    """Count one more letter to this reader; False when the share of the day, which the first began, is used up.

    One statement, so that of many at the same moment no more pass than may. Unlike other limits it belongs to the
    present transaction, which queues the letter: what is rolled back was not sent, and what is kept back not counted.
    """
    with connection.cursor() as cursor:
        cursor.execute(TAKE.format(when="true"), share_values(address, secret=secret))
        return cursor.fetchone() is not None


def share_values(address: str, *, secret: bool) -> list[Any]:
    """The values of TAKE, in its order."""
    now = timezone.now()
    most = WITH_CODES_A_DAY if secret else LETTERS_A_DAY
    return [NAME, digest(reader_of(address)), now + timedelta(days=1), now, now, now, most]
