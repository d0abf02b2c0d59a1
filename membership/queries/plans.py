"""The categories as the pages show them."""

from django.db.models import QuerySet

from ..models import Plan


def categories() -> QuerySet[Plan]:
    """All categories in their order; the ones that nobody can apply for are by invitation."""
    return Plan.objects.all()


def joinable() -> QuerySet[Plan]:
    return Plan.objects.filter(joinable=True)
