"""A page as it would read with what is typed, whatever is wrong with it: nothing of it is stored."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.forms import BaseInlineFormSet, ModelForm
from django.utils import timezone

from aapm_site.core.richtext import clean
from content.models import Event, Page, Partner, RelatedPage
from content.presenters import version_diff
from content.queries.categories import PublicCategory
from content.queries.initiatives import EVENT, PublicEvent, PublicPartner
from content.queries.pages import LinkedPage, PublicPage
from content.views.pages import Beside


def typed_page(form: ModelForm) -> PublicPage:
    """What readers would get of what is typed; what cannot be read stays as it was."""
    form.is_valid()
    page = form.instance
    for name in ("title", "summary", "body", "recap"):
        if name in form.fields and name not in form.cleaned_data:
            setattr(page, name, form[name].value() or "")
    for name in version_diff.TEXTS:
        setattr(page, name, clean(getattr(page, name)))
    page.path = page.path or "/"
    page.updated_at = page.updated_at or timezone.now()
    return PublicPage.of(page)


def typed_beside(form: ModelForm, tables: Iterable[BaseInlineFormSet]) -> Beside:
    """What would stand around it: the rows of the tables below the form, and the categories that are chosen."""
    rows = {table.model: list(_rows(table)) for table in tables}
    partners = sorted(rows.get(Partner, []), key=lambda row: (row.order, row.name))
    events = sorted(rows.get(Event, []), key=lambda row: (row.starts_on, row.pk or 0))
    related = sorted(rows.get(RelatedPage, []), key=lambda row: (row.order, row.pk or 0))
    chosen = form.cleaned_data.get("categories")
    return Beside(
        related=tuple(LinkedPage.of(row.to) for row in related if _is_public(row.to)),
        categories=tuple(map(PublicCategory.of, chosen if chosen is not None else _stored_categories(form.instance))),
        partners=tuple(PublicPartner(row.name, row.url) for row in partners),
        events=tuple(PublicEvent(**{name: getattr(row, name) for name in EVENT}) for row in events),
    )


def _rows(table: BaseInlineFormSet) -> Iterator[Any]:
    """The rows as they are typed. One that cannot be read stays as it is stored, or away while it is new."""
    for form in table.forms:
        is_read = form.is_valid()
        is_empty = form.instance.pk is None and not form.has_changed()
        if is_empty or (table.can_delete and table._should_delete_form(form)):  # type: ignore[attr-defined]  # Django's
            continue
        if is_read:
            yield form.instance
        elif form.instance.pk is not None:
            yield table.model._default_manager.get(pk=form.instance.pk)


def _is_public(page: Page) -> bool:
    return page.is_published(timezone.now())


def _stored_categories(page: Page) -> Any:
    return page.categories.all() if page.pk else ()
