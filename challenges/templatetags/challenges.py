"""Small parts of the pages of challenges, made in Python as they stand in long lists."""

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from challenges.house_terms import answer_days, ring_days
from challenges.models.states import ChallengeState, Phase
from factory.markup import format_html, format_html_join
from factory.templatetags.parts import party, pill
from factory.templatetags.words import count, euro, lang_if_other, short_day
from partners.models import Organisation

register = template.Library()
PILLS = {
    Phase.OPEN: ("open", "ring"),
    Phase.JUDGED: ("wait", "clock"),
    Phase.AWARDED: ("ok", "check"),
    Phase.ENDED: ("late", "x"),
}
ROW = (
    '<li class="item"><div class="item__main"><p class="small soft">{}</p>'
    '<h3><a class="card__link" href="{}"{}>{}</a></h3>{}<div>{}</div></div>'
    '<div class="item__side"><span class="item__price num">{}</span><span class="small soft">{}</span>'
    "{}{}</div></li>"
)


@register.simple_tag
def challenge_count(total, asked):
    """How many there are, in words that fit what was asked."""
    if asked.phases == [Phase.OPEN]:
        words = ngettext("%(n)s challenge is open", "%(n)s challenges are open", total)
    else:
        words = ngettext("%(n)s challenge", "%(n)s challenges", total)
    return words % {"n": count(total)}


@register.simple_tag
def challenge_rows(challenges, instruments):
    """The rows of the board; ``instruments`` are the options of that facet, for their names."""
    labels = {option.key: option.label for option in instruments}
    kinds = {str(kind): str(label) for kind, label in Organisation.Kind.choices}
    place = reverse("challenges:challenge", args=["-"])  # one look at the map for all rows
    rows = ((_row(one, labels, kinds, place),) for one in challenges)
    return format_html('<ul class="items">{}</ul>', format_html_join("", "{}", rows))


def _row(one, instruments, kinds, place):
    kind = one.organisation__kind
    shown = party(name=one.organisation__name, shape=Organisation.SHAPES[kind], kind=kinds[kind])
    lang = lang_if_other(one.language)
    amount, about = _money(one)
    return format_html(
        ROW,
        " · ".join([one.region__name, instruments.get(one.instrument_id, "")]),
        place.replace("-", one.slug),
        lang,
        one.title,
        format_html("<p{}>{}</p>", lang, one.sentence) if one.sentence else "",
        shown,
        amount,
        about,
        phase_pill(one.state, one.phase, one.deadline_at),
        _until(one),
    )


def _money(one):
    """What is in the envelope; once it is awarded, what was awarded."""
    if one.phase == Phase.AWARDED:
        return euro(one.committed_cents), _("awarded, without VAT")
    return euro(one.envelope_cents), _("envelope, without VAT")


def _until(one):
    if one.phase != Phase.OPEN or one.deadline_at is None:
        return ""
    words = _("until %(day)s") % {"day": short_day(one.deadline_at)}
    return format_html('<span class="small soft">{}</span>', words)


def days_left(deadline_at):
    """How long one may still enter, in words of a few letters."""
    days = (timezone.localdate(deadline_at) - timezone.localdate()).days
    if days > 0:
        return ngettext("Open, %(n)s day left", "Open, %(n)s days left", days) % {"n": days}
    return _("Open, closes today") if days == 0 else _("Deadline is over")


@register.simple_tag
def phase_pill(state, phase, deadline_at=None):
    """How far a challenge is: a word and an icon."""
    key, icon = PILLS.get(phase, ("wait", "clock"))
    if state == ChallengeState.OPEN and deadline_at:
        return pill(key, days_left(deadline_at), icon)
    if state == ChallengeState.PAUSED:
        return pill("wait", ChallengeState(state).label, "clock")
    return pill(key, ChallengeState(state).label, icon)


@register.simple_tag
def criteria_bars(criteria, language):
    """What plans are judged on: each with its weight, when it is scored and what the marks mean."""
    rows = format_html_join("", CRITERION, (_criterion(one, language) for one in criteria))
    return format_html('<ul class="plain criteria">{}</ul>', rows)


CRITERION = (
    '<li><div class="criteria__head"><b{}>{}</b><span class="num">{}</span></div>'
    '<svg class="criteria__bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">'
    '<path class="e-3" d="M0 0h100v4H0z"/><path class="e-1" d="M0 0h{}v4H0z"/></svg>'
    '<p class="small soft"{}>{}</p><p class="small soft">{}</p></li>'
)


def _criterion(one, language):
    lang, told = lang_if_other(language), [one.get_scored_at_display()]
    if one.minimum:
        told.append(_("at least a %(mark)s") % {"mark": one.minimum})
    weight = _("%(weight)s of 100") % {"weight": one.weight}
    return lang, one.title, weight, one.weight, lang, one.text, " · ".join(map(str, told))


@register.simple_tag
def envelope(challenge, phase):
    """The money: how much there is and, once it is awarded, where it went."""
    whole, given = challenge.envelope_cents, challenge.committed_cents
    if phase != Phase.AWARDED or not given:
        note = _("Without VAT. More does not come, and it never turns out less.")
        return format_html(ENVELOPE, _head(whole), "", note)
    fees = challenge.fees_cents
    parts = [
        ("e-1", _("Awarded"), given),
        ("e-2", _("For the teams that explored"), fees),
        ("e-3", _("Still in the envelope"), whole - given - fees),
    ]
    there = [part for part in parts if part[2] > 0]
    label = _("Of %(whole)s %(given)s was awarded") % {"whole": euro(whole), "given": euro(given)}
    legend = ((kind, words, euro(cents)) for kind, words, cents in there)
    bar = format_html(BAR, label, _pieces(there, whole), format_html_join("", LEGEND, legend))
    return format_html(ENVELOPE, _head(whole), bar, _("Without VAT."))


def _pieces(parts, whole):
    """The pieces of the bar, side by side with a narrow gap."""
    x, pieces = 0, []
    for kind, _words, cents in parts:
        wide = max(round(BAR_WIDTH * cents / whole) - BAR_GAP, BAR_GAP)
        pieces.append((kind, x, wide))
        x += wide + BAR_GAP
    return format_html_join("", PIECE, pieces)


def _head(whole):
    return _("The envelope: %(amount)s") % {"amount": euro(whole)}


ENVELOPE = '<section class="panel envelope"><h2 class="h-small">{}</h2>{}<p class="small soft">{}</p></section>'
BAR_WIDTH, BAR_GAP = 800, 4
BAR = (
    '<svg class="envelope__bar" viewBox="0 0 800 36" preserveAspectRatio="none" role="img" aria-label="{}">{}</svg>'
    '<ul class="legend">{}</ul>'
)
PIECE = '<rect class="{}" x="{}" width="{}" height="36"/>'
LEGEND = '<li><svg viewBox="0 0 14 14" aria-hidden="true"><path class="{}" d="M0 0h14v14H0z"/></svg>{}<b>{}</b></li>'


@register.simple_tag
def promised_days(what):
    """How many working days the house promises: to ring, or to answer."""
    return {"ring": ring_days, "answer": answer_days}[what]()
