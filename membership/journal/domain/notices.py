"""What an article says of another: as it was delivered, or as an editor wrote it because no delivery says so.

A notice is marked on both articles (queries/notices.py). Who reads of a retraction must be able to read why, so that a
notice which takes back, doubts or corrects is free to everybody (NISO RP-45, 3.4).
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from aapm_site.core.transitions import NotAllowed

from ..models import Article, ArticleRelation
from ..queries.notices import FREE_TO_READ


class NotTied(NotAllowed):
    """Why a notice is not tied to an article, in a sentence for the editor."""


@transaction.atomic
def tie_notice(notice: Article, *, doi: str, kind: str, by: Any) -> ArticleRelation:
    """Say that one article retracts, corrects or answers another, by its DOI. Locks the notice. Raises NotTied."""
    locked = Article.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    if locked.doi and locked.doi.upper() == doi.upper():
        raise NotTied("This is the article’s own DOI. Give that of the article which it speaks of.")
    other = Article.objects.filter(doi__iexact=doi).first()
    if other is None:
        raise NotTied(f"There is no article with the DOI {doi} here. Look at its page: the DOI stands below the title.")
    if ArticleRelation.objects.filter(article=locked, kind=kind, doi__iexact=doi).exists():
        raise NotTied("This notice says that already.")
    if ArticleRelation.objects.filter(article=other, kind=kind, doi__iexact=locked.doi or "none").exists():
        raise NotTied("The other article says the same of this one. Take that back first.")
    made = ArticleRelation.objects.create(
        article=locked, kind=kind, doi=other.doi or doi, noted_at=timezone.now(), noted_by=by
    )
    _open(locked, [kind])
    return made


@transaction.atomic
def untie_notice(relation: ArticleRelation) -> None:
    """Take back what an editor wrote. Raises NotTied for what was delivered, and for what is gone already."""
    locked = ArticleRelation.objects.select_for_update().filter(pk=relation.pk).first()
    if locked is None:
        raise NotTied("Somebody has taken it back already.")
    if locked.noted_at is None:
        raise NotTied("This stands in what the publisher delivered. Ask for a corrected delivery and import it.")
    locked.delete()


def keep_delivered(article: Article, said: Iterable[tuple[str, str]], *, opens: bool = True) -> None:
    """What a delivery says of others, in place of what the one before said; what editors wrote stays.

    `opens`: whether it is a notice, which everybody reads if it takes back, doubts or corrects.
    """
    article.relations.filter(noted_at=None).delete()
    rows = list(dict.fromkeys(said))
    ArticleRelation.objects.bulk_create(
        [ArticleRelation(article=article, kind=kind, doi=doi) for kind, doi in rows], ignore_conflicts=True
    )
    if opens:
        _open(article, [kind for kind, _ in rows])


def _open(article: Article, kinds: Iterable[str]) -> None:
    if not article.free_to_read and FREE_TO_READ & set(kinds):
        article.free_to_read = True
        article.save(update_fields=["free_to_read"])
