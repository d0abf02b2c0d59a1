"""Sessions in the database, as Django has them, read by a statement that is written once."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import CharField, DateTimeField
from django.utils import timezone

from aapm_site.core.statements import Late, Prepared

_KEPT = Prepared[Session](
    lambda: Session.objects.filter(
        session_key=Late("session", CharField()), expire_date__gt=Late("now", DateTimeField())
    )[:1]
)


class SessionStore(db.SessionStore):
    """Everybody who is signed in is looked up here with each page."""

    def _get_session_from_db(self) -> Session | None:
        found = _KEPT.first(session=self.session_key, now=timezone.now())
        if found is None:
            self._session_key = None  # as Django does: no key that we did not give
        return found
