"""What staff change of a question itself: who answers it, and half an answer that is kept."""

import hashlib
from typing import Any

from django import forms

from aapm_site.core.richtext import clean, plain
from content.models import Question

DRAFTED_MEANWHILE = (
    "A colleague has kept another draft of the answer since you opened this page, and nothing has been saved. Yours "
    "still stands below: copy what you need, then open the question again."
)


def draft_mark(draft: str) -> str:
    """Something that is another for another draft, so that nobody writes over a colleague's without knowing it."""
    return hashlib.sha256(draft.encode()).hexdigest()[:16] if draft else ""


class QuestionRecordForm(forms.ModelForm):
    """The answer stands on the same page and comes with every press: it is kept as a draft, and never dropped.

    A press without the field changes no draft. `drafted` is the mark of the draft that stood on the page.
    """

    answer = forms.CharField(required=False, widget=forms.HiddenInput)
    drafted = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    class Meta:
        model = Question
        fields = ("topic",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("answer", self.instance.answer_draft)
        self.initial.setdefault("drafted", draft_mark(self.instance.answer_draft))

    def has_changed(self) -> bool:
        return bool({"topic", "answer"} & set(self.changed_data))

    def clean_answer(self) -> str:
        """Only what a letter may hold; an editor that was left empty is empty."""
        html = clean(self.cleaned_data["answer"] or "")
        return html if plain(html) else ""

    def clean(self) -> dict[str, Any]:
        """Locks the question while it compares: of two who keep a draft at once the second is told."""
        given = super().clean() or {}
        if self.writes_draft:
            stored = (
                Question.objects.select_for_update().values_list("answer_draft", flat=True).get(pk=self.instance.pk)
            )
            if given.get("drafted", "") != draft_mark(stored) and given.get("answer", "") != stored:
                self.add_error(None, DRAFTED_MEANWHILE)
        return given

    @property
    def writes_draft(self) -> bool:
        """Whether the answer that came is another than the draft that is kept."""
        typed = self.cleaned_data.get("answer", "")
        return self.add_prefix("answer") in self.data and typed != self.instance.answer_draft
