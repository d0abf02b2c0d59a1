"""What is typed for a member's papers: the name in Latin letters, and the code that somebody checks."""

from django.core.exceptions import ValidationError

from aapm_site.billing.pdf import unprintable
from aapm_site.core.forms import NameField, OneLineField, SiteForm

from .. import check_codes


class LatinNameForm(SiteForm):
    """How a name is printed whose letters the papers do not have."""

    name = NameField(
        label="Your name in Latin letters",
        max_length=100,
        help_text="As on your passport or license, given name first. Your own spelling stays on your account.",
        error_messages={"required": "Write your name in Latin letters."},
    )

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if missing := unprintable(name):
            raise ValidationError(f"Our papers have no letters for: {missing}. Please write them in Latin letters.")
        if sum(map(str.isalpha, name)) < 2:
            raise ValidationError("Write your name in Latin letters.")
        return name


class CheckForm(SiteForm):
    """The code of a card or a letter, as it is printed."""

    code = OneLineField(
        label="The code on the card or letter",
        max_length=check_codes.LONGEST_TYPED,
        help_text="Twelve letters and figures, such as K7QM-2XTF-9HDR. Small letters will do.",
        error_messages={
            "required": "Type the code that stands on the card or letter.",
            "max_length": "A code has twelve letters and figures. Please look at it again.",
        },
    )

    def clean_code(self) -> str:
        code = check_codes.read(self.cleaned_data["code"])
        if not code:
            raise ValidationError(
                "This cannot be a code of ours: it has twelve letters and figures, without 0, 1, I and O."
            )
        return check_codes.written(code)
