"""Which recognitions somebody holds today: checked by a coordinator, and within their days."""

from django.db.models import F

from factory import clock
from partners.models import Credential


def held_today():
    """What counts now; the day is judged inside the query, so that nobody asks for it apart."""
    day = clock.today() if clock.replaying() else clock.THIS_DAY
    return Credential.objects.valid_on(day)


def holders_of(proof):
    """The organisations that hold this kind of recognition."""
    return held_today().filter(proof=proof).values("organisation")


def held_by(keys):
    """``{organisation: {kind: level}}`` by key, by one query; of each kind the one that holds longest."""
    rows = held_today().filter(organisation__in=keys)
    rows = rows.order_by(F("valid_until").asc(nulls_last=True), "pk")
    held = {key: {} for key in keys}
    for organisation, proof, level in rows.values_list("organisation", "proof", "level"):
        held[organisation][proof] = level
    return held


def note_what_is_held(organisations):
    """Let each of these know what it holds (``held``), so that nobody asks for each of them apart."""
    known = held_by({organisation.pk for organisation in organisations})
    for organisation in organisations:
        organisation.held = known[organisation.pk]
