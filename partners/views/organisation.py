"""The page of an organisation: its profile for everybody, what can be done for who belongs to it."""

import re

from django.db import IntegrityError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from factory import clock
from factory.contributions import gather
from factory.move_views import BeginView, MoveView
from partners.forms import number_taken
from partners.lifecycle import apply, moves
from partners.models import Membership, Organisation, insides
from partners.models.insides import with_insides
from partners.models.picture import logo_among, with_pictures
from partners.proofs import kept
from partners.proposing import OrganisationProposals
from partners.rules import role_in

NUMBER_ONCE = "organisation_kvk_once|kvk_number_once"
ON_THE_PAGE = {
    "admit",
    "set_limit",
    "ask_to_join",
    "revise",
    "join",
    "claim",
    "set_logo",
    "add_photo",
    "drop_picture",
    "take_words",
    "invite",
    "withdraw_invitation",
    "take_up",
    "change_role",
    "hand_over",
    "end_membership",
    "step_out",
    "be_away",
    "be_back",
    "name_owner",
}  # these have a place of their own


def organisation(request, slug):
    """Who they are and what they do; before it is public, how far the check is."""
    thing = on_its_page(request.user, slug)
    if thing is None or thing.state == Organisation.State.MERGED:
        return moved_on(request, slug)
    with clock.held(thing.fetched_at):
        return page(request, thing)


def on_its_page(person, slug):
    """The organisation at this address with what its page shows of its own row, or None."""
    seen = with_pictures(Organisation.objects.visible_to(person))
    seen = seen.select_related("region", "province").for_page(person)
    if person.is_authenticated:
        person.remember_roles()
        seen = with_insides(seen) if person.is_staff or person.roles else seen
    return seen.with_words("sector", "theme", "goal", "area").filter(slug=slug).first()


def page(request, thing):
    """What the page of this organisation says to this reader."""
    reader = Reader(request.user, thing)
    context = {"organisation": thing, "reader": reader, "logo": logo_among(thing.shown_pictures)}
    if thing.is_only_listed and not reader.role:
        context["domains"] = thing.mail_domains.checked().order_by("domain")
        context["shares"] = any(one.shared for one in context["domains"])
        return render(request, "partners/organisation_listed.html", context)
    if thing.state != Organisation.State.ACTIVE:
        context["steps"] = steps(thing)
        return render(request, "partners/organisation_waiting.html", context)
    context["blocks"] = blocks(thing, request.user)
    return render(request, "partners/organisation_detail.html", context)


def moved_on(request, slug):
    """To who is found now under an address of before; nowhere if one may not see them."""
    now = Organisation.objects.visible_to(request.user).instead_of(slug).first()
    if now is None:
        raise Http404
    return redirect(now, permanent=True)


class Reader:
    """What somebody may see and do on the page of one organisation."""

    def __init__(self, person, organisation):
        self.role = role_in(person, organisation)
        self.is_staff = person.is_authenticated and person.is_staff
        self.is_inside = bool(self.role) or self.is_staff
        self.is_owner = self.role == Membership.Role.OWNER or self.is_staff
        self.person = person
        self.memberships = self._memberships(organisation)
        self.invitations = self._invitations(organisation)
        self.has_asked = person.is_authenticated and organisation.pk in person.asked
        outside = person.is_authenticated and not self.role and not self.has_asked
        self.has_mail_there = outside and organisation.has_mail_there
        self.limits = self._limits(organisation)
        self.proof = kept(organisation) if self.is_inside else []
        self.moves = self._moves(person, organisation)
        takes = self.decides and moves["take_words"].possible(organisation)
        self.proposals = OrganisationProposals(thing=organisation, by=person) if takes else None

    def _memberships(self, organisation):
        if not self.is_inside:
            return []
        rows = organisation.memberships.select_related(
            "person", "organisation", "replacement__person"
        )
        return list(rows.order_by("asked_at", "pk"))

    def _invitations(self, organisation):
        """What is still open; only who may withdraw it sees to whom it went."""
        if not self.is_owner:
            return []
        return insides.invitations(organisation)

    def _limits(self, organisation):
        if not self.is_inside:
            return []
        return insides.limits(organisation)

    def _moves(self, person, organisation):
        """The moves of who belongs here; coordinators have their own desk."""
        if not self.role:
            return []
        return [m for m in moves.open_to(person, organisation) if m.name not in ON_THE_PAGE]

    @property
    def decides(self):
        return self.role in {Membership.Role.OWNER, Membership.Role.EDITOR}

    @property
    def colleagues(self):
        return [m for m in self.memberships if m.confirmed_at]

    @property
    def mine(self):
        """The reader's own membership, or None."""
        return next((m for m in self.colleagues if m.person_id == self.person.pk), None)

    @property
    def requests(self):
        return [m for m in self.memberships if not m.confirmed_at] if self.is_owner else []


def blocks(organisation, person):
    """What every app says on a profile: ``{"place", "title", "template", "context"}`` each, by ``rank``."""
    found = [block for tell in gather("profile_blocks") for block in tell(organisation, person)]
    found.sort(key=lambda block: block.get("rank", 0))
    return {place: [b for b in found if b["place"] == place] for place in ("band", "main", "side")}


STATES = Organisation.State
PASSED = {STATES.APPLIED: 0, STATES.IN_CHECK: 1, STATES.ACTIVE: 2}


def steps(organisation):
    """How far the application is, as rows for the steps part."""
    at = PASSED.get(organisation.state)
    if at is None:
        return []
    words = [_("You told who you are"), _("A coordinator checks"), _("Your page is public")]
    order = ["later", "later", "later"]
    order[0] = "now" if organisation.question else "done"
    order[1] = "later" if organisation.question else "now"
    return [{"state": state, "text": text} for state, text in zip(order, words, strict=True)]


class OrganisationMove(MoveView):
    """Every move of an organisation."""

    model, moves = Organisation, moves

    def made(self, form):
        """Two organisations may take the same number at the same time; the second hears of it."""
        try:
            return super().made(form)
        except IntegrityError as error:
            return self.number_taken(form, error)

    def number_taken(self, form, error):
        if not re.search(NUMBER_ONCE, str(error)):
            raise error
        form.add_error(
            "kvk" if "kvk" in form.fields else "numbers",
            number_taken(form.cleaned_data.get("kvk", "")),
        )
        return self.asked(form, status=409)


class Apply(BeginView):
    """Somebody brings their organisation: a few questions, the rest later."""

    model, moves, begin = Organisation, moves, apply
    template_name = "partners/organisation_form.html"
    number_taken = OrganisationMove.number_taken

    def made(self, form):
        """As a move; if somebody took the number, or the address of the page, a moment ago: again."""
        try:
            return super().made(form)
        except IntegrityError as error:
            if re.search(NUMBER_ONCE, str(error)):
                return self.number_taken(form, error)
        self.thing = self.new_thing()
        return super().made(form)
