"""Which jobs everybody may have read, for the triggers that announce a change to the page cache."""

from aapm_site.core.cache.revisions import sql_list

from ..states import PERHAPS_SEEN

# SQL about a row of careers_job. Jobs to come are in it: pages end at the moment at which one begins.
SEEN = f"status IN {sql_list(PERHAPS_SEEN)} AND starts_at IS NOT NULL"
SEEN_JOBS = f"SELECT id FROM careers_job WHERE {SEEN}"  # noqa: S608 - words of our own
SEEN_EMPLOYERS = f"SELECT employer_id FROM careers_job WHERE {SEEN}"  # noqa: S608 - words of our own
