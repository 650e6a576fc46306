"""Entering something for somebody in the admin: choose who says so, then the very form they would have."""

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from factory.move_admin import MADE, attempt, fresh_token
from factory.move_views import NoFields
from factory.moves import Token, may_stand_in, pairs
from factory.moves.standing_in import in_the_place_of
from factory.texts import button, readers, who_may

A_FEW = 12


class ForSomebody:
    """Mixed into a MoveAdmin: what people may do with a thing can be noted for them by a coordinator.

    ``people_for(thing)``: a query of who has a say in it, with their ``memberships``.
    """

    for_template = "admin/moving/for.html"
    for_form_template = "admin/moving/for_form.html"

    def get_urls(self):
        views = {"for": self.for_view, "for_move": self.for_move_view}
        paths = {
            "for": "<path:object_id>/for/",
            "for_move": "<path:object_id>/for/<int:person>/<str:name>/",
        }
        return [
            path(
                paths[key],
                self.admin_site.admin_view(view),
                name="{}_{}_{}".format(*self._key, key),
            )
            for key, view in views.items()
        ] + super().get_urls()

    def buttons(self, request, thing):
        """The moves of coordinators, and the way to those of others."""
        told = {
            "words": _("They told me"),
            "url": self.for_url(thing),
            "missing": [],
            "asks": True,
            "quiet": True,
        }
        return [*super().buttons(request, thing), told]

    def for_url(self, thing):
        return reverse("admin:{}_{}_for".format(*self._key), args=[thing.pk])

    def for_view(self, request, object_id):
        """Who has a say, their numbers, and what each of them can tell now."""
        thing = self._found(request, object_id)
        rows = [self._told_by(person, thing) for person in self._people(thing)]
        return self._shown(request, self.for_template, thing, rows=rows)

    def for_move_view(self, request, object_id, person, name):
        """The form that this person would have; POST notes it for them."""
        thing = self._found(request, object_id)
        somebody = get_object_or_404(get_user_model(), pk=person)
        move = self.moves.get(name)
        if move is None or move.begins:
            raise Http404
        if not (
            move.by_phone
            and may_stand_in(request.user, somebody)
            and move.may.test(somebody, thing)
        ):
            raise PermissionDenied(_("Only %(who)s may do this.") % {"who": who_may(move)})
        data = request.POST if request.method == "POST" else None
        whose = in_the_place_of(somebody, request.user)
        form = (move.form or NoFields)(data, thing=thing, by=whose)
        if data is None or not form.is_valid():
            return entering(self, request, move, form, somebody, thing=thing)
        level = noted(self, request, move, thing, somebody, form.cleaned_data)
        back = self.page_of(thing) if level == MADE else self.for_url(thing)
        return HttpResponseRedirect(back)

    def _found(self, request, object_id):
        thing = self.get_object(request, object_id)
        if thing is None:
            raise Http404
        return thing

    def _people(self, thing):
        found = self.people_for(thing).filter(is_active=True, is_staff=False).order_by("name", "pk")
        people = list(found.distinct().prefetch_related("memberships__organisation")[:A_FEW])
        for person in people:
            mine = [m for m in person.memberships.all() if m.confirmed_at]
            person.roles = {m.organisation_id: m.role for m in mine}
            person.places = [m.organisation for m in mine]
        return people

    def _told_by(self, person, thing):
        begin = self.for_url(thing)
        moves = [move for move in self.moves.open_to(person, thing) if move.by_phone]
        return {
            "person": person,
            "moves": [
                {
                    "words": button(m),
                    "url": f"{begin}{person.pk}/{m.name}/",
                    "missing": m.missing(thing),
                }
                for m in moves
            ],
        }

    def _shown(self, request, template, thing, **context):
        about = {
            "title": str(thing),
            "opts": self.opts,
            "thing": thing,
            "page": self.page_of(thing),
        }
        context = {**self.admin_site.each_context(request), **about, **context}
        return TemplateResponse(request, template, context)


def entering(model_admin, request, move, form, person, **context):
    """The page with somebody's form: whose it is, and that they will be asked."""
    context = {
        **model_admin.admin_site.each_context(request),
        "title": button(move),
        "opts": model_admin.opts,
        "form": form,
        "person": person,
        "sees": readers(move),
        "token": request.POST.get("token") or fresh_token(),
        **context,
    }
    return TemplateResponse(request, ForSomebody.for_form_template, context)


def noted(model_admin, request, move, thing, person, details):
    """Make the move for somebody, say how it went; returns the level of what was said."""
    token = Token.of(request.POST.get("token") or fresh_token(), pairs(request.POST))
    level, words = attempt(move, thing, request.user, token, details | {"on_behalf_of": person})
    if level == MADE:
        words = _("%(done)s. %(name)s gets a mail and says whether it is right.") % {
            "done": words,
            "name": person,
        }
    model_admin.message_user(request, words, level)
    return level
