"""The pages of the jury: what one has to do, and how far everybody is."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.db.models import Case, Count, F, OuterRef, Q, Value, When
from django.http import Http404
from django.shortcuts import render
from django.utils.functional import cached_property

from challenges import scoring
from challenges.models import Assessment, Challenge, Entry, Interest, Juror
from challenges.models.entry import JURY_READS
from challenges.telling import rows_counted
from challenges.trail import trail
from factory.lists import LONGEST, page_of

STATES = {str(state) for state in JURY_READS}


@dataclass
class Table:
    """Somebody at the table of a jury: the challenge, their own seat if any, and whether they lead it."""

    challenge: Challenge
    seat: Juror | None
    leads: bool

    @property
    def is_anonymous(self):
        """Whether this person may not know who entered."""
        return bool(self.seat) and self.challenge.disclosure == Challenge.Disclosure.ANONYMOUS

    @cached_property
    def said(self):
        """What they declared: {entry's id: whether it is a conflict}."""
        return dict(self.seat.interests.values_list("entry", "conflicted")) if self.seat else {}

    @property
    def closed(self):
        """The ids of the entries about which they declared a conflict."""
        return {entry for entry, conflicted in self.said.items() if conflicted}

    @cached_property
    def entries(self):
        """How many entries the jury has."""
        return self.challenge.entries.to_judge().count()


def at_the_table(person, slug, states=STATES):
    """Whoever sits in the jury or leads it, once it is at work; for everybody else there is no such page."""
    things = Challenge.objects.visible_to(person).filter(slug=slug, state__in=states)
    things = things.exclude(coachings__coach=person)  # who coaches has no part in judging
    asked = Juror.objects.asked().filter(challenge=OuterRef("pk"))
    things = things.annotate(still_asked=rows_counted(asked))
    challenge = things.select_related("organisation").first()
    if challenge is None:
        raise Http404
    seats = Juror.objects.standing().filter(challenge=challenge, person=person)
    seat = seats.annotate(to_do=_how_many("open"), done=_how_many("locked")).first()
    if (seat is None and not person.is_staff) or (seat and seat.said_yes_at is None):
        raise Http404
    return Table(challenge, seat, seat.chairs if seat else True)


def _how_many(state):
    return Count("assessments", filter=Q(assessments__state=state))


@login_required
def jury(request, slug):
    """Your entries to score; for the chair and the coordinators who is how far, and who reads what."""
    table = at_the_table(request.user, slug)
    context = {"challenge": table.challenge, "table": table}
    if table.seat:
        context |= own_work(table, request)
    if table.leads:
        context |= everybodys_work(table, request)
    return render(request, "challenges/jury.html", context)


def own_work(table, request):
    """What this juror declared, has to score, and has done: what is still to do first."""
    seat = table.seat
    is_done = Case(When(state=Assessment.State.OPEN, then=Value(0)), default=Value(1))
    rows = seat.assessments.standing().select_related("entry")
    rows = rows.order_by(is_done, "round", "entry__number")
    rows = rows.only("state", "round", "saved_at", "juror", "entry__number", "entry__title")
    return {
        "to_declare": table.entries - len(table.said),
        "conflicts": len(table.closed),
        "mine": page_of(rows, request.GET, seat.to_do + seat.done),
        "to_do": seat.to_do,
        "done": seat.done,
    }


def words_asked(request):
    """What somebody looks for on this page."""
    return request.GET.get("q", "").strip()[:LONGEST]


def readable_at(table, person):
    """The entries that somebody at the table may read."""
    seen = Entry.objects.read_by_jury(person) if table.seat else Entry.objects.visible_to(person)
    return seen.filter(challenge=table.challenge)


def sought(table, person, text):
    """The entries with this number or title, from whom it is, or read by a juror of this name.

    Nothing is found by what this person may not read: names where the jury sees none, entries closed to them.
    """
    entries, seen = table.challenge.entries.to_judge(), readable_at(table, person)
    held = Assessment.objects.standing().filter(round=scoring.round_of(table.challenge))
    held = held.filter(juror__person__name__icontains=text).exclude(entry__in=table.closed)
    holds = Q(pk__in=seen.about(text, names=not table.is_anonymous).values("pk"))
    holds |= Q(pk__in=held.values("entry"))
    if text.isdecimal():
        holds |= Q(number=int(text))
    return entries.filter(holds)


def everybodys_work(table, request):
    """Who is how far, and of a page of entries who reads them."""
    challenge, asked = table.challenge, words_asked(request)
    people = scoring.progress(challenge, scoring.round_of(challenge))
    entries, total = challenge.entries.to_judge(), table.entries
    if asked:
        entries = sought(table, request.user, asked)
        total = entries.count()
    read = When(pk__in=readable_at(table, request.user).values("pk"), then=F("title"))
    entries = entries.annotate(shown=Case(read, default=Value(""))).order_by("number")
    entries = entries.only("number", "challenge")
    name = "entries" if table.seat else "page"  # who has work of their own has pages of that too
    page = page_of(entries, request.GET, total, name)
    closed, readers = table.closed, readers_of(page.object_list, scoring.round_of(challenge))
    rows = [
        {
            "number": entry.number,
            "title": entry.shown,
            "readers": [] if entry.pk in closed else readers.get(entry.pk, []),
            "is_closed": entry.pk in closed,
        }
        for entry in page
    ]
    return {
        "people": people,
        "page_obj": page,
        "page_name": name,
        "rows": rows,
        "asked": asked,
        "total": total,
        "locked": sum(row["locked"] for row in people),
        "given": sum(row["locked"] + row["open"] for row in people),
        "changes_the_jury": request.user.is_staff and challenge.state == Challenge.State.SCORING,
        "silent": sum(not row["declared"] for row in people),
    }


def readers_of(entries, round):
    """``{entry's id: [assessments]}`` that stand."""
    found = {}
    rows = Assessment.objects.standing().filter(entry__in=list(entries), round=round)
    for assessment in rows.select_related("juror__person").order_by("juror"):
        found.setdefault(assessment.entry_id, []).append(assessment)
    return found


def free_jurors(challenge, entry):
    """Who could still read this entry, who has least to do first: ``[(juror, how many they have)]``."""
    loads = {row["juror"].pk: row["open"] + row["locked"] for row in scoring.progress(challenge)}
    clear = Interest.objects.clear().filter(entry=entry).values("juror")
    taken = Assessment.objects.standing().filter(entry=entry, round="text").values("juror")
    seats = scoring.sitting(challenge).filter(pk__in=clear).exclude(pk__in=taken)
    belongs = scoring.of_the_entrants(seats, [entry])
    free = [(seat, loads.get(seat.pk, 0)) for seat in seats if (seat.pk, entry.pk) not in belongs]
    return sorted(free, key=lambda pair: pair[1])


@login_required
def readers(request, slug, number):
    """Who reads one entry, and who could instead."""
    table = at_the_table(request.user, slug, {"scoring"})
    entry = Entry.objects.to_judge().filter(challenge=table.challenge, number=number).first()
    if not table.leads or entry is None or entry.pk in table.closed:
        raise Http404
    context = {
        "challenge": table.challenge,
        "table": table,
        "number": entry.number,
        "entry": entry,
        "readers": readers_of([entry], "text").get(entry.pk, []),
        "free": free_jurors(table.challenge, entry),
        "trail": trail(entry, with_reasons=table.seat is None),
    }
    return render(request, "challenges/readers.html", context)
