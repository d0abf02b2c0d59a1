"""Only core.transitions.move() writes a status, so that no step is without its row in the history."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from aapm_site.core.transitions import StatusChange
from tests.house.source import ROOT, at, modules, tree

WRITER = ROOT / "aapm_site" / "core" / "transitions.py"
WRITING_CALLS = {"update", "update_or_create", "bulk_update"}


def lifecycle_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if hasattr(model, "LIFECYCLE")]


def writes(module: ast.Module) -> list[ast.AST]:
    """Assignments to `.status`, setattr(…, "status", …), and calls that write the column."""
    return [node for node in ast.walk(module) if _assigns(node) or _calls(node)]


def _assigns(node: ast.AST) -> bool:
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    flat = [part for target in targets for part in (target.elts if isinstance(target, ast.Tuple) else [target])]
    return isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign) and any(
        isinstance(part, ast.Attribute) and part.attr == "status" for part in flat
    )


def _calls(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    said = {part.value for argument in node.args for part in ast.walk(argument) if isinstance(part, ast.Constant)}
    if name == "setattr":
        return "status" in said
    if name == "bulk_update":
        return "status" in said
    if name in WRITING_CALLS:
        defaults = next((keyword.value for keyword in node.keywords if keyword.arg == "defaults"), None)
        return any(keyword.arg == "status" for keyword in node.keywords) or _has_status_key(defaults)
    return False


def _has_status_key(node: ast.AST | None) -> bool:
    if not isinstance(node, ast.Dict):
        return False
    return any(isinstance(key, ast.Constant) and key.value == "status" for key in node.keys)


def test_nobody_else_writes_a_status():
    # Demonstration content may be created in any state: it is where stories begin.
    everywhere = [
        path for path in modules(migrations=True) if path != WRITER and "demo" not in path.with_suffix("").parts
    ]
    assert [at(path, node) for path in everywhere for node in writes(tree(path))] == []


def test_the_one_writer_is_seen_by_the_same_eyes():
    assert [at(WRITER, node).split(":")[0] for node in writes(tree(WRITER))] == ["aapm_site/core/transitions.py"]


@pytest.mark.parametrize(
    "line",
    [
        "job.status = JobStatus.APPROVED",
        "a, job.status = 1, 'approved'",
        "Job.objects.filter(pk=1).update(status='approved')",
        "setattr(job, 'status', 'approved')",
        "Job.objects.bulk_update(jobs, ['status'])",
        "Job.objects.update_or_create(pk=1, defaults={'status': 'approved'})",
    ],
)
def test_a_planted_line_is_noticed(line):
    assert [at(Path("plant.py"), node) for node in writes(ast.parse(line))] == ["plant.py:1"]


@pytest.mark.parametrize(
    "line", ["response.status_code = 404", "if job.status == 'draft': pass", "Job(status='draft')"]
)
def test_what_does_not_write_is_left_alone(line):
    assert writes(ast.parse(line)) == []


def test_every_lifecycle_is_whole():
    """Each status has its moves, each move leads to a status and stamps fields that exist; each keeps its history."""
    found = lifecycle_models()
    assert len(found) >= 4
    for model in found:
        statuses = {value for value, _ in model._meta.get_field("status").choices}
        fields = {field.name for field in model._meta.get_fields()}
        history = model._meta.get_field("status_changes").related_model
        assert set(model.LIFECYCLE) == statuses, model
        assert {step.to for steps in model.LIFECYCLE.values() for step in steps} <= statuses, model
        assert {stamp for steps in model.LIFECYCLE.values() for step in steps for stamp in step.stamps} <= fields, model
        assert issubclass(history, StatusChange), model
        for steps in model.LIFECYCLE.values():
            assert len({step.to for step in steps}) == len(steps) == len({step.verb for step in steps}), model


def test_every_model_with_a_status_of_choices_has_a_lifecycle():
    """A stored status without a lifecycle would be one that anybody may write."""
    stored = [
        model
        for model in apps.get_models()
        if model.__module__.split(".")[0] in {"aapm_site", "content", "careers", "membership"}
        and any(field.name == "status" and field.choices for field in model._meta.concrete_fields)
        and not model._meta.label.endswith("Event")
    ]
    assert {model._meta.label for model in stored} == {model._meta.label for model in lifecycle_models()}
