"""The page of a certificate, its moves, and the form by which it is sent in."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render

from factory import clock
from factory.journal.models import Event
from factory.move_views import BeginView, MoveView
from partners.lifecycle.credential import claim, moves
from partners.models import Credential, Organisation
from partners.proof_forms import a_day_later
from partners.proofs import standing
from partners.rules import decides_for, role_in

AT_THE_DESK = {"vouch", "refuse", "revoke"}


def credential(request, pk):
    """What it is and until when it holds; for insiders also the certificate and what happened."""
    seen = Credential.objects.visible_to(request.user)
    parts = ("organisation", "evidence", "checked_by")
    thing = seen.select_related(*parts).filter(pk=pk).first()
    if thing is None:
        raise Http404
    person = request.user
    is_staff = person.is_authenticated and person.is_staff
    inside = is_staff or bool(role_in(person, thing.organisation_id))
    context = {
        "credential": thing,
        "stands": standing(thing, clock.today()),
        "is_inside": inside,
        "is_staff": is_staff,
        "decides": decides_for.test(person, thing.organisation_id),
        "moves": _moves(person, thing) if inside else [],
        "history": history(thing) if inside else [],
        "renewed": inside and thing.renewals.exclude(state="withdrawn").order_by("-pk").first(),
    }
    return render(request, "partners/credential_detail.html", context)


def _moves(person, thing):
    return [m for m in moves.open_to(person, thing) if m.name not in AT_THE_DESK]


def history(thing):
    """What happened, from the journal."""
    return Event.objects.about(thing).select_related("actor", "on_behalf_of")


class CredentialMove(MoveView):
    """Every move of a credential."""

    model, moves, slug_field = Credential, moves, "pk"

    def get_things(self):
        return super().get_things().select_related("organisation")


class Claim(BeginView):
    """An organisation shows what it has; ``?renews=`` starts from the period before."""

    model, moves, begin = Credential, moves, claim
    template_name = "partners/credential_claim.html"

    def new_thing(self):
        seen = Organisation.objects.visible_to(self.request.user)
        return Credential(organisation=get_object_or_404(seen, slug=self.kwargs["slug"]))

    def form(self, data=None, files=None):
        form = super().form(data, files)
        if before := self.before():
            form.initial |= {
                "what": f"{before.proof}:{before.level}",
                "number": before.number,
                "issuer": before.issuer,
                "register_url": before.register_url,
                "valid_from": a_day_later(before),
            }
        return form

    def before(self):
        """The period that is renewed, if the address names one of ours."""
        number = self.request.GET.get("renews", "")
        ours = self.thing.organisation.credentials
        return ours.filter(pk=number).first() if number.isdecimal() and len(number) < 12 else None

    def asked(self, form, status=200, **extra):
        extra = {"about": self.thing.organisation, **extra}
        return super().asked(form, status, **extra)
