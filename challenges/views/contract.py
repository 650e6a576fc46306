"""A contract, for its two sides and the coordinators: what was agreed, how far it is, and what one can do."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from challenges.lifecycle import contract as contracts
from challenges.lifecycle import following
from challenges.models import Adoption, Award, Contract
from factory import clock
from factory.move_views import BeginView, MoveView


@login_required
def contract(request, pk):
    """Milestones, payments, what is measured, and how both sides say it goes."""
    seen = Contract.objects.visible_to(request.user)
    seen = seen.select_related(
        "challenge__organisation", "organisation", "award", "challenge__owner", "challenge__deputy"
    )
    thing = seen.filter(pk=pk).first()
    if thing is None:
        raise Http404
    request.user.remember_roles()
    milestones = list(thing.milestones.all())
    check_ins, today = list(thing.check_ins.all()[:12]), clock.today()
    moves = {move.name: move for move in contracts.moves.open_to(request.user, thing)}
    context = {
        "contract": thing,
        "challenge": thing.challenge,
        "milestones": milestones,
        "now": next_step(moves, milestones, check_ins, thing.side_of(request.user), today),
        "paid": sum(step.cents for step in milestones if step.paid_date),
        "planned": sum(step.cents for step in milestones),
        "indicators": thing.indicators.all(),
        "check_ins": check_ins,
        "issues": thing.issues.all(),
        "moves": moves,
        "today": today,
    }
    return render(request, "challenges/contract_detail.html", context)


def next_step(moves, milestones, check_ins, side, today):
    """The name of the move that is waited for first of who reads this, or ""."""
    month = today.replace(day=1)
    said = any(one.side == side and one.month >= month for one in check_ins)
    waits = {
        "sign": True,
        "accept_milestone": any(m.delivered_at and not m.accepted_at for m in milestones),
        "note_payment": any(m.accepted_at and not m.paid_date for m in milestones),
        "deliver": any(m.due_date <= today and not m.delivered_at for m in milestones),
        "check_in": not said,
    }
    return next((name for name, asked in waits.items() if asked and name in moves), "")


class ContractMove(MoveView):
    """A move of a contract."""

    model, moves, slug_field = Contract, contracts.moves, "pk"

    def get_things(self):
        return super().get_things().select_related("challenge__organisation", "organisation")


class DrawUp(BeginView):
    """The page on which the owner writes down what was agreed with a winner."""

    model, moves, begin = Contract, contracts.moves, contracts.draw_up

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        seen = Award.objects.visible_to(request.user).final()
        seen = seen.select_related("challenge__organisation", "entry__organisation")
        self.award = get_object_or_404(seen, pk=kwargs["award"])
        if made := Contract.objects.filter(award=self.award).exclude(state="ended").first():
            return redirect(made)
        return super().dispatch(request, *args, **kwargs)

    def new_thing(self):
        award = self.award
        organisation = award.entry.organisation
        return Contract(award=award, challenge=award.challenge, organisation=organisation)


class AdoptionMove(MoveView):
    """A move of the promise: in public, so it leads back to the page of the challenge."""

    model, moves, slug_field = Adoption, following.adoptions, "pk"

    def get_success_url(self):
        return self.thing.challenge.get_absolute_url()


def adoption(request, pk):
    """The promise stands on the page of its challenge."""
    thing = get_object_or_404(Adoption.objects.visible_to(request.user), pk=pk)
    return redirect(thing.challenge)
