"""What the jury's pages reckon with: who is how far, who can read what, and the marks that count."""

from collections import Counter, defaultdict
from statistics import fmean

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count

from challenges import assigning, ranking
from challenges.models import (
    Assessment,
    Consensus,
    Criterion,
    Entry,
    EntryPartner,
    Interest,
    Juror,
    Score,
)

NOT_JUDGED = ["draft", "submitted", "withdrawn", "unsent", "repair", "excluded"]
LONG_ENOUGH = 5  # letters of a word of somebody's expertise that is looked for in an entry


def pairs_to_assign(challenge, each):
    """What is missing for every entry to have ``each`` jurors: ``[(juror's id, entry's id)]``."""
    entries = {entry.pk: entry for entry in challenge.entries.to_judge().order_by("number")}
    seats = {juror.pk: juror for juror in sitting(challenge)}
    declared = set(
        Interest.objects.clear()
        .filter(juror__in=seats, entry__in=entries)
        .values_list("juror", "entry")
    )
    every = {(juror, entry) for juror in seats for entry in entries}
    belongs = of_the_entrants(seats.values(), entries.values())
    held = Assessment.objects.standing().filter(challenge=challenge, round="text")
    return assigning.plan(
        entries,
        seats,
        each,
        closed=(every - declared) | belongs,
        fits=_knows(seats.values(), entries.values()),
        standing=set(held.values_list("juror", "entry")) & every,
        done=set(held.locked().exclude(juror__in=seats).values_list("juror", "entry")),
    )


def sitting(challenge):
    """The jurors who said yes, the chair first."""
    seats = Juror.objects.filter(challenge=challenge, said_yes_at__isnull=False)
    return seats.select_related("person")


def of_the_entrants(seats, entries):
    """The pairs (juror's id, entry's id) of jurors who belong to the organisation that enters or to a partner."""
    by_organisation = defaultdict(list)
    for entry in entries:
        by_organisation[entry.organisation_id].append(entry.pk)
    partners = EntryPartner.objects.filter(entry__in=[entry.pk for entry in entries])
    for organisation, entry in partners.values_list("organisation", "entry"):
        by_organisation[organisation].append(entry)
    seat_of = {juror.person_id: juror.pk for juror in seats}
    from_here = Juror.person.field.related_model.memberships.rel.related_model.objects.confirmed()
    rows = from_here.filter(person__in=seat_of, organisation__in=by_organisation)
    return {
        (seat_of[person], entry)
        for person, organisation in rows.values_list("person", "organisation")
        for entry in by_organisation[organisation]
    }


def _knows(seats, entries):
    """The pairs in which a word of the juror's expertise stands in the entry's title or summary."""
    texts = [(entry.pk, f"{entry.title} {entry.summary}".lower()) for entry in entries]
    return {
        (juror.pk, entry)
        for juror in seats
        for word in juror.expertise.lower().split()
        if len(word) >= LONG_ENOUGH
        for entry, text in texts
        if word in text
    }


def round_of(challenge):
    """In which round marks are given or were given last."""
    return "text" if challenge.state in ("scoring", "consensus") else "pitch"


def progress(challenge, round="text"):
    """``[{"juror", "declared", "conflicts", "open", "locked"}]``: who is how far."""
    standing = Assessment.objects.standing().filter(challenge=challenge, round=round)
    states = counted(standing, "juror", "state")
    said = counted(Interest.objects.filter(juror__challenge=challenge), "juror", "conflicted")
    return [
        {
            "juror": juror,
            "declared": said[juror.pk, True] + said[juror.pk, False],
            "conflicts": said[juror.pk, True],
            "open": states[juror.pk, "open"],
            "locked": states[juror.pk, "locked"],
        }
        for juror in sitting(challenge)
    ]


def counted(rows, *names):
    """How many rows there are for each combination of these columns, counted by the database."""
    found = rows.values_list(*names).annotate(n=Count("pk")).order_by()
    return Counter({tuple(row[:-1]): row[-1] for row in found})


def asked_now(challenge):
    """The criteria that count by now: those on the text, and from the pitch on those too."""
    asked = list(Criterion.objects.filter(challenge=challenge))
    given = Assessment.objects.standing().filter(challenge=challenge, round="pitch")
    if challenge.state in ("scoring", "consensus"):  # some pitched, then one came back who did not
        given = given.filter(entry__state=Entry.State.SHORTLISTED)
    pitched = given.exists()
    return [c for c in asked if pitched or c.scored_at == Criterion.ScoredAt.TEXT]


def judged(challenge):
    """The entries that are compared: the finalists once there are any, else all that were admitted."""
    entries = Entry.objects.filter(challenge=challenge).only("number", "title", "state")
    entries = entries.order_by("number")
    finalists = entries.filter(state=Entry.State.SHORTLISTED)
    return list(finalists) or list(entries.exclude(state__in=NOT_JUDGED))


def marks_of(challenge, entries, criteria):
    """``{entry's id: {criterion's id: [marks]}}``: the agreed mark if there is one, else the locked marks."""
    marks = {entry.pk: {criterion.pk: [] for criterion in criteria} for entry in entries}
    keys = {criterion.pk for criterion in criteria}
    rows = Score.objects.locked().filter(assessment__challenge=challenge)
    rows = rows.order_by().values_list("assessment__entry", "criterion")
    for entry, criterion, points in rows.annotate(marks=ArrayAgg("points")):
        if entry in marks and criterion in keys:
            marks[entry][criterion] = points
    agreed = Consensus.objects.filter(entry__challenge=challenge)
    for entry, criterion, points in agreed.values_list("entry", "criterion", "points"):
        if entry in marks and criterion in keys:
            marks[entry][criterion] = [points]
    return marks


def told_marks(challenge, entries):
    """``{entry's id: [(criterion, mark)]}`` as entrants hear them: the agreed mark, else the average of the jurors'.

    A criterion on which nobody gave a mark is left out.
    """
    criteria = list(Criterion.objects.filter(challenge=challenge))
    given = marks_of(challenge, entries, criteria)
    return {
        entry: [(c, fmean(marks[c.pk])) for c in criteria if marks[c.pk]]
        for entry, marks in given.items()
    }


class Standing:
    """The order of a challenge's entries by the marks that count now."""

    def __init__(self, challenge):
        self.criteria = asked_now(challenge)
        self.entries = {entry.pk: entry for entry in judged(challenge)}
        self.weights = {criterion.pk: criterion.weight for criterion in self.criteria}
        self.minima = {c.pk: c.minimum for c in self.criteria if c.minimum}
        self.marks = marks_of(challenge, self.entries.values(), self.criteria)
        self.places = ranking.rank(self.weights, self.marks, self.minima)

    def below(self):
        """``{entry's id: titles of the criteria}`` of those that stay under a minimum mark."""
        titles = {criterion.pk: criterion.title for criterion in self.criteria}
        return {p.entry: [titles[key] for key in p.below] for p in self.places if p.below}

    def turns(self, first=3):
        """At which weight of each criterion the order of the first changes: ``[(criterion, turn)]``."""
        found = ranking.sensitivity(self.weights, self.marks, first, self.minima)
        return list(zip(self.criteria, found, strict=True))
