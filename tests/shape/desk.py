"""The pages of the coordinators' admin, each kind once."""

from contextlib import suppress

from django.urls import NoReverseMatch, reverse

from challenges.models import Challenge
from tests.shape.doors import addresses

OF_ADMINISTRATORS = {"admin:knowledge_norm_changelist", "admin:knowledge_holiday_changelist"}


def admin_pages(world):
    """The first page, every list, and the page of one thing of each kind."""
    yield "admin:index", []
    yield "admin:market_listing_shortlist", [world.lunch.pk]
    yield "admin:figures", []
    yield "admin:look_as", [world.lunch.contact_id]
    yield "admin:market_listing_enter", []
    yield "admin:market_listing_round", []
    yield "admin:market_listing_enter_for", [world.lunch.contact_id, "need"]
    yield "admin:market_match_for", [*world.things["match"]]
    yield "admin:partners_organisation_enter", []
    yield "admin:partners_organisation_join", [world.lunch.organisation_id]
    yield "admin:partners_import_add", []
    yield "admin:partners_import_change", [world.things["sheet"][0]]
    yield "admin:partners_organisation_move", [world.lunch.organisation_id, "merge"]
    yield "admin:partners_person_merge", [world.lunch.contact_id]
    for name in dict.fromkeys(addresses()):
        if name.startswith("admin:") and name.endswith("_changelist"):
            with suppress(NoReverseMatch):
                reverse(name)
                yield from [(name, [])] * (name not in OF_ADMINISTRATORS)
    yield "admin:partners_organisation_change", [world.lunch.organisation_id]
    yield "admin:market_listing_change", [world.lunch.pk]
    yield "admin:market_match_change", [*world.things["match"]]
    shaping = Challenge.objects.get(slug=world.things["shaping"][0]).pk
    yield "admin:challenges_challenge_change", [shaping]
    yield "admin:challenges_challenge_for", [shaping]
    yield "admin:challenges_challenge_move", [shaping, "ask_for_more"]
