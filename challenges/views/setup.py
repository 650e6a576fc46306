"""Setting a challenge up: what there is, what is still missing, and the advice on the instrument."""

from django.contrib.auth.decorators import login_required
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Prefetch, Subquery
from django.db.models.functions import JSONObject
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from challenges.lifecycle.bringing import moves, still_lacks
from challenges.lifecycle.inviting import BEFORE_SCORING
from challenges.lifecycle.judging import jury_lacks
from challenges.lifecycle.setting_up import SETS_UP
from challenges.models import Challenge, CoOwner, FormQuestion, Guidance, Juror, Step
from challenges.papers.advice import advice_paper
from challenges.views.warnings import rows_of
from factory import clock
from factory.pdf import pdf_of
from factory.templatetags.words import euro, moment
from partners.models import Goal, Theme

JOINED = ("organisation", "province", "instrument", "deputy", "rule_set")
ALONG = (
    Prefetch("co_owners", CoOwner.objects.select_related("organisation")),
    Prefetch("jury", Juror.objects.select_related("person")),
)

JURY = ("invite_juror", "release_juror")
MONEY = (
    "add_co_owner", "end_co_owner", "ask_approval", "note_approval", "approve_share", "approve",
    "reshape", "schedule", "hold_back", "rectify",
)  # fmt: skip


def of_the_house(request, slug):
    """The challenge, for those whose it is and the coordinators; 404 for everybody else.

    What the page shows and no form changes comes along in its query.
    """
    things = Challenge.objects.in_the_house_of(request.user).select_related(*JOINED)
    things = things.annotate(
        steps_waiting=Exists(Step.objects.waiting().filter(challenge=OuterRef("pk"))),
        asked=ArraySubquery(_asked()),
        subjects=ArraySubquery(_named(Theme)),
        goal_names=ArraySubquery(_named(Goal)),
        advice=Subquery(_advised()),
        fetched_at=clock.THIS_INSTANT,
    )
    thing = things.prefetch_related("criteria", *ALONG).filter(slug=slug).first()
    if thing is None:
        raise Http404
    return thing


def _asked():
    questions = FormQuestion.objects.filter(challenge=OuterRef("pk")).order_by("position", "pk")
    return questions.values(found=JSONObject(text="text", most_words="most_words"))


def _named(model):
    words = model.objects.filter(challenges=OuterRef("pk"))
    return words.values(f"name_{get_language()[:2]}")


def _advised():
    """The instrument that the latest walk through the guide proposed, or none; null without a walk."""
    walks = Guidance.objects.filter(challenge=OuterRef("pk")).order_by("-at", "-pk")
    return walks.values(found=JSONObject(nl="proposal__name_nl", en="proposal__name_en"))[:1]


@login_required
def setup(request, slug):
    """Everything that must be laid down before it opens, on one page."""
    challenge = of_the_house(request, slug)
    request.user.remember_roles()
    with clock.held(challenge.fetched_at):
        return render(request, "challenges/setup.html", laid_down(challenge, request.user))


def laid_down(challenge, person):
    """What the page shows."""
    rows = rows_of(challenge)
    return {
        "challenge": challenge,
        "parts": parts(challenge, rows, person),
        "calendar": rows,
        "advice": challenge.advice,
        "lacks": list(still_lacks(challenge)) if challenge.is_drawn_up else [],
        "criteria": challenge.criteria.all(),
        "asked": challenge.asked,
        "rule_set": getattr(challenge, "rule_set", None),
        **people(challenge),
        "jury_lacks": list(jury_lacks(challenge)) if challenge.state in BEFORE_SCORING else [],
        "jury_moves": open_moves(JURY, challenge, person),
        "money_moves": open_moves(MONEY, challenge, person),
    }


def people(challenge):
    """Who judges, who pays, and who approves."""
    return {
        "seats": challenge.jury.all(),
        "co_owners": challenge.co_owners.all(),
        "approvals": challenge.approvals.all(),
    }


def open_moves(names, challenge, person):
    """Of these moves the ones that this person can make here."""
    return [moves[name] for name in names if moves[name].open_to(person, challenge)]


def parts(challenge, calendar, person):
    """``[{"title", "line", "is_done", "move", "url"}]``: one row a part, with its page if it can be changed."""
    may = SETS_UP.test(person, challenge)
    said = [
        (_("Instrument"), str(challenge.instrument or ""), "choose_instrument"),
        (
            _("What it is about"),
            ", ".join(challenge.subjects + challenge.goal_names),
            "set_subjects",
        ),
        (_("Terms and envelope"), _terms(challenge), "set_terms"),
        (_("Calendar"), _calendar(challenge, calendar), "set_calendar"),
        (_("Criteria"), _criteria(challenge), "set_criteria"),
        (_("Questions of the form"), _questions(challenge), "set_questions"),
    ]
    return [
        {
            "title": title,
            "line": line,
            "is_done": bool(line),
            "move": move if may and moves[move].possible(challenge) else "",
        }
        for title, line, move in said
    ]


def _terms(challenge):
    if not challenge.who_may_enter:
        return ""
    told = [euro(challenge.envelope_cents)]
    if hours := challenge.coaching_hours:
        words = ngettext("%(n)s hour of coaching", "%(n)s hours of coaching", hours)
        told.append(words % {"n": hours})
    if challenge.explore_teams:
        words = _("%(n)s teams explore for %(fee)s each")
        told.append(words % {"n": challenge.explore_teams, "fee": euro(challenge.explore_cents)})
    return " · ".join(told)


def _calendar(challenge, rows):
    if not challenge.deadline_at:
        return ""
    number = sum(len(row["warnings"]) for row in rows)
    words = moment(challenge.deadline_at)
    if number:
        warned = ngettext("%(n)s warning", "%(n)s warnings", number) % {"n": number}
        words = f"{words} · {warned}"
    return words


def _criteria(challenge):
    weights = [criterion.weight for criterion in challenge.criteria.all()]
    if sum(weights) != 100:
        return ""
    return ngettext("%(n)s criterion", "%(n)s criteria", len(weights)) % {"n": len(weights)}


def _questions(challenge):
    number = len(challenge.asked)
    return ngettext("%(n)s question", "%(n)s questions", number) % {"n": number} if number else ""


def _advice(request, slug):
    """The latest walk through the guide; 404 if there was none."""
    challenge = of_the_house(request, slug)
    guidance = Guidance.objects.visible_to(request.user).last_of(challenge)
    if guidance is None:
        raise Http404
    return challenge, guidance


@login_required
def advice(request, slug):
    """The advice on the instrument, to read and to print."""
    challenge, guidance = _advice(request, slug)
    may = {move.name for move in moves.open_to(request.user, challenge)}
    context = {
        "challenge": challenge,
        "guidance": guidance,
        "paper": advice_paper(guidance),
        "may_choose": "choose_instrument" in may,
    }
    return render(request, "challenges/setup_advice.html", context)


@login_required
def advice_pdf(request, slug):
    """The advice as PDF."""
    challenge, guidance = _advice(request, slug)
    return pdf_of(advice_paper(guidance), f"{challenge.slug}-advice")
