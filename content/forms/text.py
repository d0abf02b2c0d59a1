"""What forms ask of a rich text before it is stored."""

from django.core.exceptions import ValidationError

from content.queries.media import rich_text_problems


def described(html: str) -> str:
    """The text itself, when its pictures are the library's own and described; else ValidationError naming each."""
    if problems := rich_text_problems(html):
        raise ValidationError(problems)
    return html
