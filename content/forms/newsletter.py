"""Asking for the newsletter: one address, and nothing else."""

from typing import Any

from django import forms

from aapm_site.core.forms import PublicForm, SiteForm
from aapm_site.mail.address_field import OwnAddressField


class NewsletterSignUpForm(PublicForm):
    """Where it goes. Whoever fills in the field that nobody sees gets the same answer, and no letter."""

    shown_at = None  # one short field, often filled in by the browser: a person may be faster than a machine

    email = OwnAddressField(help_text="We mail you a link that confirms it. No account is needed.")

    @property
    def is_trapped(self) -> bool:
        """Whether a machine has filled in what people do not see."""
        return bool(self.cleaned_data.get(self.trap))


class ShortSignUpForm(NewsletterSignUpForm):
    """The same for a corner of another page; it posts to the page of the whole form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "newsletter_%s")
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = ""


class NewsletterSwitchForm(SiteForm):
    """On or off, for who is signed in, and on the page behind a letter."""

    do = forms.ChoiceField(choices=(("on", "Send it to me"), ("off", "Stop it")))
