"""The moves of a delivered match by which a buyer's sentence comes on the supplier's page, and goes."""

from django.utils.translation import gettext_lazy as _

from factory import clock
from factory.moves import STAYS
from factory.notices.telling import informs, warns
from factory.texts import say
from market.forms import RecommendForm, TakeDownForm
from market.lifecycle.match import State, moves, take_back
from market.lifecycle.people import buyers, suppliers
from market.models import Recommendation
from market.rules import buys, can_recommend, has_recommended, was_taken_down
from partners.rules import is_coordinator


@moves.add(
    State.COMPLETED,
    to=STAYS,
    may=buys & can_recommend,
    form=RecommendForm,
    tells=[informs(suppliers)],
)
def recommend(match, *, by, text):
    """The buyer says in one sentence how it was, and lets it be shown."""
    said = {"text": text, "by": by, "at": clock.now(), "withdrawn_at": None}
    made, _new = Recommendation.objects.update_or_create(match=match, defaults=said)
    return {"recommendation": made.pk}


@moves.add(State.COMPLETED, to=STAYS, may=buys & has_recommended)
def withdraw_sentence(match, *, by):
    """The buyer does not want it to be shown any more."""
    Recommendation.objects.filter(match=match).update(withdrawn_at=clock.now())


@moves.add(
    State.COMPLETED,
    to=STAYS,
    may=is_coordinator & has_recommended,
    form=TakeDownForm,
    tells=[warns(buyers)],
)
def take_down_sentence(match, *, by, because):
    """A coordinator takes it off the supplier's page, and says why."""
    Recommendation.objects.filter(match=match).update(taken_down_because=because)


@moves.add(State.COMPLETED, to=STAYS, may=is_coordinator & was_taken_down, tells=[informs(buyers)])
def put_back_sentence(match, *, by):
    """A coordinator puts it back."""
    Recommendation.objects.filter(match=match).update(taken_down_because="")


def its_sentence(match):
    """What the buyer said of it."""
    return [Recommendation.objects.filter(match=match)]


take_back.also({take_down_sentence: its_sentence, put_back_sentence: its_sentence})


say(
    {
        "match.recommend": (_("Say how it was"), _("Said how it was")),
        "match.withdraw_sentence": (_("Do not show my sentence"), _("Sentence not shown any more")),
        "match.take_down_sentence": (_("Take the sentence down"), _("Sentence taken down")),
        "match.put_back_sentence": (_("Put the sentence back"), _("Sentence put back")),
    }
)
