"""What a field says when it cannot take what was given: what to do, in the site's words instead of Django's.

Django reads these words when it makes a field, a validator or a constraint, so one place says them for the forms of
visitors, of staff, of models and of libraries. A field that knows better says so itself (`error_messages`).
"""

from typing import Any, cast

from django import forms
from django.core import validators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.constraints import BaseConstraint
from django.forms.formsets import BaseFormSet
from django.forms.models import BaseModelFormSet, InlineForeignKeyField
from django.utils.text import get_text_list
from django.utils.translation import ngettext_lazy

Words = Any  # a sentence, or one of Django's lazy plurals

FILL_IN = "Please fill this in."
CHOOSE = "Please choose one."
NUMBER = "Give a number, such as 12.50."
WHOLE_NUMBER = "Give a whole number, such as 12."
DAY = "Give a day, such as 2026-11-26."
TIME = "Give a time, such as 14:30."
DAY_AND_TIME = "Give a day and a time, such as 2026-11-26 14:30."
WEB_ADDRESS = "Give the whole address, starting with https://."
E_MAIL = "Give a whole e-mail address, such as name@example.org."
ADDRESS_WORD = "Use only letters, digits and hyphens, such as nerve-blocks."
NOT_IN_LIST = "Please choose from the list; “%(value)s” is not in it."
NOT_IN_LIST_NOW = "Please choose from the list; what you chose is not in it any more."
CHECK_LIST = "Please choose from the list again."
ARRIVED_IN_PART = "Part of the form did not arrive. Please open the page again and send it once more."
OWN_ROWS = "One of these rows belongs elsewhere. Please open the page again and send it once more."
TWICE = "The same stands in two rows. Please change or take out one of them."
THERE_IS_ONE = "There is one with this %(field_label)s already. Please give another."
UNFIT = "This does not fit together. Please check what you gave."

FIELDS: dict[type[forms.Field], dict[str, Words]] = {
    forms.Field: {"required": FILL_IN},
    forms.IntegerField: {"invalid": WHOLE_NUMBER, "step_size": "Give a number in steps of %(limit_value)s."},
    forms.FloatField: {"invalid": NUMBER},
    forms.DecimalField: {"invalid": NUMBER},
    forms.DateField: {"required": "Please give a day.", "invalid": DAY},
    forms.TimeField: {"required": "Please give a time.", "invalid": TIME},
    forms.DateTimeField: {"required": "Please give a day and a time.", "invalid": DAY_AND_TIME},
    forms.SplitDateTimeField: {
        "required": "Please give a day and a time.",
        "invalid_date": DAY,
        "invalid_time": TIME,
    },
    forms.DurationField: {
        "invalid": "Give a length of time, such as 1:30:00 for an hour and a half.",
        "overflow": "Give a number of days between {min_days} and {max_days}.",
    },
    forms.FileField: {
        "required": "Please choose a file.",
        "invalid": "No file has arrived. Please choose it again.",
        "missing": "No file has arrived. Please choose it again.",
        "empty": "This file is empty. Please choose another.",
        "max_length": "Please give the file a name of at most %(max)d characters; it has %(length)d now.",
        "contradiction": "Choose a file or tick that it should go, not both.",
    },
    forms.ImageField: {"invalid_image": "This is not a picture that can be read. Please choose another."},
    forms.URLField: {"invalid": WEB_ADDRESS},
    forms.BooleanField: {"required": "Please tick this to go on."},
    forms.ChoiceField: {"required": CHOOSE, "invalid_choice": NOT_IN_LIST},
    forms.MultipleChoiceField: {
        "required": "Please choose at least one.",
        "invalid_choice": NOT_IN_LIST,
        "invalid_list": CHECK_LIST,
    },
    forms.ModelChoiceField: {"invalid_choice": NOT_IN_LIST_NOW},
    forms.ModelMultipleChoiceField: {
        "required": "Please choose at least one.",
        "invalid_choice": NOT_IN_LIST_NOW,
        "invalid_list": CHECK_LIST,
        "invalid_pk_value": CHECK_LIST,
    },
    InlineForeignKeyField: {"invalid_choice": OWN_ROWS},
    forms.MultiValueField: {"invalid": "Please fill this in again.", "incomplete": "Please fill in all of it."},
    forms.UUIDField: {"invalid": "This does not look whole. Please copy it again."},
    forms.JSONField: {"invalid": "This cannot be read as JSON. Please look for a missing comma or quotation mark."},
}

