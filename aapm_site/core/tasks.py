"""The ground floor's timed work. Each run asks what is due, so a missed one is caught up by the next."""

import structlog
from django.core.files.storage import storages
from django.utils import timezone
from procrastinate.contrib.django import app

from . import retention
from .background import due
from .background.queue import periodic, task
from .cache import revisions
from .http import limits
from .search import spelling

log = structlog.get_logger(__name__)

STALLED_SECONDS = 60


@periodic("*/5 * * * *")
@task("core.do_due_work", attempts=3, wait=30)
def do_due_work(timestamp: int = 0) -> None:
    """Every five minutes: everything that is due and not held."""
    log.info("due.done", rows=due.run_due(timezone.now()))


@periodic("*/10 * * * *")
@app.task(name="core.rescue_stalled_jobs", queue="default", pass_context=True)
async def rescue_stalled_jobs(context: object, timestamp: int = 0) -> None:
    """Jobs whose worker died are put back in the queue; tasks are safe to repeat."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
        log.warning("queue.rescued", job=job.id, task=job.task_name)
        await app.job_manager.retry_job(job)


@periodic("17 * * * *")
@task("core.tidy")
def tidy(timestamp: int = 0) -> None:
    """Every hour: old revisions and ended limits are dropped."""
    revisions.prune()
    limits.tidy()


@task("core.remove_file", attempts=10, exponential_wait=4)
def remove_file(storage: str, name: str) -> None:
    """Tried for two weeks, ever more seldom: a file whose place was away may be somebody's CV."""
    storages[storage].delete(name)


@periodic("51 3 * * *")
@task("core.forget_old")
def forget_old(timestamp: int = 0) -> None:
    """Every night: what has been kept as long as staff said is forgotten."""
    log.info("retention.done", **retention.forget_old(timezone.now()))


@periodic("*/10 * * * *")
@task("core.gather_words")
def gather_words(timestamp: int = 0) -> None:
    """Every ten minutes: the words that a misspelled search may be corrected to."""
    spelling.gather()


@periodic("27 4 * * *")
@app.task(name="core.forget_finished_jobs", queue="default", pass_context=True)
async def forget_finished_jobs(context: object, timestamp: int = 0) -> None:
    """Every night: jobs that ended well are kept for three days, failed ones for thirty."""
    await app.job_manager.delete_old_jobs(nb_hours=72, include_failed=False)
    await app.job_manager.delete_old_jobs(nb_hours=720, include_failed=True)
