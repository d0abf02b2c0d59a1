"""What stands on every document: the Academy's letterhead and how it is paid. One row, which staff edit."""

from django.db import models

from .base import kept_history, never_deleted

ONLY = 1


@kept_history()
class Letterhead(models.Model):
    """The seller. Each document keeps a copy of what stood here when it was issued."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY, editable=False)
    name = models.CharField(max_length=160, default="American Academy of Pain Medicine")
    address = models.TextField(
        max_length=400, blank=True, help_text="Street, then city, state and ZIP code: a line each."
    )
    email = models.EmailField("e-mail for questions about invoices", max_length=254, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    website = models.CharField(max_length=100, blank=True)
    tax_id = models.CharField("tax identification number", max_length=40, blank=True)
    check_to = models.TextField(
        "checks",
        max_length=400,
        blank=True,
        help_text="To whom checks are made out and where they are sent: a line each.",
    )
    bank = models.TextField(
        "bank transfer", max_length=400, blank=True, help_text="Bank, routing and account number: a line each."
    )
    footer = models.CharField(max_length=200, blank=True, help_text="A last sentence, such as thanks.")
    is_sample = models.BooleanField(
        "sample", default=False, help_text="Invented for the demonstration; every document says so."
    )

    class Meta:
        verbose_name = "letterhead"
        verbose_name_plural = "letterhead"
        triggers = [never_deleted()]
        constraints = [
            models.CheckConstraint(condition=models.Q(id=ONLY), name="billing_letterhead_only_one"),
            models.CheckConstraint(condition=~models.Q(name=""), name="billing_letterhead_has_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> "Letterhead":
        """The row, or one with its defaults when staff have not written it yet."""
        return cls.objects.filter(pk=ONLY).first() or cls()

    def snapshot(self) -> dict[str, object]:
        """What a document keeps of it."""
        lines = [self.name, *self.address.splitlines(), self.phone, self.email, self.website]
        if self.tax_id:
            lines.append(f"Tax ID {self.tax_id}")
        return {
            "lines": [line.strip() for line in lines if line.strip()],
            "check_to": [line.strip() for line in self.check_to.splitlines() if line.strip()],
            "bank": [line.strip() for line in self.bank.splitlines() if line.strip()],
            "footer": self.footer,
            "is_sample": self.is_sample,
        }
