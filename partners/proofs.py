"""How proof stands, in words: on a profile, on the desk, and in the coordinators' queue."""

from datetime import timedelta

from django.db.models import Case, IntegerField, Q, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from factory import clock
from factory.templatetags.words import short_day
from partners.models import Credential, Picture

State = Credential.State
SOON, A_MONTH = timedelta(days=90), 30
A_QUEUE = 50


def standing(credential, today):
    """``(pill, words, icon)`` for how it stands today: ok, late or wait, never the colour alone."""
    if credential.state == State.VALID:
        return _counting(credential, today)
    if credential.state == State.RENEWING:
        day = short_day(credential.valid_until)
        return "wait", _("Renewal under way, not valid since %(day)s") % {"day": day}, "clock"
    pill = "late" if credential.state in (State.EXPIRED, State.REFUSED) else "wait"
    return pill, credential.get_state_display(), "clock" if pill == "wait" else "x"


def _counting(credential, today):
    left = credential.days_left(today)
    if credential.valid_from > today:
        return "wait", _("Valid from %(day)s") % {"day": short_day(credential.valid_from)}, "clock"
    if left is None or left > SOON.days:
        return "ok", _("Valid"), "check"
    if left < 0:
        return "late", _("Expired"), "x"
    if credential.renewal_since:
        return "ok", _("Valid; renewal under way"), "check"
    words = ngettext("Valid, %(n)s day left", "Valid, %(n)s days left", left)
    return "late", words % {"n": left}, "clock"


def profile_blocks(organisation, person):
    """The organisation's proof and photos, on its page."""
    rows = shown(organisation)
    photos = [p for p in organisation.shown_pictures if p["place"] == Picture.Place.PHOTO]
    found = [
        ("proof", 10, _("Proof"), "partners/_profile_proof.html", rows),
        ("photos", -10, _("What it is like there"), "partners/_profile_photos.html", photos),
    ]
    return [
        {"place": "main", "rank": rank, "title": title, "template": template, "context": context}
        for _name, rank, title, template, context in found
        if context
    ]


def shown(organisation):
    """``[(credential, standing)]`` for everybody: of each kind the period that holds longest."""
    holding, known = [State.VALID, State.RENEWING], getattr(organisation, "known_proof", None)
    if known is None:
        known = organisation.credentials.filter(state__in=holding).select_related("checked_by")
    if not (found := [row for row in known if row.state in holding]):
        return []
    today = clock.today()
    found.sort(key=lambda row: (row.state == State.VALID, row.valid_from <= today, row.pk))
    latest = {row.proof: row for row in found}
    return [(row, standing(row, today)) for row in latest.values()]


def kept(organisation):
    """All that the organisation ever sent in, for insiders: what waits and what holds on top.

    The organisation remembers it, so that :func:`shown` need not ask again.
    """
    order = [State.CLAIMED, State.REFUSED, State.RENEWING, State.VALID, State.EXPIRED]
    places = [When(state=state, then=Value(place)) for place, state in enumerate(order)]
    rows = organisation.credentials.exclude(state=State.WITHDRAWN)
    rows = rows.annotate(place=Case(*places, output_field=IntegerField()))
    rows = rows.select_related("checked_by").order_by("place", "-valid_until", "-pk")
    organisation.known_proof, today = list(rows), clock.today()
    return [(row, standing(row, today)) for row in organisation.known_proof]


def to_look_after(organisations):
    """What the owners of these organisations have to do about their proof."""
    rows, today = (_unfinished(organisations), clock.today()) if organisations else ((), None)
    items = [_to_renew(row, today) for row in rows if row.state == State.VALID]
    items += [_to_correct(row) for row in rows if row.state == State.REFUSED]
    return {"title": _("Your proof"), "kind": "yours", "items": items}


def _unfinished(organisations):
    """What ends soon and nobody renews, the soonest first, and what was refused."""
    soon = Q(state=State.VALID, renewal_since=None, valid_until__lte=clock.today() + SOON)
    soon &= ~Q(pk__in=Credential.objects.renewed().values("pk"))
    rows = Credential.objects.filter(soon | Q(state=State.REFUSED), organisation__in=organisations)
    return rows.select_related("organisation").order_by("valid_until", "pk")[:A_QUEUE]


def _to_renew(credential, today):
    words = _("%(proof)s of %(name)s holds until %(day)s")
    facts = {"proof": credential, "name": credential.organisation}
    return {
        "title": words % (facts | {"day": short_day(credential.valid_until)}),
        "meta": _("Is a renewal under way?"),
        "url": credential.get_absolute_url(),
        "action": _("Look"),
        "urgent": credential.days_left(today) <= A_MONTH,
        "late": False,
    }


def _to_correct(credential):
    facts = {"proof": credential, "name": credential.organisation}
    return {
        "title": _("%(proof)s of %(name)s was not taken over") % facts,
        "meta": credential.note,
        "url": credential.get_absolute_url(),
        "action": _("Answer"),
        "urgent": False,
        "late": False,
    }
