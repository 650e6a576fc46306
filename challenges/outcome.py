"""Who may decide on how much, and what is proposed and decided."""

from django.db.models import Q, Sum

from challenges.models import Award, Entry
from factory import clock
from partners.models import Membership

JUDGED = [
    Entry.State.ADMITTED, Entry.State.SHORTLISTED, Entry.State.AWARDED, Entry.State.RESERVE,
    Entry.State.NOT_AWARDED,
]  # fmt: skip


def judged(challenge):
    """The entries about which the jury says something, by number."""
    entries = challenge.entries.filter(state__in=JUDGED)
    return entries.select_related("organisation", "finding").order_by("number")


def proposed(challenge):
    """The awards that wait for a decision, the largest first."""
    awards = challenge.awards.filter(state=Award.State.PROPOSED)
    return awards.select_related("entry__organisation").order_by("-cents", "pk")


def standing_awards(challenge):
    """The awards that are proposed, decided or final, the largest first."""
    awards = challenge.awards.standing().select_related("entry__organisation")
    return awards.order_by("-cents", "pk")


def proposed_cents(challenge):
    """What the jury proposes, together."""
    return proposed(challenge).aggregate(sum=Sum("cents"))["sum"] or 0


def mandates(challenge):
    """Who decides for the organisation with a mandate that holds today, the smallest first."""
    holds = Q(mandate_until=None) | Q(mandate_until__gte=clock.today())
    rows = Membership.objects.who_decide().filter(holds, organisation=challenge.organisation_id)
    return rows.exclude(mandate_cents=None).select_related("person").order_by("mandate_cents", "pk")


def mandate_of(person, challenge):
    """Up to how many cents this person may decide; 0 without a mandate."""
    mine = mandates(challenge).filter(person=person.pk).first()
    return mine.mandate_cents if mine else 0


def who_could(challenge, cents):
    """The people whose mandate is enough."""
    return [row.person for row in mandates(challenge).filter(mandate_cents__gte=cents)]


def standing_decision(challenge):
    """The decision that counts, or None."""
    return challenge.decisions.standing().first()


def without_a_reason(challenge):
    """The judged entries of which the jury did not yet write what is strong, weak and why."""
    whole = Q(finding__isnull=False) & ~Q(finding__strong="") & ~Q(finding__weak="")
    told = judged(challenge).filter(whole & ~Q(finding__reason=""))
    return judged(challenge).exclude(pk__in=told.values("pk"))
