from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MarketConfig(AppConfig):
    """What the market contributes to the pages that gather from every app."""

    name = "market"
    verbose_name = _("Market")
    searched_lists = "market.search.searched_lists"
    search_sections = "market.search.search_sections"
    home_tiles = "market.figures.home_tiles"
    home_ways = "market.figures.home_ways"
    desk_queues = "market.figures.desk_queues"
    desk_foryou = "market.shelving.desk_foryou"
    desk_figures = "market.figures.desk_figures"
    coordinator_acts = "market.admin.entering.coordinator_acts"
    coordinator_figures = (
        "market.figures.coordinator_figures",
        "market.figures.gaps.coordinator_figures",
        "market.figures.attention.coordinator_figures",
    )
    coordinator_queues = "market.admin.queue.coordinator_queues"
    impact_figures = "market.figures.impact_figures"
    profile_blocks = "market.profile.blocks"
    profile_paper = "market.profile.paper_parts"
    partner_buttons = "market.profile.buttons"
    forget_person = "market.keeping.doing.forget"
    readable = "market.matching.texts.readable"
    was_read = "market.lifecycle.suggesting.let_needs_look_again"
    glossary = "market.matching.glossary.known_as"
    suggested_lately = "market.matching.attention.suggested_lately"
    sitemaps = "market.figures.sitemaps"
    merge_stops = "market.lifecycle.merging.stops"
    merge_organisation = "market.lifecycle.merging.merge_organisation"
    demo_steps = "market.demo.steps"
    bulk_steps = "market.demo.bulk.load"
    bench_probes = "market.demo.probes.probes"
