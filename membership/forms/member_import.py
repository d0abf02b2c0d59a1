"""Bringing a list of members: the file, which of its columns holds what, and which lines are looked at."""

from typing import Any

from django import forms

from aapm_site.core.files.tables import KINDS
from aapm_site.core.forms import SiteForm

from ..import_columns import COLUMNS, DateOrder, Outcome
from ..models import MemberImport

LARGEST = 20 * 1024 * 1024
NOTHING = "Not in this list"
NEEDS_KEY = "Choose the column of the member number or of the e-mail address: by one of them a member is found."
TWICE = "“{column}” is chosen twice. A column holds one thing."


class MemberFileForm(SiteForm):
    """One file; what it holds is the domain's to say."""

    file = forms.FileField(
        label="File",
        help_text="CSV in UTF-8 or Excel (.xlsx), with a line of headings, 20 MB at most.",
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(f".{kind}" for kind in KINDS)}),
        error_messages={"required": "Choose a file.", "empty": "This file is empty."},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError("This file is larger than 20 MB. Please split it.")
        return file


class ImportColumnsForm(SiteForm):
    """For each thing that a list may say, its column; and how its dates are written."""

    date_order = forms.ChoiceField(
        label="Dates are written",
        choices=DateOrder.choices,
        help_text="In a workbook, cells that Excel knows to be dates are read right in any case.",
    )

    def __init__(self, *args: Any, made: MemberImport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.made = made
        example = made.lines.order_by("line").values_list("cells", flat=True).first() or []
        shown = [(str(at), _words(at, heading, example)) for at, heading in enumerate(made.headings, 1)]
        for column in COLUMNS:
            self.fields[f"column_{column.name}"] = forms.ChoiceField(
                label=column.label,
                required=False,
                help_text=column.note,
                choices=[("", NOTHING), *shown],
                initial=str(made.columns.get(column.name, "")),
            )
        self.initial.setdefault("date_order", made.date_order)
        self.order_fields([f"column_{column.name}" for column in COLUMNS])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        columns = {
            column.name: int(cleaned[f"column_{column.name}"])
            for column in COLUMNS
            if cleaned.get(f"column_{column.name}")
        }
        if not columns.keys() & {"number", "email"}:
            self.add_error("column_number", NEEDS_KEY)
        used: set[int] = set()
        for name, place in columns.items():
            if place in used:
                self.add_error(f"column_{name}", TWICE.format(column=self.made.headings[place - 1]))
            used.add(place)
        cleaned["columns"] = columns
        return cleaned


def _words(place: int, heading: str, example: list[str]) -> str:
    """A heading, with what stands below it in the first line."""
    named = heading or f"Column {place}"
    below = example[place - 1] if place <= len(example) else ""
    return f"{named} (such as “{below[:40]}”)" if below else named


class ImportedLinesForm(SiteForm):
    """Which lines are looked at."""

    outcome = forms.ChoiceField(required=False, choices=[("", "All"), *Outcome.choices])
    page = forms.IntegerField(required=False, min_value=1, max_value=10_000)
