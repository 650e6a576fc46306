"""Operations of one migration that leave the columns of tables as they are, drawn up in one go.

After every constraint, index or trigger Django renders the model and all its neighbours anew; in an empty database
that is most of the time `make up` takes. Here the models are rendered once for all of them.
"""

from django.db.migrations.operations.base import Operation, OperationCategory


class Together(Operation):
    """Constraints, indexes, triggers and words of fields, in their order; none reads what another one left behind."""

    category = OperationCategory.MIXED

    def __init__(self, *operations):
        self.operations = operations

    def state_forwards(self, app_label, state):
        rendered = state.__dict__.pop("apps", None)  # unrendered, a state is changed and no more
        for operation in self.operations:
            operation.state_forwards(app_label, state)
        if rendered is not None:
            state.apps = rendered
            touched = dict.fromkeys(operation.model_name_lower for operation in self.operations)
            state.reload_models([(app_label, name) for name in touched])

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def references_model(self, name, app_label):
        return any(operation.references_model(name, app_label) for operation in self.operations)

    def describe(self):
        return "; ".join(operation.describe() for operation in self.operations)
