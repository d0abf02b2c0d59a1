"""What editors type to put an issue together, and to let it come out."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from aapm_site.core.admin.action_forms import ActionForm
from aapm_site.core.files import imaging

from ..domain.issues import LAST, PlacedArticle, lineup, lock_issue, made_cover, mark_of
from ..models import Article, Issue

MOST_WAITING = 200  # advance articles that are offered
BESIDE = {"invalid": "Give a whole number.", "max_value": f"Give a number up to {LAST}.", "min_value": "Begin with 1."}


class LineupForm(ActionForm):
    """A row for each article of the issue, and one for each advance article that may move in.

    A number puts an article there; an advance article without one stays where it is. The hidden mark is that of the
    domain's own comparison.
    """

    def __init__(self, *args: Any, subject: Issue, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        self._make_rows()

    def mark(self) -> str:
        return mark_of(self.subject, lineup(self.subject))

    def refuse_if_changed(self) -> None:
        """The domain compares, under its lock."""

    def renew(self) -> None:
        """After a refusal the rows are those of today, with what was typed; the next press stands on them."""
        self.subject.refresh_from_db()
        data = self.data.copy()  # type: ignore[attr-defined]  # what a request sent is a QueryDict
        data["seen"] = self.mark()
        self.data = data
        self._make_rows()

    def _make_rows(self) -> None:
        self.inside: Sequence[Article] = lineup(self.subject)
        self.waiting: Sequence[Article] = list(
            Article.objects.filter(issue=None).select_related("type").order_by("-published_on", "-pk")[:MOST_WAITING]
        )
        for number, one in enumerate(self.inside, start=1):
            self._add(one, number)
            if one.is_advance:
                take_out = f"Take out “{one}”"
                self.fields[f"out-{one.pk}"] = forms.BooleanField(
                    required=False, label=take_out, widget=forms.CheckboxInput(attrs={"aria-label": take_out})
                )
        for one in self.waiting:
            self._add(one, None)

    def _add(self, article: Article, number: int | None) -> None:
        number_of, heading_over = f"Number of “{article}”", f"Heading over “{article}”"
        self.fields[f"place-{article.pk}"] = forms.IntegerField(
            required=False, min_value=1, max_value=LAST, initial=number, label=number_of, error_messages=BESIDE,
            widget=forms.NumberInput(attrs={"aria-label": number_of, "class": "short"}),
        )  # fmt: skip
        self.fields[f"section-{article.pk}"] = forms.CharField(
            required=False, max_length=80, initial=article.section, label=heading_over,
            widget=forms.TextInput(
                attrs={"aria-label": heading_over, "placeholder": article.type.name, "list": "headings"}
            ),
        )  # fmt: skip

    @property
    def takes_out(self) -> bool:
        """Whether an article may leave: what came out before its issue stays on the site without one."""
        return any(one.is_advance for one in self.inside)

    def rows(self) -> Iterator[dict[str, Any]]:
        """Of the articles in the issue, for the page."""
        return (self._row(one) for one in self.inside)

    def waiting_rows(self) -> Iterator[dict[str, Any]]:
        return (self._row(one) for one in self.waiting)

    def _row(self, article: Article) -> dict[str, Any]:
        out = f"out-{article.pk}"
        return {
            "article": article,
            "place": self[f"place-{article.pk}"],
            "section": self[f"section-{article.pk}"],
            "out": self[out] if out in self.fields else None,
        }

    def headings(self) -> list[str]:
        """Headings to choose from."""
        return sorted({one.section for one in self.inside if one.section} | {one.type.name for one in self.inside})

    def placed(self) -> list[PlacedArticle]:
        data = self.cleaned_data
        rows = [(one, data.get(f"place-{one.pk}") or LAST) for one in self.inside]
        rows += [(one, number) for one in self.waiting if (number := data.get(f"place-{one.pk}"))]
        # One that moves in stands before that which had its number.
        return [
            PlacedArticle(one.pk, number, self._heading(one))
            for one, number in sorted(rows, key=lambda row: (row[1], row[0].issue_id is not None))
        ]

    def _heading(self, article: Article) -> str:
        typed = " ".join(self.cleaned_data.get(f"section-{article.pk}", "").split())
        return "" if typed.lower() == article.type.name.lower() else typed

    def taken_out(self) -> list[int]:
        return [one.pk for one in self.inside if self.cleaned_data.get(f"out-{one.pk}")]


class AsReadIssueForm(ActionForm):
    """For what lets an issue come out: with the articles and the day that its page has shown."""

    changed_since = "A colleague has changed this issue since you opened the page. Please go back and look at it again."

    def mark(self) -> str:
        return mark_of(Issue.objects.get(pk=self.subject.pk), lineup(self.subject))

    def refuse_if_changed(self) -> None:
        """Locked from here on, as it is while somebody puts it together."""
        lock_issue(self.subject)
        super().refuse_if_changed()


class IssueDayForm(AsReadIssueForm):
    """On which day."""

    day = forms.DateField(
        label="Day",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "Choose the day.", "invalid": "Choose a day."},
    )

    def clean_day(self) -> Any:
        day = self.cleaned_data["day"]
        if not 1999 < day.year <= timezone.localdate().year + 2:
            raise ValidationError("Choose a day since 2000 and within the next two years.")
        return day


class CoverForm(ActionForm):
    """The picture on the front of an issue."""

    picture = forms.FileField(
        label="Cover",
        help_text="JPEG, PNG or WebP, upright, about 800 × 1,000 pixels. It is made anew from its pixels.",
        widget=forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png,.webp"}),
        error_messages={"required": "Choose the picture.", "empty": "This file is empty."},
    )

    def clean_picture(self) -> Any:
        picture = self.cleaned_data["picture"]
        try:
            return made_cover(picture.read(), picture.name)
        except imaging.PictureRefused as refused:
            raise ValidationError(str(refused)) from refused
