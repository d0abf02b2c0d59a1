"""A message between an applicant and an employer. What says too early who writes is asked about once, and then sent."""

from typing import Any

from django import forms
from django.utils.crypto import salted_hmac

from aapm_site.accounts.models import User
from aapm_site.core.forms import LongTextField, SiteForm

from ..models import JobApplication
from ..models.application_message import LONGEST_WORDS_TO_OTHER
from ..telling_words import telling_of_employer, telling_of_person
from ..web_domains import domain_of


class MessageForm(SiteForm):
    """`writer` is somebody of the employer's team; without one the applicant writes."""

    text = LongTextField(
        label="Your message",
        max_length=LONGEST_WORDS_TO_OTHER,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Please write something first."},
    )

    def __init__(self, *args: Any, application: JobApplication, writer: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.application, self.writer = application, writer

    @property
    def telling(self) -> str:
        """What of the text says who writes, where the other side may not know it yet; empty where all is well."""
        one, text = self.application, self.cleaned_data.get("text", "")
        if self.writer is None:
            return (
                "" if one.revealed.employer_knows_person else telling_of_person(text, name=one.name, address=one.email)
            )
        if one.revealed.person_knows_employer:
            return ""
        employer = one.job.employer
        return telling_of_employer(
            text,
            name=employer.name,
            domain=domain_of(employer.website) if employer.website else "",
            writer=self.writer.full_name,
            address=self.writer.email,
        )

    @property
    def mark(self) -> str:
        """Stands for exactly this text, so that another one is asked about too."""
        return salted_hmac("careers.message.keep", self.cleaned_data.get("text", "")).hexdigest()

    @property
    def doubt(self) -> str:
        """What the writer has to say yes to before it goes; empty once they have, or where there is nothing."""
        is_meant = self.data.get("keep") == self.mark
        return "" if is_meant else self.telling
