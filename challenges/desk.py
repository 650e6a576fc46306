"""What challenges put on somebody's desk: the problems of their organisations, from the first words to the decision."""

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from challenges.lifecycle.ringing import rings_by
from challenges.models import Challenge
from challenges.models.states import DRAWN_UP, PHASES, Phase
from challenges.rules import DECIDES
from factory import clock
from factory.templatetags.words import moment, short_day
from partners.models import Membership

State = Challenge.State
WRITES = {*DECIDES, Membership.Role.WRITER}
GOES_ON = (*PHASES[Phase.OPEN], *PHASES[Phase.JUDGED], State.SCHEDULED)
OURS = (State.DRAFT, State.MORE)
MOST = 100


def desk_queues(person):
    """``[{"title", "kind", "items"}]``: questions to answer, problems to sharpen, and what goes on without them."""
    if person.roles is None:
        person.remember_roles()
    found = list(_rows(person.roles)) if person.roles else []
    shaped = [one for one in found if one.state in DRAWN_UP]
    public = sorted((one for one in found if one.state in GOES_ON), key=_first_to_close)
    decides = person.decides_for()
    asked = [one for one in public if one.waiting and one.organisation_id in decides]
    yours = [*map(_to_answer, asked), *(_drawn_up(one) for one in shaped if one.state in OURS)]
    others = [_drawn_up(one) for one in shaped if one.state not in OURS] + list(
        map(_goes_on, public)
    )
    return [
        {"title": _("Your challenges"), "kind": "yours", "items": yours},
        {"title": _("Your challenges"), "kind": "others", "items": others},
    ]


def _rows(roles):
    """One query for both halves: drafts for who writes them, what is public for all of an organisation's people."""
    writes = [organisation for organisation, role in roles.items() if role in WRITES]
    ours = Q(organisation__in=writes, state__in=DRAWN_UP)
    public = Q(organisation__in=set(roles), state__in=GOES_ON)
    waiting = Count("questions", filter=Q(questions__state="asked"))
    rows = Challenge.objects.filter(ours | public).annotate(waiting=waiting)
    return rows.defer("search_nl", "search_en", "problem").order_by("-created_at", "-pk")[:MOST]


def _first_to_close(challenge):
    return challenge.deadline_at, challenge.pk


def _item(challenge, **more):
    row = {
        "title": challenge.title,
        "lang": challenge.language,
        "url": challenge.get_absolute_url(),
    }
    return row | {"urgent": False, "late": False} | more


def _drawn_up(challenge):
    return _item(
        challenge,
        meta=_awaited(challenge),
        state=challenge.state,
        state_words=challenge.get_state_display(),
        action=_("Go on"),
        urgent=challenge.state == State.MORE,
    )


def _awaited(challenge):
    """What is awaited, and by when."""
    if challenge.state == State.SUBMITTED:
        day = short_day(rings_by(challenge))
        return _("A coordinator rings at the latest on %(day)s") % {"day": day}
    if challenge.state == State.SHAPING:
        return _("A coordinator makes it sharp with you")
    return _("Not sent in yet") if challenge.state == State.DRAFT else _("We asked for more")


def _to_answer(challenge):
    """Questions that nobody answered yet; late once the day of the answers is over."""
    words = ngettext("%(n)s question to answer", "%(n)s questions to answer", challenge.waiting)
    return _item(
        challenge,
        meta=words % {"n": challenge.waiting},
        url=f"{challenge.get_absolute_url()}#questions",
        action=_("Answer"),
        urgent=True,
        late=bool(challenge.answers_by and challenge.answers_by < clock.now()),
    )


def _goes_on(challenge):
    meta = challenge.get_state_display()
    if challenge.state == State.OPEN:
        meta = _("Plans until %(moment)s") % {"moment": moment(challenge.deadline_at)}
    return _item(challenge, meta=meta, action=_("Look"))
