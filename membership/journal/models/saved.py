"""What a reader keeps of the journal for later."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from aapm_site.accounts.people import Visitor

from .article import Article


class SavedArticleQuerySet(models.QuerySet["SavedArticle"]):
    def for_user(self, user: Visitor) -> "SavedArticleQuerySet":
        """The person's own; nobody else sees what somebody reads."""
        return self.filter(user_id=user.pk) if user.pk else self.none()


class SavedArticle(models.Model):
    """One article in one person's list, with what they noted."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_articles")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="saved_by")
    note = models.TextField(blank=True)
    saved_at = models.DateTimeField(default=timezone.now)

    objects = SavedArticleQuerySet.as_manager()

    class Meta:
        verbose_name = "saved article"
        ordering = ["-saved_at", "-pk"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "article"], name="membership_saved_article_once")]

    def __str__(self) -> str:
        return f"{self.article} for {self.user}"
