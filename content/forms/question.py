"""The form of Ask us anything, whole and short; more words below a question; the staff's answer."""

import json
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError

from aapm_site.core.admin.action_forms import ActionForm
from aapm_site.core.forms import LongTextField, NameField, PublicForm, change_data
from aapm_site.core.richtext import clean, plain
from content.domain.questions import urgent_in
from content.models import QuestionMessage, Topic, Urgency

LONGEST = 5000
LONGEST_ANSWER = 40_000


class TopicChoice(forms.ModelChoiceField):
    """Each topic with a word on what belongs there."""

    def label_from_instance(self, topic: Topic) -> str:
        return f"{topic.name} ({topic.help_text})" if topic.help_text else topic.name


class UrgentForm(PublicForm):
    """A form in which emergency help stands before what sounds like an emergency is sent; it never blocks.

    `seen_help` carries the kinds of emergency whose help was on the screen already, so a second press sends.
    """

    seen_help = forms.CharField(required=False, max_length=400, widget=forms.HiddenInput)
    urgent_fields: tuple[str, ...] = ()

    def urgent(self) -> list[Urgency]:
        """The kinds of emergency that the typed words sound like; asked once."""
        if not hasattr(self, "_urgent"):
            self._urgent = urgent_in(*(self.cleaned_data.get(name) or "" for name in self.urgent_fields))
        return self._urgent

    def unseen_help(self) -> list[Urgency]:
        """Those whose help has not been on the screen yet."""
        seen = set(self.cleaned_data.get("seen_help", "").split(","))
        return [kind for kind in self.urgent() if str(kind.pk) not in seen]

    def note_help(self, kinds: list[Urgency]) -> None:
        """The form goes back with this help above it: the next press sends."""
        change_data(self, {"seen_help": ",".join(str(kind.pk) for kind in kinds)})


class QuestionForm(UrgentForm):
    """A name, an address for the answer, a question."""

    name = NameField(
        label="Your name",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Please tell us your name."},
    )
    email = forms.EmailField(
        label="E-mail",
        max_length=254,
        help_text="We use it for the answer only.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Please give an address; without one we cannot answer.",
            "invalid": "That does not look like an e-mail address. One looks like name@example.org.",
        },
    )
    topic = TopicChoice(Topic.objects.all(), label="What is it about?", required=False, empty_label="Choose a topic")
    question = LongTextField(
        label="Your question",
        max_length=LONGEST,
        help_text="Please leave out names and record numbers of patients.",
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={
            "required": "Please write your question.",
            "max_length": f"Please use at most {LONGEST:,} characters; you have written %(show_value)s.",
        },
    )
    may_publish = forms.BooleanField(
        label="You may publish an answer to this, so that others find it.",
        required=False,
        help_text=(
            "We edit it first: no names, addresses or numbers. It appears on our site with its date. You can take "
            "this back later, on a page that you get after sending; what is public by then stays, naming nobody, "
            "unless you ask us to take it down."
        ),
    )

    field_order = ["name", "email", "topic", "question", "may_publish"]
    urgent_fields = ("question",)


class ShortQuestionForm(QuestionForm):
    """The same without topic and consent, for a corner of another page; it posts to the page of the whole form."""

    topic = None
    may_publish = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "ask_%s")
        super().__init__(*args, **kwargs)
        self.fields["question"].widget.attrs["rows"] = 4
        self.fields["question"].help_text = ""
        self.fields["email"].help_text = ""


class FollowUpForm(UrgentForm):
    """More words below one's own question."""

    text = LongTextField(
        label="Add something to your question",
        max_length=LONGEST,
        help_text="It goes to the person who answers you.",
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": "Please write what you would like to add.",
            "max_length": f"Please use at most {LONGEST:,} characters; you have written %(show_value)s.",
        },
    )

    urgent_fields = ("text",)


class QuestionAnswerForm(ActionForm):
    """What staff write to the person. `read` is the last message of the thread that stood on the writer's page."""

    seen = None
    answer = QuestionMessage._meta.get_field("html").formfield(
        label="Your answer",
        required=True,
        widget=AdminTextareaWidget,  # the editor's own sign for "in the admin"
        error_messages={"required": "Please write the answer first."},
    )
    corrects = forms.BooleanField(
        label="This corrects the answer before", required=False, help_text="The letter says so in its first line."
    )
    read = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, can_correct: bool = False, tools: dict[str, Any] | None = None, **kwargs: Any
    ) -> None:
        """`tools` are those of the editor (core.admin.rich_text.tools_for)."""
        super().__init__(*args, **kwargs)
        self.fields["answer"].widget.attrs["data-editor-tools"] = json.dumps(tools or {}, separators=(",", ":"))
        if not can_correct:
            del self.fields["corrects"]

    def clean_answer(self) -> str:
        """Only what a letter may hold, and not endless."""
        html = clean(self.cleaned_data["answer"] or "")
        if not plain(html):
            raise ValidationError("Please write the answer first.")
        if len(html) > LONGEST_ANSWER:
            raise ValidationError(f"Please use at most {LONGEST_ANSWER:,} characters; these are {len(html):,}.")
        return html
