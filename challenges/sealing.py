"""What keeps entries sealed outside their own pages: the mail log, merging organisations and accounts."""

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _

from challenges.models import CallImpression, Entry, EntryPartner, Invited, NotForThem
from challenges.models.impression import ON_ITS_PAGE, week_of


def sealed_events():
    """The journal's events that tell who entered what nobody opened yet."""
    return Q(thing_type=Entry.label(), thing_id__in=Entry.objects.sealed().values("pk"))


def merge_stops(gone, stays):
    """Why these two organisations cannot be one: both are in the same challenge. Which one stays unsaid."""
    entered = Entry.objects.under_way()
    same = entered.filter(organisation=stays).values("challenge")
    if entered.filter(organisation=gone, challenge__in=same).exists():
        yield _(
            "Both have something that can only be there once. Let them take one of the two back."
        )


def merge_organisation(gone, stays):
    """Its entries are the other's, without a number of them in the journal."""
    Entry.objects.filter(organisation=gone).update(organisation=stays)
    EntryPartner.objects.filter(organisation=gone).update(organisation=stays)
    for model in (Invited, NotForThem):  # to the same call once, and what who stays said counts
        same = model.objects.filter(organisation=stays).values("challenge")
        model.objects.filter(organisation=gone, challenge__in=same).delete()
        model.objects.filter(organisation=gone).update(organisation=stays)
    seen = CallImpression.objects.alias(week=week_of(F("shown_at")), page=ON_ITS_PAGE)
    key = {name: OuterRef(name) for name in ("challenge", "week", "page")}
    seen.filter(Exists(seen.of(stays).filter(**key)), organisation=gone).delete()
    CallImpression.objects.of(gone).update(organisation=stays)


def merge_person(gone, stays):
    """The same, of who writes them."""
    Entry.objects.filter(contact=gone).update(contact=stays)
    Entry.objects.filter(saved_by=gone).update(saved_by=stays)
