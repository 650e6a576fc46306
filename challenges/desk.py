"""What challenges put on somebody's desk: the problems of their organisations, from the first words to the decision."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Case, Count, Exists, OuterRef, Q, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from challenges.lifecycle.ringing import rings_by
from challenges.models import Award, Challenge, Entry, Objection, Talk
from challenges.models.states import DRAWN_UP, PHASES, Phase
from challenges.pilot_desk import AFTER, asked_how_it_is, how_far, noted, to_see_to
from challenges.rules import DECIDES
from factory import clock
from factory.templatetags.words import moment, short_day
from partners.models import Membership

State = Challenge.State
WRITES = {*DECIDES, Membership.Role.WRITER}
GOES_ON = (*PHASES[Phase.OPEN], *PHASES[Phase.JUDGED], State.APPROVED, State.SCHEDULED, *AFTER)
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
    led = [one for one in found if one.organisation_id in decides]
    asked = [one for one in led if one.waiting and one.state in GOES_ON]
    yours = [*map(_to_answer, asked), *(_drawn_up(one) for one in shaped if one.state in OURS)]
    yours += [item for one in led for item in (*_to_decide(one), *to_see_to(one, _item))]
    others = [_drawn_up(one) for one in shaped if one.state not in OURS] + list(
        map(_goes_on, public)
    )
    return [
        {"title": _("Your challenges"), "kind": "yours", "items": yours},
        {"title": _("Your challenges"), "kind": "others", "items": others},
    ]


def _rows(roles):
    """One query for all: drafts for who writes them, what is public for all of an organisation's people, and
    what waits there for a decision or an answer.
    """
    writes = [organisation for organisation, role in roles.items() if role in WRITES]
    ours = Q(organisation__in=writes, state__in=DRAWN_UP)
    public = Q(organisation__in=set(roles), state__in=GOES_ON)
    talks = Talk.objects.filter(challenge=OuterRef("pk"), state=Talk.State.ASKED)
    waits = Exists(talks) | Exists(asked_how_it_is())
    rows = Challenge.objects.filter(ours | public | waits & Q(organisation__in=set(roles)))
    rows = rows.annotate(
        waiting=Count("questions", filter=Q(questions__state="asked")),
        objected=ArraySubquery(_objections().order_by("pk").values("pk")),
        to_talk=ArraySubquery(talks.order_by("pk").values("pk")),
        reserve_is_next=_reserve_is_next(),
        **noted(),
    )
    return rows.defer("search_nl", "search_en", "problem").order_by("-created_at", "-pk")[:MOST]


def _objections():
    rows = Objection.objects.in_the_way().filter(challenge=OuterRef("pk"))
    return rows.filter(state=Objection.State.OPEN)


def _reserve_is_next():
    """Whether all who got an award turned it down before the term was over, and somebody is in the reserve."""
    awards = Award.objects.filter(challenge=OuterRef("pk"))
    reserve = Entry.objects.filter(challenge=OuterRef("pk"), state=Entry.State.RESERVE)
    return Case(
        When(
            Exists(awards.filter(state=Award.State.DECLINED))
            & ~Exists(awards.filter(state=Award.State.DECIDED))
            & Exists(reserve),
            state=State.NOTIFIED,
            then=True,
        ),
        default=False,
        output_field=BooleanField(),
    )


def _to_decide(challenge):
    """What waits around a decision, each with its own page."""
    page = reverse("challenges:deciding", args=[challenge.slug])
    if challenge.state == State.PROPOSED:
        yield _item(challenge, meta=_("The jury proposed"), action=_("Decide"), url=page)
    if challenge.reserve_is_next:
        words = _("Nobody takes the award; the reserve comes next")
        yield _item(challenge, meta=words, action=_("Decide"), url=page, urgent=True)
    for key in challenge.objected:
        at = reverse("challenges:objection", args=[key])
        words = _("An entrant objects")
        yield _item(challenge, meta=words, action=_("Decide on it"), url=at, urgent=True)
    for key in challenge.to_talk:
        at = reverse("challenges:talk", args=[key])
        yield _item(challenge, meta=_("An entrant wants to talk"), action=_("Say when"), url=at)


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
    meta = how_far(challenge)
    if challenge.state == State.OPEN:
        meta = _("Plans until %(moment)s") % {"moment": moment(challenge.deadline_at)}
    return _item(challenge, meta=meta, action=_("Look"))
