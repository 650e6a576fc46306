"""The pages on which entries are checked, laid beside each other, ranked and pitched."""

from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.db.models import Case, Count, Q, Value, When
from django.http import Http404
from django.shortcuts import render

from challenges import scoring
from challenges.lifecycle.entry import moves as entry_moves
from challenges.models import Challenge, Consensus, Entry
from challenges.papers.bundle import jury_bundle
from challenges.views.jury import at_the_table, readable_at, words_asked
from factory.lists import page_of
from factory.pdf import pdf_of

State = Entry.State
TOGETHER = {"consensus", "pitching", "proposed", "decided"}
HERE = ("admit", "ask_to_repair", "exclude")


@login_required
def check(request, slug):
    """The formal check: every entry that was opened, those that wait first, and what can be done with it."""
    person = request.user
    things = Challenge.objects.visible_to(person).filter(slug=slug, state="checking")
    challenge = things.first()
    if challenge is None or not person.is_staff:
        raise Http404
    entries = Entry.objects.visible_to(person).filter(challenge=challenge)
    attached = Count("attachments", filter=Q(attachments__sent=True))
    waits = Case(When(state__in=[State.SUBMITTED, State.REPAIR], then=Value(0)), default=Value(1))
    entries = entries.select_related("organisation", "challenge").order_by(waits, "number")
    states = scoring.counted(Entry.objects.visible_to(person).filter(challenge=challenge), "state")
    asked, total = words_asked(request), states.total()
    if asked:
        entries = entries.about(asked)
        total = entries.count()
    page = page_of(entries.annotate(attached=attached), request.GET, total)
    rows = [
        {
            "entry": entry,
            "moves": [
                name
                for name in HERE
                if entry_moves[name].possible(entry)
                and not (name == "ask_to_repair" and entry.repairs)
            ],
        }
        for entry in page
    ]
    waiting = states[(State.SUBMITTED,)] + states[(State.REPAIR,)]
    context = {"challenge": challenge, "rows": rows, "page_obj": page, "waiting": waiting}
    context |= {"asked": asked, "total": total, "all": states.total()}
    return render(request, "challenges/check.html", context)


def keys(rows):
    """Their ids, as a set."""
    return set(rows.values_list("pk", flat=True))


@login_required
def ranking(request, slug):
    """The order by the marks that count, exactly; ties as ties, and at which weights it would change."""
    table = at_the_table(request.user, slug, TOGETHER)
    standing, seen = scoring.Standing(table.challenge), keys(readable_at(table, request.user))
    titles = {criterion.pk: criterion.title for criterion in standing.criteria}
    page = page_of(standing.places, request.GET)
    here = [place.entry for place in page]
    agreed = set(Consensus.objects.filter(entry__in=here).values_list("entry", flat=True))
    rows = [
        {
            "place": place,
            "entry": standing.entries[place.entry] if place.entry in seen else None,
            "number": standing.entries[place.entry].number,
            "total": float(place.total) if place.total is not None else None,
            "below": [titles[key] for key in place.below],
            "missing": [titles[key] for key in place.missing],
            "agreed": place.entry in agreed,
        }
        for place in page
    ]
    context = {
        "challenge": table.challenge,
        "table": table,
        "rows": rows,
        "page_obj": page,
        "turns": standing.turns(),
        "criteria": standing.criteria,
    }
    return render(request, "challenges/ranking.html", context)


@login_required
def pitches(request, slug):
    """Who pitches when, for equally long, with a clock; and where one scores it."""
    table = at_the_table(request.user, slug, {"pitching", "proposed"})
    challenge, seen = table.challenge, keys(readable_at(table, request.user))
    mine = {}
    if table.seat:
        held = table.seat.assessments.standing().filter(round="pitch")
        mine = {one.entry_id: one for one in held.select_related("entry")}
    finalists = challenge.entries.filter(state=Entry.State.SHORTLISTED).order_by("number")
    each = timedelta(minutes=challenge.pitch_minutes)
    rows = [
        {
            "entry": entry if entry.pk in seen else None,
            "number": entry.number,
            "mine": mine.get(entry.pk),
            "begins_at": challenge.pitch_at and challenge.pitch_at + each * place,
        }
        for place, entry in enumerate(finalists)
    ]
    explored = challenge.explorations.select_related("entry") if challenge.explore_teams else []
    context = {"challenge": challenge, "table": table, "rows": rows}
    context |= {"explored": explored, "seen": seen}
    return render(request, "challenges/pitches.html", context)


@login_required
def bundle_pdf(request, slug):
    """Everything this juror reads, as one PDF."""
    table = at_the_table(request.user, slug)
    seen = keys(readable_at(table, request.user))
    if not seen:
        raise Http404
    entries = Entry.objects.filter(pk__in=seen).exclude(state=Entry.State.EXCLUDED)
    entries = entries.select_related("organisation").order_by("number")
    paper = jury_bundle(table.challenge, entries, is_anonymous=table.is_anonymous)
    return pdf_of(paper, f"jury-{table.challenge.slug}")
