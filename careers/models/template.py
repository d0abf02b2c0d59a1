"""What an employer keeps of a position to begin others with, under a name of its own."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from aapm_site.core.ids import PublicIdField

from .employer import Employer

MOST_TEMPLATES = 30


class JobTemplate(models.Model):
    """The words of one position without its dates. Only domain/job_templates.py writes them."""

    public_id = PublicIdField()
    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="job_templates")
    name = models.CharField(max_length=80)
    fields = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "template of a position"
        verbose_name_plural = "templates of positions"
        default_permissions = ()
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "name"],
                name="careers_template_name_once",
                violation_error_message="You have a template of this name already.",
            )
        ]

    def __str__(self) -> str:
        return self.name
