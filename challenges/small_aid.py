"""Small state aid: what who gets a subsidy was given here before, beside what the law allows over three years."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Sum

from challenges.models import Award, Instrument
from challenges.models.rule_set import norms_on
from factory import clock

LIMIT, DAYS = "de-minimis", "de-minimis-days"


@dataclass(frozen=True)
class Given:
    """One organisation: cents it would get now, and cents of subsidies that became final here before."""

    organisation: object
    now: int
    before: int
    limit: int

    @property
    def is_over(self):
        return self.now + self.before > self.limit


def small_aid(challenge, awards):
    """``{"rows": [Given], "limit": cents, "source", "url"}``, or None where it does not matter or no norm holds.

    Earlier awards are those that everybody may read. What other governments gave is not known here.
    """
    norms = norms_on(clock.today(), (LIMIT, DAYS)) if awards and gives_aid(challenge) else {}
    if len(norms) < len((LIMIT, DAYS)):
        return None
    limit, since = norms[LIMIT]["value"], clock.now() - timedelta(days=norms[DAYS]["value"])
    before = given_since(since, challenge, [award.entry.organisation_id for award in awards])
    rows = [
        Given(one.entry.organisation, one.cents, before.get(one.entry.organisation_id, 0), limit)
        for one in awards
    ]
    return {
        "rows": rows,
        "limit": limit,
        "source": norms[LIMIT]["source"],
        "url": norms[LIMIT]["url"],
    }


def gives_aid(challenge):
    """A subsidy, which is a decision to which one objects. Of a prize the guide says when a lawyer must look."""
    instrument = challenge.instrument
    return bool(instrument) and instrument.period == Instrument.Period.OBJECTION


def given_since(moment, challenge, organisations):
    """``{organisation: cents}`` of subsidies of other challenges that became final since."""
    rows = Award.objects.final().filter(
        entry__organisation__in=organisations,
        challenge__instrument__period=Instrument.Period.OBJECTION,
        decided_at__gte=moment,
    )
    rows = rows.exclude(challenge=challenge).values_list("entry__organisation")
    return dict(rows.annotate(sum=Sum("cents")).order_by())
