"""The form of Ask us anything, whole and short."""

from typing import Any

from django import forms

from aapm_site.core.forms import LongTextField, OneLineField, PublicForm
from content.models import Topic

LONGEST = 5000


class QuestionForm(PublicForm):
    """A name, an address for the answer, a question."""

    name = OneLineField(
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
    topic = forms.ModelChoiceField(
        Topic.objects.all(), label="What is it about?", required=False, empty_label="Choose a topic"
    )
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

    field_order = ["name", "email", "topic", "question"]


class ShortQuestionForm(QuestionForm):
    """The same without the topic, for a corner of another page; it posts to the page of the whole form."""

    topic = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "ask_%s")
        super().__init__(*args, **kwargs)
        self.fields["question"].widget.attrs["rows"] = 4
        self.fields["question"].help_text = ""
        self.fields["email"].help_text = ""
