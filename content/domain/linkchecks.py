"""Trying the links that are due: a bounded number a run, few at once, slowly for each host."""

import time
from collections import defaultdict
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.utils import timezone

from aapm_site.core.http import internal_request, safe_http
from content.domain import links
from content.models import Link
from content.rules import verdict

log = structlog.get_logger(__name__)

OWN_A_RUN, OTHERS_A_RUN = 200, 40
OF_A_HOST = 5  # in one run
HOSTS_AT_ONCE = 4
WITNESSES = 3


@dataclass(frozen=True)
class Manner:
    """How hosts are asked; tests ask their own machine, without pauses."""

    limits: safe_http.Limits = safe_http.DEFAULT
    pause: float = 1.0  # seconds between two questions to one host


POLITE = Manner()


def run_link_checks(at: datetime, manner: Manner = POLITE) -> int:
    """Try what is due, and tell the staff what broke; how many links were recorded."""
    return check_links([*_due_here(at), *_due_elsewhere(at)], at, manner)


def check_links(chosen: Iterable[Link], at: datetime, manner: Manner = POLITE) -> int:
    """Try these links now. Links outside only while LINK_CHECKS is on."""
    chosen = list(chosen)
    results = [_here(link) for link in chosen if not link.is_external]
    if settings.LINK_CHECKS:
        results += _elsewhere([link for link in chosen if link.is_external], manner)
    links.record_results(results, at)
    links.report_broken_links(at)
    return len(results)


def _due_here(at: datetime) -> list[Link]:
    return list(Link.objects.due(at).filter(is_external=False)[:OWN_A_RUN])


def _due_elsewhere(at: datetime) -> list[Link]:
    """The longest waiting, of each host only a few; none while the checks are off."""
    if not settings.LINK_CHECKS:
        return []
    of_host: dict[str, int] = defaultdict(int)
    chosen = []
    for link in Link.objects.due(at).filter(is_external=True)[: OTHERS_A_RUN * OF_A_HOST]:
        host = _host(link)
        of_host[host] += 1
        if of_host[host] <= OF_A_HOST:
            chosen.append(link)
    return chosen[:OTHERS_A_RUN]


def _host(link: Link) -> str:
    return urlsplit(link.url).netloc.lower()


def _here(link: Link) -> links.Result:
    """A redirect is fine: it leads readers on."""
    status = internal_request.status_of(link.url)
    return links.Result(link.pk, verdict(status), status, "")


def _elsewhere(chosen: list[Link], manner: Manner) -> list[links.Result]:
    """Every answer, host by host; nothing when nobody answers at all, for then our own network is away."""
    answers = _ask_all(chosen, manner)
    if chosen and not _any_answered(answers.values()):
        fine = Link.objects.filter(is_external=True, failures=0, checked_at__isnull=False).exclude(pk__in=answers)
        if not _any_answered(_ask_all(list(fine.order_by("-checked_at")[:WITNESSES]), manner).values()):
            log.warning("links.nothing_answers", asked=len(chosen))
            return []
    return [
        links.Result(
            link,
            verdict(answer.status, is_unknown=answer.is_unknown, problem=answer.problem),
            answer.status,
            answer.problem,
        )
        for link, answer in answers.items()
    ]


def _any_answered(answers: Iterable[safe_http.HttpResult]) -> bool:
    return any(answer.status is not None for answer in answers)


def _ask_all(chosen: list[Link], manner: Manner) -> dict[int, safe_http.HttpResult]:
    by_host: dict[str, list[Link]] = defaultdict(list)
    for link in chosen:
        by_host[_host(link)].append(link)

    def ask_host(of_host: list[Link]) -> list[tuple[int, safe_http.HttpResult]]:
        answers = []
        for place, link in enumerate(of_host):
            if place:
                time.sleep(manner.pause)
            answers.append((link.pk, safe_http.ask(link.url, manner.limits)))
        return answers

    with ThreadPoolExecutor(HOSTS_AT_ONCE) as threads:
        return dict(pair for answers in threads.map(ask_host, by_host.values()) for pair in answers)


def tidy_links() -> None:
    """Every night: links that pages name and the table does not know, and the other way round."""
    log.info(
        "links.tidied",
        noted=links.catch_up_links(),
        forgotten=links.forget_unused_links(),
        at=timezone.now().isoformat(),
    )