FORM_SETS: dict[str, Words] = {
    "missing_management_form": ARRIVED_IN_PART,
    "too_many_forms": ngettext_lazy(
        "Please fill in at most %(num)d row.", "Please fill in at most %(num)d rows.", "num"
    ),
    "too_few_forms": ngettext_lazy(
        "Please fill in at least %(num)d row.", "Please fill in at least %(num)d rows.", "num"
    ),
}

VALIDATORS: tuple[tuple[Any, Words], ...] = (
    (validators.RegexValidator, "Please check this; it is written in another way than expected."),
    (validators.DomainNameValidator, "Give the name of a site, such as www.example.org."),
    (validators.URLValidator, WEB_ADDRESS),
    (validators.EmailValidator, E_MAIL),
    (validators.validate_email, E_MAIL),
    (validators.validate_integer, WHOLE_NUMBER),
    (validators.validate_slug, ADDRESS_WORD),
    (validators.validate_unicode_slug, ADDRESS_WORD),
    (validators.validate_comma_separated_integer_list, "Give whole numbers with commas between them, such as 1,2,3."),
    (validators.BaseValidator, "This must be %(limit_value)s; it is %(show_value)s now."),
    (validators.MaxValueValidator, "Give at most %(limit_value)s."),
    (validators.MinValueValidator, "Give at least %(limit_value)s."),
    (validators.StepValueValidator, "Give a number in steps of %(limit_value)s."),
    (
        validators.MaxLengthValidator,
        ngettext_lazy(
            "Please shorten this to %(limit_value)d character; it has %(show_value)d now.",
            "Please shorten this to %(limit_value)d characters; it has %(show_value)d now.",
            "limit_value",
        ),
    ),
    (
        validators.MinLengthValidator,
        ngettext_lazy(
            "Please write at least %(limit_value)d character; it has %(show_value)d now.",
            "Please write at least %(limit_value)d characters; it has %(show_value)d now.",
            "limit_value",
        ),
    ),
    (
        validators.FileExtensionValidator,
        "“%(extension)s” cannot be taken. Please choose a file that ends in one of these: %(allowed_extensions)s.",
    ),
    (validators.ProhibitNullCharactersValidator, "This holds a sign that nobody can see. Please type it again."),
)

DIGITS: dict[str, Words] = {
    "invalid": NUMBER,
    "max_digits": ngettext_lazy(
        "Give a number of at most %(max)s digit.", "Give a number of at most %(max)s digits.", "max"
    ),
    "max_decimal_places": ngettext_lazy(
        "Give at most %(max)s digit after the point.", "Give at most %(max)s digits after the point.", "max"
    ),
    "max_whole_digits": ngettext_lazy(
        "Give at most %(max)s digit before the point.", "Give at most %(max)s digits before the point.", "max"
    ),
}

MODELS: dict[type[models.Field], dict[str, Words]] = {
    models.Field: {
        "invalid_choice": NOT_IN_LIST,
        "null": FILL_IN,
        "blank": FILL_IN,
        "unique": THERE_IS_ONE,
    },
    models.ForeignKey: {"invalid": NOT_IN_LIST_NOW},
    models.UUIDField: {"invalid": "This does not look whole. Please copy it again."},
}


def speak() -> None:
    """Put these words in the place of Django's; before any field is made."""
    for field, words in FIELDS.items():
        _say(field, words)
    for column, words in MODELS.items():
        _say(column, words)
    for validator, sentence in VALIDATORS:
        validator.message = sentence
    validators.DecimalValidator.messages = DIGITS
    BaseFormSet.default_error_messages = {**BaseFormSet.default_error_messages, **FORM_SETS}
    BaseConstraint.default_violation_error_message = UNFIT
    _say_by_functions(models.Model, BaseModelFormSet)


def _say(kind: Any, words: dict[str, Words]) -> None:
    """Each class has its own, over those of the classes above it."""
    kind.default_error_messages = {**vars(kind).get("default_error_messages", {}), **words}


def _say_by_functions(row: Any, rows: Any) -> None:
    """Where Django keeps no words to be replaced."""
    row.unique_error_message = _there_is_one
    rows.get_form_error = lambda self: TWICE
    rows.get_unique_error_message = lambda self, unique_check: TWICE


def _there_is_one(row: models.Model, model: type[models.Model], names: tuple[str, ...]) -> ValidationError:
    """What must be there once is there already: one field, or several together."""
    fields = [cast("models.Field[Any, Any]", model._meta.get_field(name)) for name in names]
    label = get_text_list([str(field.verbose_name) for field in fields], "and")
    words = fields[0].error_messages["unique"] if len(fields) == 1 else THERE_IS_ONE
    code = "unique" if len(fields) == 1 else "unique_together"
    return ValidationError(words, code=code, params={"field_label": label})
