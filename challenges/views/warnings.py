"""What is said about a calendar: each moment in words, what stands in its way, and from when it is possible."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from challenges import calendar
from challenges.models import Closure
from challenges.models.rule_set import norms_on
from challenges.setup_forms.rules import LABELS
from factory import clock
from factory.templatetags.words import day, moment, short_day

# What is only in the calendar where it was chosen.
CHOSEN = (calendar.COACH, calendar.CHANGED, calendar.EXPLORED)


def rows_of(challenge):
    """``[{"label", "when", "warnings"}]`` of the calendar as it is set, the term after the decision last."""
    moments = calendar.moments_of(challenge)
    closures = list(Closure.objects.for_challenge(challenge))
    found = calendar.look(moments, closures, clock.now()) if challenge.was_never_public else []
    rows = [
        {
            "label": LABELS[name],
            "when": moment(moments[name]),
            "warnings": [told(warning) for warning in found if warning.name == name],
        }
        for name in calendar.CALENDAR
        if moments[name] or name not in CHOSEN
    ]
    return rows + _term(challenge)


def _term(challenge):
    """The term after the decision, if all letters go out on that day."""
    if not (challenge.instrument and challenge.decision_by):
        return []
    period = challenge.instrument.period
    days = term_days(challenge, period)
    if not days:
        return []
    last = calendar.last_day_of_term(challenge.decision_by, days)
    label = _("Last day of %(period)s") % {"period": challenge.instrument.get_period_display()}
    return [{"label": label, "when": day(last), "warnings": []}]


def term_days(challenge, period):
    """How many days the term takes: by the rules that the challenge keeps, else by those of today."""
    kept = getattr(challenge, "rule_set", None)
    norms = kept.values if kept else norms_on(clock.today())
    norm = norms.get(f"{period}-days")
    return norm and norm["value"]


def told(warning):
    """A warning as one sentence, with the earliest moment that is possible."""
    words = SAID[warning.kind](warning)
    if warning.earliest:
        words += " " + _("Possible from %(moment)s.") % {"moment": moment(warning.earliest)}
    return words


def _short(warning):
    return ngettext(
        "There is only %(n)s day of work since “%(other)s”.",
        "There are only %(n)s days of work since “%(other)s”.",
        warning.days,
    ) % {"n": warning.days, "other": LABELS[warning.other]}


def _closed(warning):
    closure = warning.closure
    words = _("It falls in the %(closure)s (%(first)s to %(last)s). Source: %(source)s.")
    if closure.is_estimated:
        words = _(
            "It probably falls in the %(closure)s. These days are an estimate (%(first)s to %(last)s): %(source)s."
        )
    return words % {
        "closure": closure.get_kind_display(),
        "first": short_day(closure.first_date),
        "last": short_day(closure.last_date),
        "source": closure.source,
    }


SAID = {
    "order": lambda w: _("It comes before “%(other)s”.") % {"other": LABELS[w.other]},
    "past": lambda w: _("This moment is over."),
    "weekend": lambda w: _("It falls in the weekend or on a public holiday."),
    "closed": _closed,
    "recess": _closed,
    "short": _short,
}
