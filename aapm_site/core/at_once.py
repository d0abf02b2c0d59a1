"""Many tables in one step of a migration.

Django builds its historical models anew for each operation, and every model that is related to the changed one with it:
here all of them, by way of the person. For a few operations that is a second, for the tables of a whole app it is
minutes, and a database from nothing pays it again and again.
"""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.models import CreateModel
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger


class AtOnce(Operation):
    """Tables and their triggers, made from the models as they are after all of them, which are built once.

    Foreign keys are added at the end of a migration, so the order of tables is free, and two of them may point at each
    other. Raises TypeError for any other operation: it may need the models as they are before or between the others.
    """

    serialization_expand_args = ["operations"]

    def __init__(self, operations: Sequence[Operation]) -> None:
        if others := [one for one in operations if not isinstance(one, CreateModel | AddTrigger)]:
            raise TypeError(f"Not to be done at once: {', '.join(map(repr, others))}")
        self.operations = list(operations)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return self.__class__.__name__, [], {"operations": self.operations}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)  # nothing is built along the way; whoever asks next builds all of it
        for operation in self.operations:
            operation.state_forwards(app_label, state)
        state.is_delayed = False  # what is built next lacks nothing: a function's step need not build it once more

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for operation in reversed(self.operations):
            if isinstance(operation, CreateModel):  # a trigger goes with its table
                operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"Make {len(self.operations)} tables and triggers at once"
