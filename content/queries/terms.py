"""The words of the glossary."""

from content.models import Term


def all_terms() -> list[Term]:
    """Every word in the order of the alphabet; one query."""
    return list(Term.objects.all())
