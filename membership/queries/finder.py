"""The questions of the finder as readers are asked."""

from collections import defaultdict

from aapm_site.core.cache.remembered import remembered

from ..finding import AskedAnswer, AskedQuestion
from ..models import FinderAnswer, FinderQuestion, Plan


@remembered
def finder_questions() -> tuple[AskedQuestion, ...]:
    """All of them with their answers, in their order: two queries."""
    answers: dict[int, list[AskedAnswer]] = defaultdict(list)
    for row in FinderAnswer.objects.order_by("order", "pk"):
        answers[row.question_id].append(AskedAnswer(row.pk, row.text, row.plan_id, row.leads_to_id, row.reason))
    asked = FinderQuestion.objects.values_list("pk", "text", "note")
    return tuple(AskedQuestion(*row, answers=tuple(answers[row[0]])) for row in asked if answers[row[0]])


def plan_of(key: int | None) -> Plan | None:
    """A category that readers may see, with the one that it leads to. One query."""
    return Plan.objects.offered().select_related("steps_up_to").filter(pk=key).first()
