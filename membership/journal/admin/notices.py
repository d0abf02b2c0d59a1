"""Corrections and retractions: an editor ties a notice to the article of which it speaks, or takes that back."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from aapm_site.core.admin.action_forms import ActionForm
from aapm_site.core.admin.action_views import LoggedActionView
from aapm_site.core.admin.actions import ActionOutcome, AdminAction

from ..domain import notices
from ..models import Article, ArticleRelation
from ..models.article import DOI
from ..queries.notices import KINDS, RELATED

CHANGE = "membership.change_article"
# What an editor chooses from, of the words of JATS; other words stand in deliveries.
CHOICES = (
    ("corrected-article", "It corrects it"),
    ("retracted-article", "It retracts it"),
    ("partial-retraction", "It retracts a part of it"),
    ("withdrawn-article", "It withdraws it"),
    ("object-of-concern", "It expresses concern about it"),
    ("addended-article", "It adds something to it"),
    ("commentary-article", "It comments on it"),
)


class TieNoticeForm(ActionForm):
    """Of which article this one speaks, and what it says."""

    kind = forms.ChoiceField(
        label="What does this article say of the other?",
        choices=CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": "Say what this article does."},
    )
    doi = forms.CharField(
        label="DOI of the other article",
        max_length=150,
        help_text="Such as 10.5555/pm.2026.0801; its address works too.",
        error_messages={"required": "Give the DOI of the article of which this one speaks."},
    )

    def clean_doi(self) -> str:
        """The DOI alone, of an address too."""
        typed = self.cleaned_data["doi"].strip()
        for before in ("https://", "http://", "dx.doi.org/", "doi.org/", "doi:"):
            if typed.lower().startswith(before):
                typed = typed[len(before) :].strip()
        DOI(typed)
        return typed


class UntieNoticeForm(ActionForm):
    """Which of them is taken back."""

    relation = forms.ModelChoiceField(
        ArticleRelation.objects.none(),
        label="Which one?",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose which one is taken back.",
            "invalid_choice": "Somebody has taken it back already, or it was delivered.",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["relation"]
        field.queryset = _by_editors(self.subject)
        field.label_from_instance = lambda one: f"{_words(one)} doi:{one.doi}"


def _by_editors(article: Article) -> Any:
    return ArticleRelation.objects.filter(article=article, noted_at__isnull=False)


def _words(relation: ArticleRelation) -> str:
    return KINDS.get(relation.kind, RELATED).there


def _tie(article: Article, form: TieNoticeForm, by: Any) -> ActionOutcome:
    said = form.cleaned_data
    made = notices.tie_notice(article, doi=said["doi"], kind=said["kind"], by=by)
    return ActionOutcome((f"{_words(made)} Both pages say so: doi:{made.doi}.",))


def _untie(article: Article, form: UntieNoticeForm, by: Any) -> ActionOutcome:
    relation = form.cleaned_data["relation"]
    notices.untie_notice(relation)
    return ActionOutcome((f"Taken back: {_words(relation)} doi:{relation.doi}.",))


NOTICE_ACTIONS = (
    AdminAction(
        verb="tie-notice",
        label="It corrects or retracts an article",
        button="Mark both articles",
        permission=CHANGE,
        do=_tie,
        form=TieNoticeForm,
        view=LoggedActionView,
        words=(
            "Open the notice itself for this, not the article of which it speaks. Both pages say it from the notice’s "
            "day on; one that is retracted is called so in every list, in the search and in its citations.",
            "A notice that corrects, doubts or takes back is free to everybody, and stays so.",
        ),
    ),
    AdminAction(
        verb="untie-notice",
        label="Take a mark back",
        permission=CHANGE,
        do=_untie,
        form=UntieNoticeForm,
        view=LoggedActionView,
        danger=True,
        is_offered=lambda article: _by_editors(article).exists(),
        words=("Both pages stop saying it. What a publisher delivered is corrected by a new delivery.",),
    ),
)


def said_by_notices(article: Article) -> SafeString | str:
    """What this article says of others, and others of it, for the form."""
    if not article.pk:
        return "None"
    about = Q(doi__iexact=article.doi) if article.doi else Q(pk__isnull=True)
    rows = ArticleRelation.objects.filter(Q(article=article) | about).select_related("article").order_by("pk")[:20]
    lines = [(_line(article, one), "written here" if one.noted_at else "as delivered") for one in rows]
    return format_html_join(SafeString("<br>"), "{} <small>({})</small>", lines) or "None"


def _line(article: Article, one: ArticleRelation) -> SafeString:
    if one.article_id == article.pk:
        return format_html("{} doi:{}", _words(one), one.doi)
    return format_html("{} “{}”", KINDS.get(one.kind, RELATED).here, one.article)
