from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChallengesConfig(AppConfig):
    """What the challenges contribute to the pages that gather from every app."""

    name = "challenges"
    verbose_name = _("Impact challenges")
    searched_lists = "challenges.search.searched_lists"
    search_sections = "challenges.search.search_sections"
    home_tiles = "challenges.figures.home_tiles"
    home_ways = "challenges.figures.home_ways"
    home_bands = "challenges.figures.home_bands"
    reader_facts = "challenges.readers.reader_facts"
    sitemaps = "challenges.figures.sitemaps"
    forget_person = (
        "challenges.models.follower.forget",
        "challenges.lifecycle.leaving.forget",
    )
    readable = "challenges.answerers.readable"
    suggested_lately = "challenges.lifecycle.calling.suggested_lately"
    desk_foryou = "challenges.fitting_boxes.desk_foryou"
    demo_steps = "challenges.demo.steps"
    desk_queues = (
        "challenges.desk.desk_queues",
        "challenges.figures.entries.desk_queues",
        "challenges.jury_desk.desk_queues",
        "challenges.coaching_desk.desk_queues",
    )
    impact_figures = "challenges.figures.impact_figures"
    bulk_steps = "challenges.demo.bulk.load"
    bench_probes = "challenges.demo.probes.probes"
    coordinator_queues = (
        "challenges.calls.coordinator_queues",
        "challenges.checking_desk.coordinator_queues",
        "challenges.deciding_desk.coordinator_queues",
    )
    coordinator_acts = "challenges.admin.entering.coordinator_acts"
    sealed_events = "challenges.sealing.sealed_events"
    merge_stops = "challenges.sealing.merge_stops"
    merge_organisation = "challenges.sealing.merge_organisation"
    merge_person = "challenges.sealing.merge_person"
