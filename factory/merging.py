"""Two rows that turn out to be one: whatever points at the one comes to point at the other.

Set-based: as many statements as there are references, however much is moved. What can be there once
only (a saved list, a tick, an answer) and is there on both sides is folded into the one that stays.
What needs more care than that, an app moves itself before (``merge_organisation`` and
``merge_person`` in its ``apps.py``).
"""

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, UniqueConstraint

from factory.graph import Moving
from factory.me.data import references

# What names a thing by its kind and its number: (model, the kind, the number).
NAMED = (
    ("coordination.note", "thing_type", "thing_id"),
    ("files.storedfile", "thing_type", "thing_id"),
    ("files.storedfile", "holder_type", "holder_id"),
)


def repoint(gone, stays, *, leave=()):
    """Let every reference to ``gone`` point at ``stays``; returns ``{"app.model.field": how many}``.

    ``leave``: the references that stay as they were, as ``app.model.field``.
    """
    moved = {}
    for label, relation in pointing_at(type(gone)):
        if label in leave:
            continue
        rows = relation.related_model._base_manager.filter(**{relation.field.name: gone.pk})
        _fold(rows, relation, stays)
        if number := rows.update(**{relation.field.name: stays.pk}):
            moved[label] = number
    for label, kind, number in NAMED:
        rows = apps.get_model(label)._base_manager.filter(**{kind: gone._meta.label_lower})
        if count := rows.filter(**{number: gone.pk}).update(**{number: stays.pk}):
            moved[f"{label}.{kind.removesuffix('_type')}"] = count
    return moved


def pointing_at(model):
    """Every reference to a model, many-to-many tables included: ``("app.model.field", relation)``."""
    for relation in references(model):
        yield f"{relation.related_model._meta.label_lower}.{relation.field.name}", relation


def _fold(rows, relation, stays):
    """Drop the rows of which the one that stays has the same already; never a thing with a state."""
    model = relation.related_model
    if issubclass(model, Moving):
        return
    for others, condition in _once(model, relation.field):
        same = {name: OuterRef(name) for name in others}
        twin = model._base_manager.filter(condition, **{relation.field.name: stays.pk}, **same)
        rows.filter(condition).filter(Exists(twin)).delete()


def _once(model, field):
    """What may be there once for each ``field``: (the other fields, under which condition)."""
    if field.unique:
        yield (), Q()
    for names in model._meta.unique_together:
        if field.name in names:
            yield [name for name in names if name != field.name], Q()
    for rule in model._meta.constraints:
        if isinstance(rule, UniqueConstraint) and field.name in rule.fields:
            yield [name for name in rule.fields if name != field.name], rule.condition or Q()
