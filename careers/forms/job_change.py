"""The form of a position that readers see: its words change at once, the rest is read by staff first."""

from typing import Any

import js_asset
from django import forms
from django.http import QueryDict

from ..domain import wanted
from ..domain.jobs import TEXT_FIELDS
from ..models import Job, JobChange, JobTerms
from .job import Locations
from .terms import JobTermsForm
from .whole_job import WholeJobForm

# What stays as it was approved: under which name, and from when until when.
FIXED = ("confidential", "public_employer_name", "wished_start_on", "closes_on")
# In the order of the page; whatever else the form asks follows.
READ_FIRST = (
    *("title", "profession", "specialties", "setting", "employment_type", "remote"),
    *("pay_min", "pay_max", "pay_period", "pay_exempt", "pay_exemption"),
)
WAYS = ("takes_applications", "apply_url", "apply_email")


class LiveJobForm(WholeJobForm):
    """The whole form, with what the employer has asked for before in place of what readers see."""

    def __init__(self, job: Job, change: JobChange | None = None, data: QueryDict | None = None) -> None:
        asked = change.wanted if change is not None else {}
        then = wanted.as_wanted(job, asked)
        super().__init__(job.employer, then, data)
        for name in FIXED:
            if name in self.main.fields:
                self.main.fields[name].disabled = True
        if wanted.SPECIALTIES in asked:
            self.main.initial["specialties"] = asked[wanted.SPECIALTIES]
        if (locations := wanted.locations_of(asked)) is not None:
            initial = [{"place": location.as_typed} for location in locations]
            self.locations = Locations(data, initial=initial, prefix="places")
        for row in self.locations.forms:  # a place that stays is a place, whatever the browser says of the first ones
            row.empty_permitted = not row.is_in_use
        if (terms := wanted.terms_of(asked)) is not None:
            self.terms = JobTermsForm(data, instance=JobTerms(job=job, **terms))

    @property
    def beside(self) -> list[forms.BaseForm]:
        """Nothing: statements and questions stay as they were when the position was approved."""
        return []

    @property
    def live_parts(self) -> dict[str, Any]:
        """What `job_changes.edit_live_job` takes."""
        parts = self.job_parts
        return parts | {"fields": {name: value for name, value in parts["fields"].items() if name not in FIXED}}

    def editor(self, nonce: str) -> Any:
        """The import map of the toolbar, as this page may run it."""
        return js_asset.Media.from_media(self.main.media).with_nonce(nonce)

    def _shown(self, names: tuple[str, ...]) -> list[forms.BoundField]:
        return [self.main[name] for name in names if name in self.main.fields]

    @property
    def at_once(self) -> list[forms.BoundField]:
        return self._shown(TEXT_FIELDS)

    @property
    def read_first(self) -> list[forms.BoundField]:
        named = {*READ_FIRST, *WAYS, *TEXT_FIELDS, *FIXED}
        others = tuple(name for name in self.main.fields if name not in named)
        return self._shown((*READ_FIRST, *others))

    @property
    def ways(self) -> list[forms.BoundField]:
        """How people apply; who withholds its name has no choice."""
        return [] if self.job.confidential else self._shown(WAYS)
