"""The note for the buyer's file: what was asked, who was asked, what they answered, and why this one.

Everything stands in the journal or in a row; nothing is added. Until the closing time it holds no price.
"""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from factory import clock, pdf
from factory.journal.models import Event
from factory.templatetags.words import day, euro, moment
from market.history import histories, last, who_said
from market.introducing import reference_of
from market.models import Match, prices_of
from market.models.asking import names_of
from market.papers.rounds import prices_by_round, rounds_of
from market.totals import above_the_limit, of_a_year, totals_on
from partners.absence import who_answers

State = Match.State
CHOSEN = (State.AGREED, State.DISPUTED, State.COMPLETED)


def note_for_the_file(need):
    """The note about one need, in the language of the reader."""
    every = need.matches.select_related("organisation", "choice__by").order_by("rank", "pk")
    matches = [match for match in every if match.state != State.DISMISSED]
    put_aside = len(every) - len(matches)
    for match in matches:
        match.buyer = need.organisation
    events = histories(matches)
    rounds = rounds_of(need)
    chosen = [match for match in matches if match.state in CHOSEN]
    parts = [
        *_asked(need),
        *_limit(need, chosen, events),
        *_answers(matches, events, put_aside),
        *prices_by_round(rounds, matches, events),
        *_choice(chosen, events),
        *_fell_through(matches, events),
        *_totals(need, chosen, events),
        pdf.note(_made_of()),
    ]
    return pdf.Paper(
        _("Note for the file: %(title)s") % {"title": need.title}, parts, need.organisation.name
    )


def _made_of():
    return _(
        "This note is made from the journal of the Social Impact Factory, as it stood on %(moment)s. "
        "The reasons why somebody was not chosen are neutral codes. Words in free text are the "
        "buyer’s own; they may become public."
    ) % {"moment": moment(clock.now())}


def _asked(need):
    yield pdf.heading(_("The need"))
    yield pdf.facts(
        [
            (_("What"), need.title),
            (_("Reference"), reference_of(need)),
            (_("Buyer"), need.organisation.legal_name or need.organisation.name),
            (_("Contact person"), str(who_answers(need.organisation_id, need.contact_id) or "")),
            (_("On the market since"), day(_first_live(need))),
            (_("Where"), need.region.name),
            (_("Needed on"), day(need.needed_by_date)),
            (_("Estimate, without VAT"), _estimate(need)),
            (_("A supplier must have"), ", ".join(names_of(need.asked_proofs))),
        ]
    )
    if need.text:
        yield pdf.text(need.text)


def _first_live(need):
    """When it first came on the market; who puts it back, or renews it, starts no new file."""
    first = Event.objects.about(need).filter(to_state=need.State.LIVE).first()
    return first.at if first else need.live_at


def _estimate(need):
    if not need.value_cents:
        return _("none was given")
    words = f"{euro(need.value_cents)}, {need.get_unit_display()}"
    if of_a_year(need) == need.value_cents:
        return words
    return _("%(words)s; %(amount)s over a year") % {
        "words": words,
        "amount": euro(of_a_year(need)),
    }


def _limit(need, chosen, events):
    """The limit as it held on the day of the choice; today's while nobody is chosen."""
    made = [last(events[match.pk], "choose", "agree") for match in chosen]
    when = next((event.at for event in made if event), clock.now())
    on = timezone.localdate(when)
    limit = need.organisation.purchase_limit(on)
    asked = prices_of(need)
    yield pdf.heading(_("Purchase limit"))
    if limit is None:
        yield pdf.text(_("The organisation has noted no purchase limit for this day."))
    else:
        yield pdf.facts(
            [
                (_("One supplier up to"), euro(limit.cents)),
                (_("Holds since"), day(limit.valid_from)),
                (_("Source"), limit.policy_url or _("no source was noted")),
                (_("The estimate"), _("above the limit") if above_the_limit(need, on) else ""),
            ]
        )
    if asked:
        yield pdf.facts(
            [
                (_("Prices asked because"), asked.get_because_display()),
                (_("Closing time"), moment(asked.closes_at)),
            ]
        )


