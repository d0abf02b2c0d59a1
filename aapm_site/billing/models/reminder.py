"""Mail about invoices that are overdue: each step once."""

from django.db import models
from django.utils import timezone

from .invoice import Invoice


class InvoiceReminder(models.Model):
    """A reminder that was queued, by the days that the invoice was overdue."""

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="reminders")
    days = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-sent_at"]
        constraints = [models.UniqueConstraint(fields=["invoice", "days"], name="billing_reminder_once")]

    def __str__(self) -> str:
        return f"{self.invoice}, {self.days} days"
