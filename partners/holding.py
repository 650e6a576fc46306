"""Which recognitions somebody holds today: checked by a coordinator, within their days, and no aspirant's."""

from django.db.models import F

from factory import clock
from partners.models import Credential

# What meets a demand as well as the kind itself: who has PSO 30+ stands on the ladder of PSO.
BETTER = {Credential.Proof.PSO: (Credential.Proof.PSO30,)}


def held_today():
    """What counts now; the day is judged inside the query, so that nobody asks for it apart."""
    day = clock.today() if clock.replaying() else clock.THIS_DAY
    return Credential.objects.held_on(day)


def holders_of(proof):
    """The organisations that hold this kind of recognition, or a better one."""
    kinds = [proof, *BETTER.get(proof, ())]
    return held_today().filter(proof__in=kinds).values("organisation")


def held_by(keys):
    """``{organisation: {kind: level}}`` by key, by one query; of each kind the one that holds longest.

    Of a kind that only a better one meets, that one stands in the place of the level.
    """
    rows = held_today().filter(organisation__in=keys)
    rows = rows.order_by(F("valid_until").asc(nulls_last=True), "pk")
    held = {key: {} for key in keys}
    for organisation, proof, level in rows.values_list("organisation", "proof", "level"):
        held[organisation][proof] = level
    for kinds in held.values():
        for proof, better in BETTER.items():
            if there := [kind for kind in better if kind in kinds]:
                kinds.setdefault(str(proof), there[0].value)
    return held


def note_what_is_held(organisations):
    """Let each of these know what it holds (``held``), so that nobody asks for each of them apart."""
    known = held_by({organisation.pk for organisation in organisations})
    for organisation in organisations:
        organisation.held = known[organisation.pk]
