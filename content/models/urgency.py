"""Words that sound like an emergency, and the help that is shown when somebody types them."""

from django.core.exceptions import ValidationError
from django.db import models

from aapm_site.core.cache.revisions import revised
from aapm_site.core.richtext import RichTextField
from content.text import urgency


def whole_phrases(lines: str) -> None:
    """Every line is a phrase that can be found; a list is not endless."""
    found = [line for line in lines.splitlines() if line.strip()]
    if len(found) > urgency.MOST_PHRASES:
        raise ValidationError(f"Please keep at most {urgency.MOST_PHRASES} phrases; these are {len(found)}.")
    for line in found:
        if len(line) > urgency.LONGEST_PHRASE:
            raise ValidationError(f"“{line[:40]}…” has more than {urgency.LONGEST_PHRASE} characters.")
        if not urgency.phrases_in(line):
            raise ValidationError(f"“{line}” holds no word that could be looked for.")


class Urgency(models.Model):
    """One kind of emergency."""

    name = models.CharField(
        max_length=80, unique=True, help_text="For staff: stands beside the question and in the notice."
    )
    phrases = models.TextField(
        "wordings",
        max_length=10_000,
        validators=[whole_phrases],
        help_text=(
            "One a line. Capitals, accents and punctuation do not matter. "
            "A star stands for every ending of a word: overdos* finds overdose and overdosing."
        ),
    )
    help = RichTextField(help_text="Stands above the form before the question is sent. Whom to call, in a few lines.")
    order = models.PositiveSmallIntegerField("place", default=100, help_text="Small numbers stand first.")
    is_on = models.BooleanField("in use", default=True)

    class Meta:
        ordering = ["order", "name"]
        verbose_name = "urgent wording"
        verbose_name_plural = "urgent wording"
        triggers = [revised()]

    def __str__(self) -> str:
        return self.name
