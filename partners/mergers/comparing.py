"""Side by side: what each of two has that would move, counted in one query."""

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from factory.merging import pointing_at

FACTS = ("name", "kind", "state", "region", "kvk", "website", "email", "phone", "mission")


def counted(pair, leave):
    """``[(what, how many of the first, of the second)]`` of everything that points at either of two."""
    relations = [
        (label, relation)
        for label, relation in pointing_at(type(pair[0]))
        if label not in leave and is_counted(relation.related_model)
    ]
    names = {
        f"n{number}": _how_many(relation) for number, (_label, relation) in enumerate(relations)
    }
    rows = type(pair[0])._base_manager.filter(pk__in=[one.pk for one in pair])
    found = {row["pk"]: row for row in rows.annotate(**names).values("pk", *names)}
    first, second = (found[one.pk] for one in pair)
    return [
        (_called(relation), first[name], second[name])
        for name, (_label, relation) in zip(names, relations, strict=True)
        if first[name] or second[name]
    ]


def is_counted(model):
    """Not what lies between two tables, nor what is sealed: how much of it somebody has tells too much."""
    return not model._meta.auto_created and not getattr(model, "is_sealed", False)


def _how_many(relation):
    name = relation.field.name
    rows = relation.related_model._base_manager.filter(**{name: OuterRef("pk")}).order_by()
    return Coalesce(Subquery(rows.values(name).annotate(n=Count("pk")).values("n")), 0)


def _called(relation):
    """The rows' name; of a match also on which side."""
    words = capfirst(relation.related_model._meta.verbose_name_plural)
    same = [f for f in relation.related_model._meta.fields if f.related_model is relation.model]
    return f"{words} ({relation.field.verbose_name})" if len(same) > 1 else words


def facts(pair):
    """``[(label, of the first, of the second)]`` of what is said about two organisations."""
    first, second = pair
    return [(_label(first, name), _said(first, name), _said(second, name)) for name in FACTS]


def _label(one, name):
    return _("State") if name == "state" else capfirst(one._meta.get_field(name).verbose_name)


def _said(one, name):
    shown = getattr(one, f"get_{name}_display", None)
    return (shown() if shown else getattr(one, name)) or "–"
