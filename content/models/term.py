"""The glossary: words that people meet in a clinic, each in a sentence or two."""

from django.core.validators import MaxLengthValidator, RegexValidator
from django.db import models
from django.db.models.functions import Lower

from aapm_site.core.cache.revisions import revised

OTHER_SIGNS = "#"


def letter_anchor(letter: str) -> str:
    """Where the words of a letter stand in the page of the glossary."""
    return f"letter-{'other' if letter == OTHER_SIGNS else letter.lower()}"


class Term(models.Model):
    """One word of the glossary, with the other forms under which texts have it."""

    name = models.CharField("word", max_length=80, help_text="As it stands in the glossary, for example nerve block.")
    slug = models.SlugField("address word", max_length=80, unique=True)
    aliases = models.TextField(
        "other forms",
        max_length=400,
        blank=True,
        validators=[MaxLengthValidator(400)],
        help_text="One a line: the plural, a spelling, an abbreviation. They explain themselves in the texts too.",
    )
    definition = models.TextField(
        max_length=400,
        validators=[
            MaxLengthValidator(400),
            RegexValidator(r"\S", "Say in a sentence or two what it means."),
        ],
        help_text="One or two plain sentences, as you would say it to a patient.",
    )

    class Meta:
        ordering = [Lower("name"), "pk"]
        verbose_name = "glossary word"
        constraints = [
            models.UniqueConstraint(
                Lower("name"), name="content_term_once", violation_error_message="The glossary has this word already."
            ),
        ]
        triggers = [revised()]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/glossary/#{self.slug}"

    @property
    def letter(self) -> str:
        """Under which letter it stands; what begins with none stands under #."""
        first = self.name[:1].upper()
        return first if first.isascii() and first.isalpha() else OTHER_SIGNS

    @property
    def letter_anchor(self) -> str:
        return letter_anchor(self.letter)

    @property
    def other_forms(self) -> list[str]:
        return [form for line in self.aliases.splitlines() if (form := " ".join(line.split()))]

    @property
    def synonyms(self) -> list[str]:
        """The other forms that tell a reader something: no plurals, nothing that begins with the word itself."""
        forms = [form for form in self.other_forms if not form.casefold().startswith(self.name.casefold())]
        return [form for form in forms if not (form.endswith("s") and form[:-1] in forms)]

    @property
    def words(self) -> list[str]:
        """Everything that texts may call it."""
        return [self.name, *self.other_forms]
