"""What the first two minutes with an article show, taken from its full text whenever that is written."""

from django.db import models

from .article import Article


class ArticleBrief(models.Model):
    """The main figure and what the authors say of the limits, each with where it stands. As closed as the text."""

    article = models.OneToOneField(Article, on_delete=models.CASCADE, related_name="brief", primary_key=True)
    figure_anchor = models.CharField(max_length=200, blank=True)
    figure_source = models.CharField("address of the picture", max_length=500, blank=True)
    figure_alt = models.TextField(blank=True)
    figure_caption = models.TextField(blank=True)
    figure_width = models.PositiveIntegerField(null=True)
    figure_height = models.PositiveIntegerField(null=True)
    limits = models.TextField(blank=True)
    limits_anchor = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "article in brief"
        default_permissions = ()

    def __str__(self) -> str:
        return f"In brief: {self.article}"
