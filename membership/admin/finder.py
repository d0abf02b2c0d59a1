"""The finder of categories: a question with its answers, each of which leads to a category or to another question."""

from collections import defaultdict
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.urls import reverse

from ..finding import leads_in_a_circle
from ..models import FinderAnswer, FinderQuestion

CIRCLE = "These answers lead in a circle: from a further question one would come back here. Choose another one."


class FinderAnswerSet(BaseInlineFormSet):
    """Nobody is sent round in a circle."""

    def clean(self) -> None:
        super().clean()
        if any(self.errors) or self.instance.pk is None:
            return  # no other question leads to one that is new
        leads = defaultdict(set)
        others = FinderAnswer.objects.exclude(question=self.instance).exclude(leads_to=None)
        for question, further in others.values_list("question", "leads_to"):
            leads[question].add(further)
        for form in self.forms:
            further = form.cleaned_data.get("leads_to")
            if further is not None and not form.cleaned_data.get("DELETE"):
                leads[self.instance.pk].add(further.pk)
        if leads_in_a_circle(leads):
            raise ValidationError(CIRCLE)


class FinderAnswerInline(admin.StackedInline):
    model = FinderAnswer
    fk_name = "question"
    formset = FinderAnswerSet
    fields = ("text", "plan", "leads_to", "reason", "order")
    extra = 1


@admin.register(FinderQuestion)
class FinderQuestionAdmin(admin.ModelAdmin):
    """What it looks like is one press away: “View on site” begins with the first question."""

    list_display = ("text", "answers_count", "order")
    search_fields = ("text", "answers__text")
    prepopulated_fields = {"slug": ("text",)}
    inlines = (FinderAnswerInline,)
    fields = ("text", "note", "slug", "order")

    @admin.display(description="answers")
    def answers_count(self, question: FinderQuestion) -> int:
        return len(question.answers.all())

    def view_on_site(self, question: FinderQuestion) -> str:
        return reverse("membership:finder")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("answers")
