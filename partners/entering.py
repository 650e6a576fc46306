"""Organisations and people that a coordinator enters for somebody: who it is, then the form they would have."""

from allauth.account.models import EmailAddress
from django import forms
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factory.coordination.for_somebody import entering, noted
from factory.forms import PlainTextMixin
from factory.me.forms import PHONE
from factory.move_admin import MADE
from factory.moves import may_stand_in
from factory.notices.models import Notice
from partners.forms import ApplyForm
from partners.lifecycle import admit, apply, ask_to_join, claim
from partners.models import Membership, Organisation, Person

WHO = ("person_name", "person_email", "person_phone")
OPEN_TO_ALL = (Organisation.State.LISTED, Organisation.State.ACTIVE)  # a coordinator lets people in


class WhoForm(PlainTextMixin, forms.Form):
    """Somebody who told us by phone: an address that is known here is that person."""

    person_name = forms.CharField(label=gettext_lazy("Name of the person"), max_length=120)
    person_email = forms.EmailField(
        label=gettext_lazy("E-mail address of the person"),
        help_text=gettext_lazy(
            "There we ask whether it is right. With this address they can sign in."
        ),
        max_length=254,
    )
    person_phone = forms.CharField(
        label=gettext_lazy("Phone number of the person"),
        max_length=30,
        required=False,
        validators=[PHONE],
    )

    def clean_person_email(self):
        """Not a coordinator's, nor of an account that is closed."""
        address = self.cleaned_data["person_email"].lower()
        known = Person.objects.filter(email__iexact=address).first()
        if known and not (known.is_active and not known.is_staff):
            raise forms.ValidationError(_("For this person nothing can be entered."))
        return address

    def person(self):
        """Who it is: known already, or new and not signed in yet."""
        said = {name.removeprefix("person_"): self.cleaned_data.pop(name) for name in WHO}
        known = Person.objects.filter(email__iexact=said["email"]).first()
        return known or _new(**said)


def _new(email, **facts):
    person = Person.objects.create_user(email, None, **facts)
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=False)
    return person


class ApplyForForm(ApplyForm, WhoForm):
    """The application, and whose it is."""

    field_order = WHO


class JoinForForm(WhoForm):
    """A colleague, and in what role; the first one of a listed name answers for it."""

    role = forms.ChoiceField(
        label=gettext_lazy("Role"), choices=Membership.Role, initial=Membership.Role.EDITOR
    )

    def __init__(self, *args, thing=None, **kwargs):
        self.thing = thing
        super().__init__(*args, **kwargs)
        if thing.state == Organisation.State.LISTED:
            del self.fields["role"]

    def clean_person_email(self):
        """Not somebody who is in the organisation, or asks to be."""
        address = super().clean_person_email()
        if self.thing.memberships.filter(person__email__iexact=address).exists():
            raise forms.ValidationError(_("This person is here already, or asked to join."))
        return address


class EntersOrganisations:
    """Mixed into the admin of organisations: ``enter/`` for a new one, ``<id>/enter/`` for a colleague."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("enter/", view(self.enter_view), name="partners_organisation_enter"),
            path("<int:pk>/enter/", view(self.join_view), name="partners_organisation_join"),
            *super().get_urls(),
        ]

    def enter_view(self, request):
        """An application, for somebody."""
        thing = Organisation()
        form = ApplyForForm(request.POST or None, thing=thing, by=request.user)
        if not (request.method == "POST" and form.is_valid()):
            title = _("Enter an organisation")
            sees = _("The coordinators, until it is made public. The person reads it in the mail.")
            return entering(
                self, request, apply, form, None, title=title, alike=form.alike, sees=sees
            )
        with transaction.atomic():
            level = noted(self, request, apply, thing, form.person(), form.cleaned_data)
            transaction.set_rollback(level != MADE)
        return HttpResponseRedirect(
            self.page_of(thing) if level == MADE and thing.pk else request.path
        )

    def join_view(self, request, pk):
        """A colleague is let in by the coordinator whom they called; the journal holds both names."""
        thing = Organisation.objects.filter(state__in=OPEN_TO_ALL, pk=pk).first()
        if thing is None:
            raise Http404
        form = JoinForForm(request.POST or None, thing=thing)
        if not (request.method == "POST" and form.is_valid()):
            words = {"title": _("Add somebody"), "thing": thing, "meaning": _meaning(thing)}
            words["sees"] = _("Their colleagues there and the coordinators.")
            return entering(self, request, ask_to_join, form, None, **words)
        with transaction.atomic():
            level = self._join(request, thing, form)
            transaction.set_rollback(level != MADE)
        return HttpResponseRedirect(self.page_of(thing))

    def _join(self, request, thing, form):
        role, person = form.cleaned_data.pop("role", None), form.person()
        if not may_stand_in(request.user, person):
            raise Http404
        level = noted(self, request, ask_to_join if role else claim, thing, person, {})
        if role and level == MADE:
            _admitted(thing, person, role, request.user)
        return level


def _meaning(thing):
    """What letting somebody in leads to, where that is more than a colleague."""
    if thing.state != Organisation.State.LISTED:
        return ""
    return _(
        "Nobody of %(name)s has joined yet: this person will answer for it. After this you check that, and make "
        "it public."
    ) % {"name": thing.name}


def _admitted(organisation, person, role, by):
    # Nobody needs to be asked to let in who is let in already.
    Notice.objects.take_back(organisation, ask_to_join.verb)
    membership = organisation.memberships.get(person=person)
    if not membership.confirmed_at:
        admit(organisation, by=by, membership=membership, role=role)


def let_in(organisation, person, *, by):
    """Whoever told a coordinator by phone that they work there is let in by them; a listed name is claimed."""
    if organisation.state == Organisation.State.LISTED:
        claim(organisation, by=by, on_behalf_of=person)
        return
    if not organisation.memberships.filter(person=person).exists():
        ask_to_join(organisation, by=by, on_behalf_of=person)
    _admitted(organisation, person, Membership.Role.EDITOR, by)


def coordinator_acts():
    """On the coordinators' first page."""
    address = reverse("admin:partners_organisation_enter")
    return [{"words": _("Enter an organisation"), "url": address}]
