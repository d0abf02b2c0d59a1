"""The editors' form of a page: the rules of addresses are told beside the fields."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteMixin
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.choices import CallableChoiceIterator

from aapm_site.core.audiences import offered_audiences
from aapm_site.core.forms import field_of
from content.domain import pages, prepared
from content.forms.text import described
from content.models import PUBLIC, READERS, Page, PageVersion, readers_in_words
from content.states import HIDDEN_STATUSES


def audience_choices(kept: str = PUBLIC) -> list[tuple[str, str]]:
    """Everybody, the members, and each group by its name; one that is no longer offered stays where it is `kept`."""
    offered = [*READERS.items(), *((audience, readers_in_words(audience)) for audience, _ in offered_audiences())]
    return offered if kept in dict(offered) else [*offered, (kept, readers_in_words(kept))]


# What a draft is saved without; publishing asks for it.
MISSING_IN_DRAFTS = {"title", "summary", "slug"}
MOST_PARENTS = 400  # among more a page is searched for
ABOVE = "above"  # in the address of that search: the page that will stand below what is found
PREPARE = "_prepare"  # the name of the button that keeps what is typed as a change beside the public page
UNREAD = "We cannot tell which version of the page you have read. Your text is below; look at the differences first."


class PageForm(forms.ModelForm):
    """Checks the place in the tree before anything is stored."""

    audience = forms.ChoiceField(
        choices=audience_choices,
        help_text="Title and summary can be read by everybody; the text only by those you choose.",
    )

    read_version = forms.IntegerField(
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid": "We cannot tell which version you have read."},
    )
    save_over = forms.IntegerField(required=False, widget=forms.HiddenInput, label="Saved over a newer version")
    newer: PageVersion | None = None  # what somebody else has saved since, when that is why the form came back

    class Meta:
        model = Page
        fields = (
            "title", "summary", "body", "kind", "parent", "slug", "menu_title", "order", "show_toc",
            "audience", "published_at", "unpublish_at", "author", "categories", "topic", "for_patients", "clinical",
            "reviewer", "reviewed_on", "starts_on", "ends_on", "every_year", "recap", "description",
        )  # fmt: skip
        labels = {"body": "Text"}
        widgets = {"summary": forms.Textarea(attrs={"rows": 3}), "description": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """A page keeps its audience among the choices."""
        super().__init__(*args, **kwargs)
        self.fields["read_version"].initial = self.instance.version
        field_of(self, "audience", forms.ChoiceField).choices = audience_choices(self.instance.audience)
        if self.instance.status in HIDDEN_STATUSES:
            for name in MISSING_IN_DRAFTS & self.fields.keys():
                self.fields[name].required = False
        if "parent" in self.fields and isinstance(self.fields["parent"].widget, forms.Select):
            self._list_parents(self.fields["parent"].widget)

    def _list_parents(self, widget: forms.Select) -> None:
        """Those that a save accepts, and the one that it has; none where they are searched for."""
        if isinstance(widget, AutocompleteMixin):
            widget.above = self.instance.pk or ""  # type: ignore[attr-defined]  # ours: content.admin.parents
            return
        widget.choices = CallableChoiceIterator(lambda: [("", "Nothing: it stands at the top"), *self._parents()])

    def _parents(self) -> Iterator[tuple[int, str]]:
        rows = Page.objects.possible_parents(self.instance).only("title", "path").order_by("path")
        found = {row.pk: row for row in rows}
        above = self.instance.parent
        if above is not None and above.pk not in found:
            found[above.pk] = above
        return ((key, f"{row} ({row.path})") for key, row in found.items())

    def clean_body(self) -> str:
        """Pictures come from the library and are described, at the latest when readers read them."""
        return self._described("body")

    def clean_recap(self) -> str:
        return self._described("recap")

    def _described(self, name: str) -> str:
        for_readers = self.instance.status not in HIDDEN_STATUSES and PREPARE not in self.data
        return described(self.cleaned_data[name], for_readers=for_readers)

    def _post_clean(self) -> None:
        """After the fields have reached the instance: where would it stand?"""
        super()._post_clean()  # type: ignore[misc]  # Django's forms have it, the stubs do not
        if self.instance.status not in HIDDEN_STATUSES and not self.instance.published_at:
            # The status is not a field of this form, so Django does not check the database's own rule here.
            self.add_error("published_at", "A published or scheduled page needs a date of publication.")
        if connection.in_atomic_block:
            # The admin checks and saves in one transaction: nobody takes the address or saves in between.
            pages.wait_for_the_tree()
        if self.instance.pk:
            self._check_read()
            self._check_prepared()
        if self.errors:
            return
        try:
            pages.check_signature(self.instance)
            if not self.instance.is_prepared:
                pages.give_address_word(self.instance)
                pages.place_page(self.instance)
        except ValidationError as problem:
            self.add_error(None, problem)

    @property
    def accepted_version(self) -> int | None:
        """The version that this save may replace: the one that was read, or a newer one that was seen and accepted."""
        return self.cleaned_data.get("save_over") or self.cleaned_data.get("read_version")

    def _check_prepared(self) -> None:
        """A press that keeps the text beside the public page comes back when another change waits there already."""
        if PREPARE not in self.data:
            return
        if refusal := prepared.prepare_refusal(self.instance):
            self.add_error(None, refusal)
        elif Page.objects.prepared().filter(prepares=self.instance.pk).exists():
            self.add_error(None, prepared.WAITS)

    def _check_read(self) -> None:
        """Somebody who has not read the newest version does not write over it; nor does a form that cannot tell."""
        stored = Page.objects.defer("search").get(pk=self.instance.pk)
        if stored.is_trashed:
            self.add_error(None, pages.TRASHED)
            return
        try:
            pages.check_read_version(stored, self.accepted_version or 0)
        except pages.Overtaken as overtaken:
            self.newer = overtaken.newer
            self.add_error(None, overtaken if self.accepted_version else UNREAD)
