"""The part of a page that is the same for all: made once, of the values that are named, and of nothing else."""

import itertools

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Engine, Library, RequestContext, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils.safestring import mark_safe

from aapm_site.core.cache import page_cache
from aapm_site.core.cache.remembered import NotPlain, memory
from aapm_site.core.menus import MenuEntry


@pytest.fixture
def times(monkeypatch):
    """A tag `{% times %}` that says how often it was asked."""
    count, engine, library = itertools.count(1), Engine.get_default(), Library()
    library.simple_tag(lambda: next(count), name="times")
    monkeypatch.setattr(engine, "template_builtins", [*engine.template_builtins, library])


@pytest.fixture
def remembering(settings, monkeypatch):
    settings.REMEMBERED_READS = True
    monkeypatch.setattr(page_cache, "ASK_EVERY", float("inf"))


def show(template: Template, **values) -> str:
    request = RequestFactory().get("/here/")
    request.user = AnonymousUser()
    return template.render(RequestContext(request, values))


@pytest.mark.parametrize("on", [True, False])
def test_inside_there_is_nothing_but_what_is_named(settings, monkeypatch, on):
    settings.REMEMBERED_READS = on
    monkeypatch.setattr(page_cache, "ASK_EVERY", float("inf"))
    template = Template(
        "{{ secret }}|{% same_for_all word=open|upper %}[{{ word }}{{ secret }}{{ open }}{{ user }}{{ request.path }}"
        "{{ SITE_NAME }}]{% endsame_for_all %}"
    )

    assert show(template, open="yes", secret="mine") == "mine|[YES]"


def test_it_is_made_once_for_the_same_values(remembering, times):
    template = Template("{% same_for_all word=word %}{{ word }} {% times %}{% endsame_for_all %}")

    assert [show(template, word=word) for word in ("a", "a", "b", "a")] == ["a 1", "a 1", "b 2", "a 1"]


def test_switched_off_it_is_made_each_time(times):
    template = Template("{% same_for_all word=word %}{{ word }} {% times %}{% endsame_for_all %}")

    assert [show(template, word=word) for word in ("a", "a")] == ["a 1", "a 2"]


def test_two_parts_with_the_same_values_do_not_meet(remembering):
    template = Template(
        "{% same_for_all word=word %}<{{ word }}>{% endsame_for_all %}{% same_for_all word=word %}({{ word }})"
        "{% endsame_for_all %}"
    )

    assert [show(template, word="a"), show(template, word="a")] == ["<a>(a)"] * 2


def test_what_it_makes_is_escaped_once(remembering):
    template = Template("{% same_for_all word=word %}<b>{{ word }}</b>{% endsame_for_all %}")

    assert [show(template, word="<i>"), show(template, word="<i>")] == ["<b>&lt;i&gt;</b>"] * 2


def test_markup_is_not_taken_for_the_same_signs_as_text(remembering):
    template = Template("{% same_for_all words=words %}{{ words.0 }}{% endsame_for_all %}")

    assert [show(template, words=[word]) for word in ("<i>", mark_safe("<i>"), "<i>")] == [
        "&lt;i&gt;",
        "<i>",
        "&lt;i&gt;",
    ]


def test_a_list_stands_for_what_is_in_it_now(remembering, times):
    template, words = (
        Template("{% same_for_all words=words %}{{ words|join:'' }} {% times %}{% endsame_for_all %}"),
        ["a"],
    )

    assert [show(template, words=words), show(template, words=["a"])] == ["a 1", "a 1"]
    words.append("b")
    assert show(template, words=words) == "ab 2"


@pytest.mark.parametrize("value", [[AnonymousUser()], {"a": 1}, AnonymousUser()])
def test_a_value_that_could_be_changed_is_refused(value):
    with pytest.raises(NotPlain):
        show(Template("{% same_for_all value=value %}x{% endsame_for_all %}"), value=value)


def test_values_are_named():
    with pytest.raises(TemplateSyntaxError, match="by name only"):
        Template("{% same_for_all value %}x{% endsame_for_all %}")


def test_a_menu_is_the_same_on_every_page_that_it_does_not_hold(remembering):
    items = (MenuEntry("Journal", "/journal/", current=True), MenuEntry("About", "/about/"))
    template = Template(
        "{% path_in items as path %}{% same_for_all items=items path=path %}{{ path }}{% endsame_for_all %}"
    )
    shown = [
        template.render(RequestContext(RequestFactory().get(path), {"items": items}))
        for path in ("/journal/issue/", "/journal/other/", "/journal/")
    ]

    assert shown == ["", "", "/journal/"]
    assert len(memory.entries) == 2
