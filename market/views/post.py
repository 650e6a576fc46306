"""Putting a need or an offer on the market, in a minute."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from factory.move_views import BeginView
from market.lifecycle import listing as listings
from market.models import Listing
from partners.models import Organisation


class PostListing(BeginView):
    """``new/need/`` and ``new/offer/``."""

    model, moves, begin = Listing, listings.moves, listings.post
    template_name = "market/listing_form.html"

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and self.mine() is None:
            return self.who_are_you()
        return super().dispatch(request, *args, **kwargs)

    def mine(self):
        """The organisation for which this person posts: the one that has been here longest."""
        posts_for = self.by.memberships.who_write().values("organisation")
        there = Organisation.objects.filter(pk__in=posts_for)
        return there.exclude(state__in=["left", "suspended"]).order_by("pk").first()

    def new_thing(self):
        return Listing(kind=self.kwargs["kind"], organisation=self.mine())

    def who_are_you(self):
        """Somebody without an organisation, or whose request to join still waits."""
        memberships = self.by.memberships.select_related("organisation")
        context = {"membership": memberships.first(), "kind": self.kwargs["kind"]}
        status = 200 if self.request.method == "GET" else 403
        return render(self.request, "market/who_are_you.html", context, status=status)

    def asked(self, form, status=200, **extra):
        known = self.thing.organisation.state == Organisation.State.ACTIVE
        return super().asked(form, status, sees=(everybody if known else nobody_yet)(), **extra)


def everybody():
    return _(
        "Everybody, as soon as you post it. Your own name, number and address only those to whom "
        "you are introduced."
    )


def nobody_yet():
    return _(
        "Only you and the coordinators, until your organisation has been checked. Then you put it "
        "on the market with one press."
    )
