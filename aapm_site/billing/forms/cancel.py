"""Why an order is cancelled."""

from aapm_site.core.forms import SiteForm

from .checkout import PrintedWordsField

WITHOUT_REASON = "Cancelled by the customer."


class CancelForm(SiteForm):
    """The reason is the customer's own affair; it stands on the credit note."""

    reason = PrintedWordsField(
        max_length=300, required=False, label="Why?", help_text="If you like. It stands on the credit note."
    )

    @property
    def words(self) -> str:
        return self.cleaned_data["reason"] or WITHOUT_REASON
