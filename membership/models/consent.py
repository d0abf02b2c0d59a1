"""What applicants agree to, in versions: which one somebody agreed to stays known, whatever it says later."""

from django.db import models
from django.utils import timezone

from .application import Application


class ConsentText(models.Model):
    """One thing that is asked of everybody who applies. What it says is its newest version."""

    slug = models.SlugField("short name", max_length=40, unique=True)
    name = models.CharField(max_length=100, help_text="For staff, and above it on the application’s page.")
    is_on = models.BooleanField("asked", default=True, help_text="Whether people who apply from now on are asked.")
    order = models.PositiveSmallIntegerField("place", default=100)

    class Meta:
        verbose_name = "text that applicants agree to"
        verbose_name_plural = "texts that applicants agree to"
        ordering = ["order", "slug"]

    def __str__(self) -> str:
        return self.name


class ConsentVersionQuerySet(models.QuerySet["ConsentVersion"]):
    def asked(self) -> "ConsentVersionQuerySet":
        """The newest version of each text that is asked, in their order."""
        newest = ConsentVersion.objects.filter(consent=models.OuterRef("consent")).order_by("-number").values("pk")[:1]
        asked = self.filter(consent__is_on=True, pk=models.Subquery(newest)).select_related("consent")
        return asked.order_by("consent__order", "consent__slug")


class ConsentVersion(models.Model):
    """What a text said from a moment on. Only domain/consents.py writes them, and none is ever changed."""

    consent = models.ForeignKey(ConsentText, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField(max_length=1000)
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ConsentVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "version"
        default_permissions = ("view",)
        ordering = ["consent", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["consent", "number"], name="membership_consentversion_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.consent}, version {self.number}"


class ApplicationConsent(models.Model):
    """That somebody agreed to a version as they applied."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="consents")
    version = models.ForeignKey(ConsentVersion, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "consent of an applicant"
        verbose_name_plural = "consents of applicants"
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "version"], name="membership_applicationconsent_once")
        ]

    def __str__(self) -> str:
        return str(self.version)
