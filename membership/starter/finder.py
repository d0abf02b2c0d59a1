"""The questions of the finder as they are shipped: whoever changes an answer has changed its question."""

import tomllib
from collections.abc import Sequence
from pathlib import Path

from aapm_site.core.starter import Say, StarterEntry, StarterKind, Values

from ..models import FinderAnswer, FinderQuestion, Plan

FILE = Path(__file__).parent / "finder.toml"


class StarterFinder(StarterKind[FinderQuestion]):
    """Known by their short names."""

    model = FinderQuestion

    def entries(self) -> list[StarterEntry]:
        rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["question"]
        return [StarterEntry(row["slug"], {"note": "", **row}) for row in rows]

    def standing(self, entries: Sequence[StarterEntry]) -> dict[str, FinderQuestion]:
        there = FinderQuestion.objects.filter(slug__in=[entry.key for entry in entries])
        return {question.slug: question for question in there}

    def make(self, entries: Sequence[StarterEntry]) -> dict[str, FinderQuestion]:
        return {entry.key: FinderQuestion.objects.create(**_own(entry.values)) for entry in entries}

    def update(self, row: FinderQuestion, values: Values) -> None:
        for name, value in _own(values).items():
            setattr(row, name, value)
        row.save()
        row.answers.all().delete()

    def relate(self, row: FinderQuestion, values: Values, say: Say) -> None:
        """Put the answers in, once all questions are there."""
        for place, answer in enumerate(values["answers"], start=1):
            plan = Plan.objects.filter(slug=answer["plan"]).first() if "plan" in answer else None
            further = FinderQuestion.objects.filter(slug=answer["next"]).first() if "next" in answer else None
            if plan is None and further is None:
                say(f"Membership: the answer “{answer['text']}” leads to nothing that is there; left out.")
                continue
            FinderAnswer.objects.create(
                question=row,
                text=answer["text"],
                plan=plan,
                leads_to=further,
                reason=answer.get("reason", ""),
                order=place * 10,
            )

    def written(self, row: FinderQuestion) -> Values:
        names = ("text", "plan__slug", "leads_to__slug", "reason", "order")
        answers = list(map(list, row.answers.order_by("pk").values_list(*names)))
        return {"text": row.text, "note": row.note, "order": row.order, "answers": answers}


def _own(values: Values) -> dict[str, object]:
    return {name: values[name] for name in ("slug", "text", "note", "order")}
