"""The first tables of an app, made in one go.

Django renders every model anew after each operation of a migration. With some hundred models that
are tied to each other, making an empty database took most of a minute; each new installation and
each test database paid it. Here the state of all operations is worked out first, the models are
rendered once, and each table is created as it stands at the end, with its keys and constraints.
"""

from collections.abc import Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger

# What CREATE TABLE of the finished model says already
SAID_BY_THE_TABLE = (AddField, AddIndex, AddConstraint)


class FirstTables(Operation):
    """Operations as makemigrations writes them, about tables that this operation creates itself.

    Raises TypeError for an operation about anything else: it belongs after this one.
    Not reversible: before the first tables there is nothing to go back to.
    """

    category = OperationCategory.ADDITION
    reversible = False

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = list(operations)
        self.created = [one.name for one in self.operations if isinstance(one, CreateModel)]
        known = {name.lower() for name in self.created}
        for one in self.operations:
            if isinstance(one, CreateModel):
                continue
            if (
                not isinstance(one, (*SAID_BY_THE_TABLE, AddTrigger))
                or one.model_name.lower() not in known
            ):
                raise TypeError(f"{one!r} is not about a first table")

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)  # rendered again once, when the tables are made
        for one in self.operations:
            one.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for name in self.created:
            model = to_state.apps.get_model(app_label, name)
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.create_model(model)
        for one in self.operations:
            if isinstance(one, AddTrigger):
                one.database_forwards(app_label, schema_editor, to_state, to_state)

    def describe(self) -> str:
        return f"Create {len(self.created)} tables"
