"""What a text is about, in our own words: sectors, themes and goals, each with the word that led to it."""

import re
from collections import Counter

from django import forms
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Value
from django.utils.translation import gettext as _

from factory.journal.models import Event
from partners.forms import Refused
from partners.models import Goal, Sector, Theme

MODELS = {"sectors": Sector, "themes": Theme, "goals": Goal}
FACTS = ("id", "slug", "name_nl", "name_en", "order", "keywords")
MOST = 4  # of each
SHORTEST_PART = 4  # of a compound: "lunch" is heard in "vergaderlunch"


def heard_in(text, rows):
    """``[(row, word)]`` of the rows whose words the text holds, what it speaks of most first."""
    words = re.findall(r"\w+", text.lower())
    found = [(row, Counter(_heard(row.keywords, words, f" {' '.join(words)} "))) for row in rows]
    found = [(row, heard) for row, heard in found if heard]
    found.sort(key=lambda pair: (-pair[1].total(), pair[0].order))
    return [(row, heard.most_common(1)[0][0]) for row, heard in found[:MOST]]


def _heard(keywords, words, text):
    """The words of the text, each time it uses one of the keywords, glued to another or not."""
    for keyword in keywords:
        if " " in keyword:
            yield from [keyword] * text.count(f" {keyword} ")
        elif len(keyword) >= SHORTEST_PART:
            yield from (word for word in words if word.endswith(keyword))
        else:
            yield from (word for word in words if word == keyword)


def proposals(thing, text, names):
    """``{name: [(row, word)]}`` of what this thing is not tagged with and was not offered before."""
    found = {}
    for name, rows in _untagged(thing, names).items():
        if heard := heard_in(text, rows):
            found[name] = heard
    return found


def _untagged(thing, names):
    """``{name: [row]}`` of what could be offered, in one query for all names."""
    past = Event.objects.about(thing).filter(verb=f"{thing._meta.model_name}.take_words")
    parts = [_part(thing, name, past) for name in names]
    found = {name: [] for name in names}
    for name, offered, *facts in parts[0].union(*parts[1:], all=True):
        known = {pk for one in offered for pk in (one or {}).get(name, [])}
        row = MODELS[name](**dict(zip(FACTS, facts, strict=True)))
        if row.pk not in known:
            found[name].append(row)
    return {
        name: sorted(rows, key=lambda row: (row.order, row.slug)) for name, rows in found.items()
    }


def _part(thing, name, past):
    tagged = getattr(thing, name).order_by().values("pk")
    rows = MODELS[name].objects.exclude(pk__in=tagged).order_by()
    offered = ArraySubquery(past.values("details__offered"))
    return rows.annotate(name=Value(name), offered=offered).values_list("name", "offered", *FACTS)


class ProposalForm(Refused):
    """Everything that was heard, ticked: one press takes it over, and what does not fit is unticked."""

    names = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.offered = proposals(self.thing, self.text(), self.names)
        for name, rows in self.offered.items():
            label = self.thing._meta.get_field(name).verbose_name
            self.fields[name] = forms.TypedMultipleChoiceField(
                label=str(label).capitalize(),
                choices=[(row.pk, _led_to(row, word)) for row, word in rows],
                initial=[row.pk for row, _word in rows],
                coerce=int,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    def text(self):
        """The words that somebody typed."""
        raise NotImplementedError

    def clean(self):
        data = super().clean()
        offered = {name: [row.pk for row, _word in rows] for name, rows in self.offered.items()}
        return {"taken": data, "offered": offered}


def _led_to(row, word):
    return _("%(name)s, because you wrote ‘%(word)s’") % {"name": row, "word": word}


class OrganisationProposals(ProposalForm):
    """What an organisation's own words tell of it."""

    names = ("sectors", "themes", "goals")

    def text(self):
        return f"{self.thing.name} {self.thing.mission} {self.thing.description}"


def take(thing, taken, offered):
    """Tag the thing with what was left ticked. The journal keeps what was offered, so it is offered once."""
    for name, keys in taken.items():
        getattr(thing, name).add(*keys)
    return {"offered": offered, "taken": taken}
