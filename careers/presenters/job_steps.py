"""The steps of the form of a position: what each asks, what is still missing in it, and what is wrong."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django import forms

from aapm_site.core.templatetags.ui import field_anchor

TERMS = (
    "hours_a_week", "call_one_in", "weekend_one_in", "pay_model", "wrvu_threshold", "partnership_months", "non_compete",
    "tail", "loan_repayment", "start_by_on", "procedures", "opioid_share", "new_graduates", "j1_waiver", "h1b",
)  # fmt: skip
QUESTION = ("text", "kind", "options", "is_required")
# The anchor of each step, its heading, and the fields that stand below it.
STEPS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("the-position", "The position", ("title", "profession", "employment_type", "setting", "remote", "specialties")),
    (
        "pay-and-terms",
        "Pay and terms",
        ("pay_min", "pay_max", "pay_period", "pay_note", "pay_exempt", "pay_exemption", "benefits", *TERMS),
    ),
    ("places", "Places", ("place",)),
    ("description", "Description", ("summary", "body")),
    (
        "how-people-apply",
        "How people apply",
        ("takes_applications", "apply_url", "apply_email", "confidential", "public_employer_name", *QUESTION),
    ),
    ("your-statements", "Your statements", ("is_open_vacancy", "software_screens")),
    ("check-and-send", "Check and send", ("wished_start_on", "closes_on")),
)


@dataclass(frozen=True)
class Slip:
    """What is wrong with one field, and where it stands; without a field, what is wrong with the whole."""

    words: str
    anchor: str = ""


@dataclass(frozen=True)
class JobStep:
    """One step: its slips after a press, or, before one, the names of what is missing.

    `waits` says of the last one that another is not done, so that nothing can be sent yet.
    """

    anchor: str
    label: str
    slips: tuple[Slip, ...] = ()
    missing: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    waits: bool = False

    @property
    def words(self) -> str:
        """Where the step stands, in a few words."""
        if self.slips:
            return f"{len(self.slips)} to put right"
        said = [("Missing", self.missing), ("To put right", self.doubtful)]
        return "; ".join(f"{what}: {', '.join(names)}" for what, names in said if names) or self._whole

    @property
    def _whole(self) -> str:
        return "Once the steps above are complete" if self.waits else "Nothing missing"

    @property
    def is_done(self) -> bool:
        return not (self.slips or self.missing or self.doubtful or self.waits)


def job_steps(fields: Iterable[forms.BoundField], *, pressed: bool) -> list[JobStep]:
    """The steps with what a check has found in them; `pressed` says that the writer has asked for the check."""
    wrong = [field for field in fields if field.errors]
    *steps, last = (
        _step(anchor, label, [one for one in wrong if one.name in on], pressed) for anchor, label, on in STEPS
    )
    return [*steps, replace(last, waits=not all(step.is_done for step in steps))]


def _step(anchor: str, label: str, wrong: Sequence[forms.BoundField], pressed: bool) -> JobStep:
    if not pressed:
        empty = [field for field in wrong if not field.value()]
        rest = [field for field in wrong if field not in empty]
        return JobStep(anchor, label, missing=_names(empty), doubtful=_names(rest))
    return JobStep(anchor, label, slips=tuple(_slip(field, str(error)) for field in wrong for error in field.errors))


def _names(fields: Iterable[forms.BoundField]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_short(field) for field in fields))


def _slip(field: forms.BoundField, error: str) -> Slip:
    return Slip(f"{name_of(field)}{'' if name_of(field)[-1] in '?.!' else ':'} {error}", field_anchor(field))


def name_of(field: forms.BoundField) -> str:
    """Its label; a place says which one it is."""
    rows, _, number = (field.form.prefix or "").rpartition("-")
    if rows not in ROWS or not number.isdigit():
        return str(field.label)
    return f"{ROWS[rows]} {int(number) + 1}, {field.label}"


ROWS = {"places": "Place", "questions": "Question"}
SHORT = {
    "profession": "profession",
    "pay_min": "pay",
    "pay_max": "pay",
    "place": "a place",
    "body": "the description",
    "apply_url": "a way to apply",
    "public_employer_name": "what to call you",
    "wished_start_on": "first day",
    "is_open_vacancy": "that it is open",
    "software_screens": "whether software screens",
}


def _short(field: forms.BoundField) -> str:
    label = str(field.label).rstrip("?")
    return SHORT.get(field.name, f"{label[:1].lower()}{label[1:]}")
