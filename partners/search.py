"""Partners in the search over the whole site."""

from dataclasses import replace

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factory.search import SHOWN, Hit, Ranked, Section, asking, best
from factory.templatetags.words import count
from partners.directory import PART, found, in_the_directory, inside, listed_names
from partners.filters import asked, options
from partners.models import Organisation
from partners.models.taxonomy import resembling
from partners.searching import Searched

COLUMNS = ("pk", "name", "slug", "kind", "region__name")
SAID = "ts_rank(the_search, to_tsquery('simple', %s) || to_tsquery('dutch', %s))"
LIKENESS = "word_similarity(upper(%s), upper(the_name))"


def search_sections(text):
    """Who stands in the directory and holds the words, delivers what they stand for, or sits there."""
    address = QueryDict(mutable=True)
    address["q"] = text
    choices = options(address)
    wanted = asked(address, choices)
    sectors = ((option.key, option.keywords) for option in choices["sector"])
    near = replace(wanted, similar=True, meant=tuple(resembling(sectors, wanted.words)))
    total, similar, rows = best(
        found(wanted, *COLUMNS),
        found(near, *COLUMNS),
        COLUMNS,
        Ranked.by_words(SAID, PART, wanted.words),
        Ranked(LIKENESS, (text,)),
    )
    words = _("All results among the partners (%(n)s)") % {"n": count(total)}
    url = asking(reverse("partners:list"), text)
    yield Section(
        "partners", _("Partners"), total, similar, [_hit(*row) for row in rows], (words, url)
    )
    yield _listed(text, f"{url}#listed")


def _listed(text, url):
    """Whom this may mean of those that stand in the registry by name alone."""
    there = list(listed_names(text)[:SHOWN])
    names = [_hit(one.pk, one.name, one.slug, one.kind, one.region.name) for one in there]
    total = there[0].of if there else 0
    told = _("All names that are only in the registry (%(n)s)") % {"n": count(total)}
    title = _("In the registry, but nobody has joined yet")
    return Section("listed", title, total, False, names, (told, url))


def _hit(_pk, name, slug, kind, place):
    kinds = dict(Organisation.Kind.choices)
    url = reverse("partners:organisation", args=[slug])
    return Hit(name, url, (str(kinds[kind]), place), shape=Organisation.SHAPES[kind])


def searched_lists():
    """The directory, for who keeps a search of it."""
    words = gettext_lazy("Partners")
    yield Searched(
        "partners", words, "partners:list", "active_since", _answering, _titles, by_day=True
    )


def _answering(address, columns):
    wanted = asked(address, options(address))
    sql, parameters = found(wanted, *columns)
    ticked, keys = inside(wanted)
    return f"SELECT * FROM ({sql}) found WHERE {ticked}", [*parameters, *keys]  # noqa: S608


def _titles(keys):
    rows = in_the_directory().filter(pk__in=keys).values_list("pk", "name", "slug")
    return {key: (name, reverse("partners:organisation", args=[slug])) for key, name, slug in rows}
