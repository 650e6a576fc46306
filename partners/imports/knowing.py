"""What the words in a sheet can mean: kinds, places, sectors; read once for all lines."""

from collections import defaultdict

from django.utils import translation
from django.utils.functional import cached_property

from partners.imports.columns import COLUMNS, simple
from partners.models import Organisation, Region, Sector, Theme


class Known:
    """Shelves of ``{simple words: what they mean}``; a municipality's words may mean several."""

    @cached_property
    def kinds(self):
        return _choices(Organisation.Kind)

    @cached_property
    def forms(self):
        return _choices(Organisation.Form)

    @cached_property
    def sectors(self):
        return _named(Sector)

    @cached_property
    def themes(self):
        return _named(Theme)

    @cached_property
    def provinces(self):
        rows = Region.objects.current().provinces()
        return {simple(name): row.pk for row in rows for name in (row.name, *row.aliases)}

    @cached_property
    def municipalities(self):
        """``{words: [ids]}``; a place called so comes before one that people call so."""
        names, others = defaultdict(list), defaultdict(list)
        for row in Region.objects.current().municipalities():
            names[simple(row.name)].append(row.pk)
            for alias in row.aliases:
                others[simple(alias)].append(row.pk)
        return others | names

    @cached_property
    def regions(self):
        """Every place by its id, with its province."""
        return Region.objects.select_related("province").in_bulk()


def _choices(choices):
    found = {simple(value): value for value in choices.values}
    for language in ("nl", "en"):
        with translation.override(language):
            found |= {simple(str(choice.label)): choice.value for choice in choices}
    return found


def _named(model):
    rows = model.objects.all()
    return {simple(word): row.pk for row in rows for word in (row.slug, row.name_nl, row.name_en)}


def headed(cells):
    """The head of a sheet as columns (None where we know none), in order; each column once."""
    words = {word: column for column in COLUMNS for word in column.known_as()}
    found = []
    for cell in cells:
        column = words.get(simple(cell.removesuffix("*")))
        found.append(None if column in found else column)
    return found


def missing(columns):
    """The labels of the columns that a sheet cannot do without and that are not there."""
    return [str(column.label) for column in COLUMNS if column.required and column not in columns]
