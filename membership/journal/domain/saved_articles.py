"""What readers keep for later: up to five hundred articles, each with a note of their own."""

from django.db import transaction

from aapm_site.accounts.models import User
from aapm_site.core.transitions import NotAllowed

from ..models import Article, SavedArticle

LIMIT = 500


@transaction.atomic
def save_article_for(user: User, article: Article, note: str = "") -> int:
    """Keep an article in the person's list, with a note; of one that is there already only a new note is kept.

    How many there are then.

    Locks the person's row, so that of many presses at once none goes over the limit. Raises NotAllowed at the limit.
    """
    User.objects.select_for_update(no_key=True).only("pk").get(pk=user.pk)
    kept = set(SavedArticle.objects.for_user(user).values_list("article_id", flat=True))
    if article.pk in kept:
        if note:
            note_article(user, article.pk, note)
        return len(kept)
    if len(kept) >= LIMIT:
        raise NotAllowed(f"Your list holds {LIMIT} articles, and that is all it takes. Remove some of them first.")
    SavedArticle.objects.create(user=user, article=article, note=note)
    return len(kept) + 1


def note_article(user: User, number: int, note: str) -> bool:
    """Keep what the person wants to remember of an article; what was removed meanwhile stays removed."""
    return SavedArticle.objects.for_user(user).filter(article=number).update(note=note) > 0


def remove_article(user: User, number: int) -> bool:
    """Take an article off the person's list, with the note."""
    return SavedArticle.objects.for_user(user).filter(article=number).delete()[0] > 0
