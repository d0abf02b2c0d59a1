"""A class has a name of its own, so that a name says which class is meant wherever it is read."""

import ast
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from django.apps import apps

from tests.house.source import ROOT, at, modules, tree

# Django looks for this name in each file of a management/commands/ folder.
GIVEN = {"Command"}


def models() -> set[str]:
    """Models keep the names that their tables, their permissions and the admin's addresses are made of."""
    return {f"{model.__module__}.{model.__name__}" for model in apps.get_models()}


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def named_twice(files: Iterable[tuple[str, Path, ast.Module]], known: set[str]) -> list[list[str]]:
    """The places of each name that a file's classes share, unless all of them are models."""
    places, others = defaultdict(list), set()
    for module, path, parsed in files:
        for node in parsed.body:
            if isinstance(node, ast.ClassDef) and node.name not in GIVEN:
                places[node.name].append(f"{at(path, node)} {node.name}")
                if f"{module}.{node.name}" not in known:
                    others.add(node.name)
    return [found for name, found in sorted(places.items()) if len(found) > 1 and name in others]


def test_every_class_has_a_name_of_its_own():
    assert named_twice(((dotted(path), path, tree(path)) for path in modules()), models()) == []


def planted(*sources: str) -> list[tuple[str, Path, ast.Module]]:
    return [(f"room{number}", Path(f"{number}.py"), ast.parse(source)) for number, source in enumerate(sources)]


def test_a_second_class_of_a_name_is_noticed():
    files = planted("class Step: ...", "class Step: ...\nclass Command: ...", "class Command: ...\nclass Term: ...")

    assert named_twice(files, models()) == [["0.py:1 Step", "1.py:1 Step"]]


def test_two_models_may_share_a_name_and_nothing_else_may_have_it_too():
    term = "class Term: ..."

    assert named_twice(planted(term, term), {"room0.Term", "room1.Term"}) == []
    assert len(named_twice(planted(term, term, term), {"room0.Term", "room1.Term"})[0]) == 3


def test_the_models_are_known():
    assert {"careers.models.job.Job", "content.models.term.Term", "membership.models.membership.Term"} <= models()