def _answers(matches, events, put_aside):
    """Who was put aside before anybody was told stays unnamed, as on the page of the need."""
    yield pdf.heading(_("Who was suggested, asked and answered"))
    if not (matches or put_aside):
        yield pdf.text(_("Nobody has been suggested yet."))
    if matches:
        rows = [_answer(match, events[match.pk]) for match in matches]
        head = [_("Supplier"), _("Suggested"), _("Asked"), _("What they answered")]
        yield pdf.table(_("From the journal"), head, rows, widths=[3, 2, 2, 4])
    if put_aside:
        words = ngettext(
            "%(n)s more was suggested by the site and put aside before anybody asked them.",
            "%(n)s more were suggested by the site and put aside before anybody asked them.",
            put_aside,
        )
        yield pdf.text(words % {"n": put_aside})


def _answer(match, events):
    suggested, asked = last(events, "suggest"), last(events, "approve", "ask_again")
    return [
        match.organisation.name,
        _short(suggested) or _short(asked),
        _short(asked) or _("not asked"),
        _answered(match, events) if asked else "–",
    ]


def _answered(match, events):
    """What the supplier said and how it ended, each with its day."""
    said = [
        (_("gave a price"), last(events, "quote")),
        (_("took the price back"), last(events, "withdraw_quote")),
        (_("said yes"), last(events, "accept", side="supplier")),
        (_("said no"), last(events, "decline", side="supplier")),
        (_("the buyer said no"), last(events, "decline", side="buyer")),
        (_("no answer came in time"), last(events, "lapse")),
        (_("called off"), last(events, "cancel")),
        (_("chosen"), last(events, "choose", "agree")),
        (_("not chosen"), last(events, "pass_over", "stand_down")),
    ]
    told = sorted(((e.at, words) for words, e in said if e), key=lambda row: row[0])
    lines = [f"{words}, {_day(at)}" for at, words in told]
    reason = [match.get_reason_display()] if match.reason else []
    return "\n".join([*lines, *reason]) or _("no answer yet")


def _short(event):
    return _day(event.at) if event else ""


def _day(at):
    return f"{timezone.localdate(at):%d-%m-%Y}"


def _choice(chosen, events):
    yield pdf.heading(_("Why this one"))
    if not chosen:
        yield pdf.text(_("Nobody has been chosen yet."))
    for match in chosen:
        why, made = getattr(match, "choice", None), last(events[match.pk], "choose", "agree")
        yield pdf.facts(
            [
                (_("Chosen"), match.organisation.legal_name or match.organisation.name),
                (_("Agreed, without VAT"), euro(match.agreed_cents)),
                (_("Chosen on"), day(made.at) if made else ""),
                (_("By"), who_said(made) if made else ""),
                (_("Reason"), why.get_chosen_for_display() if why else ""),
                (_("In their words"), why.text if why else ""),
                (_("Confirmed by both"), euro(match.realised_cents)),
            ]
        )


def _fell_through(matches, events):
    """Who was chosen before, and why that came to nothing."""
    for match in matches:
        made, ended = last(events[match.pk], "choose", "agree"), last(events[match.pk], "cancel")
        if match.state != State.CANCELLED or not made or not ended:
            continue
        why = getattr(match, "choice", None)
        yield pdf.heading(_("Chosen before, and called off"))
        yield pdf.facts(
            [
                (_("Chosen"), match.organisation.legal_name or match.organisation.name),
                (_("Agreed, without VAT"), euro(match.agreed_cents)),
                (_("Chosen on"), day(made.at)),
                (_("Reason"), why.get_chosen_for_display() if why else ""),
                (_("In their words"), why.text if why else ""),
                (_("Called off on"), day(ended.at)),
                (_("Called off because"), match.get_reason_display()),
            ]
        )


def _totals(need, chosen, events):
    """Of the year in which each was chosen, beside the limit of that day."""
    if not chosen:
        return
    made = {match: last(events[match.pk], "choose", "agree") for match in chosen}
    whens = {match: event.at if event else match.introduced_at for match, event in made.items()}
    days = [(match.organisation, timezone.localdate(at)) for match, at in whens.items()]
    yield pdf.heading(_("In the year of the choice"))
    yield pdf.points(
        f"{total.words} {_('That is above your limit.') if total.is_above else ''}".strip()
        for total in totals_on(need.organisation, days)
    )
