"""How documents are paid, and what else they say beside the association's own details. One row, which staff edit."""

from django.db import models

from aapm_site.core.association import AssociationDetails, association

from .base import kept_history, never_deleted

ONLY = 1


@kept_history()
class Letterhead(models.Model):
    """What only papers of money say of the seller. Each keeps a copy of what stood here when it was issued."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY, editable=False)
    email = models.EmailField(
        "e-mail for questions about invoices",
        max_length=254,
        blank=True,
        help_text="Empty: the e-mail address of the association.",
    )
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
        ]

    def __str__(self) -> str:
        return "Letterhead"

    @classmethod
    def current(cls) -> "Letterhead":
        """The row, or one with its defaults when staff have not written it yet."""
        return cls.objects.filter(pk=ONLY).first() or cls()

    def email_of(self, seller: AssociationDetails) -> str:
        """Where questions about invoices go."""
        return self.email or seller.email

    def snapshot(self) -> dict[str, object]:
        """What a document keeps of it, and of who the association is on its day."""
        seller = association()
        lines = [seller.name, *seller.address, seller.telephone, self.email_of(seller), seller.website]
        if self.tax_id:
            lines.append(f"Tax ID {self.tax_id}")
        return {
            "lines": [line for line in lines if line.strip()],
            "check_to": [line.strip() for line in self.check_to.splitlines() if line.strip()],
            "bank": [line.strip() for line in self.bank.splitlines() if line.strip()],
            "footer": self.footer,
            "is_sample": self.is_sample or seller.is_sample,
        }
