"""Every form there is: the admin's, and ours besides."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.urls import get_resolver

from aapm_site.core.forms import Accessible

OURS = ("aapm_site.", "careers.", "content.", "membership.")


def staff_forms(request: Any) -> Iterator[tuple[str, str, type[forms.BaseForm]]]:
    """Those of the admin, of lists that are changed in place, and of the tables below a form: whose page, of what."""
    for model, own in admin.site._registry.items():
        made = [(model, own.get_form(request))] if own.has_add_permission(request) else []
        if own.has_change_permission(request):
            made.append((model, own.get_form(request, model(), change=True)))
            if own.list_editable:
                made.append((model, own.get_changelist_formset(request).form))
            made += [(table.model, table.get_formset(request).form) for table in own.get_inline_instances(request)]
        yield from ((own.opts.label, at._meta.label, form) for at, form in made)


def subclasses(kind: type) -> Iterator[type]:
    for one in kind.__subclasses__():
        yield one
        yield from subclasses(one)


def site_forms() -> list[type[forms.BaseForm]]:
    """Every form class of ours but those that the admin makes its own forms of."""
    assert get_resolver().url_patterns  # whoever is asked for a page has loaded its forms
    tables = [table for own in admin.site._registry.values() for table in own.inlines]
    by_admin = {own.form for own in [*admin.site._registry.values(), *tables]}
    ours = (one for one in subclasses(forms.BaseForm) if one.__module__.startswith(OURS) and one not in by_admin)
    return [one for one in ours if "<locals>" not in one.__qualname__]  # made anew for each page, of one of these


def as_its_base_makes_it(form: type[forms.BaseForm]) -> forms.BaseForm:
    """The form without what it asks of whoever makes it."""
    assert issubclass(form, Accessible), form
    return type(form.__name__, (form,), {"__init__": Accessible.__init__, "__module__": __name__})()
