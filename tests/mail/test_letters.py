"""How letters are written: a paragraph in several lines of its template is one line of the letter."""

from django.template import Context, Template


def written(text: str, **context: str) -> str:
    return Template("{% load letters %}" + text).render(Context(context, autoescape=False))


def test_a_paragraph_of_several_lines_is_one_line():
    text = "Dear,\n\n{% paragraph %}\nOne  thing\n  and {% if more %}\nanother{% endif %}.\n{% endparagraph %}\n\nBye"

    assert written(text, more="yes") == "Dear,\n\nOne  thing and another.\n\nBye"
    assert written(text) == "Dear,\n\nOne  thing and .\n\nBye"


def test_what_somebody_typed_keeps_its_lines_outside():
    text = "{% paragraph %}\nThe\nreason:\n{% endparagraph %} {{ reason }}"

    assert written(text, reason="First.\nSecond & last.") == "The reason: First.\nSecond & last."
