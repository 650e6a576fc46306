"""The coordinators' page of one call: whom to invite, why, who was invited, and who said that it is not for them."""

import hashlib

from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from challenges.answerers import able_to_answer, whom_to_invite
from challenges.explaining import in_words
from challenges.lifecycle.bringing import moves
from challenges.models import Challenge
from factory.move_admin import MADE, NOT_MADE, attempt, fresh_token
from factory.moves import Token

TICKED = 6
FOUND = 8
TEMPLATE = "admin/challenges/inviting.html"


def inviting_url(challenge):
    """The address of the page."""
    return reverse("admin:challenges_challenge_invite", args=[challenge.pk])


class Inviting:
    """One call, the organisations that could answer it, and the press that invites them."""

    def __init__(self, model_admin, request, pk):
        self.admin, self.request = model_admin, request
        rows = Challenge.objects.visible_to(request.user).defer("search_nl", "search_en")
        rows = rows.select_related("organisation", "region", "province", "owner")
        self.challenge = rows.filter(pk=pk).first()
        if self.challenge is None:
            raise Http404

    def answer(self):
        """The page, or what a press leads to."""
        posted = self.request.POST
        if "invite" in posted or "add" in posted:
            self.invite(posted.getlist("organisation") if "invite" in posted else [posted["add"]])
            return HttpResponseRedirect(inviting_url(self.challenge))
        return self.page()

    def invite(self, keys):
        """Each its own move, so that one that is late stops no other."""
        wanted = [int(key) for key in keys if key.isdecimal() and len(key) < 19]
        named = able_to_answer(self.challenge).filter(pk__in=wanted).order_by("pk")
        outcomes = [(one, *self._made(one)) for one in named]
        if made := sum(level == MADE for _one, level, _words in outcomes):
            self._say(_("Invited: %(n)s. They hear of it in a moment.") % {"n": made}, MADE)
        for organisation, level, words in outcomes:
            if level != MADE:
                self._say(f"{organisation}: {words}", level)
        if not outcomes:
            self._say(_("Nobody was ticked who can still be invited."), NOT_MADE)

    def _made(self, organisation):
        posted = self.request.POST
        said = f"{posted.get('token') or fresh_token()}:invite_partner:{organisation.pk}"
        token = Token.of(hashlib.sha256(said.encode()).hexdigest(), posted.items())
        details = {"organisation": organisation}
        return attempt(moves["invite_partner"], self.challenge, self.request.user, token, details)

    def _say(self, words, level):
        self.admin.message_user(self.request, words, level)

    def page(self):
        """Whom to invite, and who was."""
        is_open = self.challenge.state == Challenge.State.OPEN
        asked = self.request.GET.get("q", "").strip()[:100]
        found = whom_to_invite(self.challenge) if is_open else []
        context = {
            **self.admin.admin_site.each_context(self.request),
            "title": self.challenge.title,
            "opts": self.admin.opts,
            "challenge": self.challenge,
            "is_open": is_open,
            "answerers": [{"one": one, "why": in_words(one.reasons)} for one in found],
            "ticked": {one.organisation.pk for one in found[:TICKED]},
            "provinces": len({one.organisation.province_id for one in found}),
            "new": sum(one.is_new for one in found),
            "invited": self.invited(),
            "refused": self.challenge.refused_by.select_related("organisation").order_by("-at"),
            "asked": asked,
            "found": self.found(asked) if asked and is_open else [],
            "token": fresh_token(),
        }
        return TemplateResponse(self.request, TEMPLATE, context)

    def invited(self):
        """Who was invited, the last first, with the reasons as they were."""
        rows = self.challenge.invited.select_related("organisation__region", "by").order_by("-at")
        return [{"row": row, "why": in_words(row.reasons)} for row in rows]

    def found(self, asked):
        """Who can still be invited, by a part of their name."""
        able = able_to_answer(self.challenge).filter(name__icontains=asked)
        return able.select_related("region").order_by("name", "pk")[:FOUND]
