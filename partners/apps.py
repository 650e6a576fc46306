from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    """What the registry contributes to the pages that gather from every app."""

    name = "partners"
    verbose_name = _("Partners")
    impact_figures = "partners.impact.impact_figures"
    searched_lists = "partners.search.searched_lists"
    search_sections = "partners.search.search_sections"
    home_tiles = "partners.figures.home_tiles"
    coordinator_for = "partners.figures.coordinator_for"
    reader_facts = "partners.readers.reader_facts"
    desk_queues = "partners.figures.desk_queues"
    coordinator_acts = "partners.entering.coordinator_acts"
    coordinator_queues = "partners.calls.coordinator_queues"
    profile_blocks = "partners.proofs.profile_blocks"
    stand_in_for = "partners.absence.stand_in_for"
    closing_stops = "partners.closing.stops"
    merge_stops = "partners.merging.stops"
    merge_organisation = "partners.merging.organisation"
    merge_person = "partners.merging.person"
    forget_person = "partners.closing.forget"
    readable = "partners.texts.readable"
    demo_steps = "partners.demo.steps"
    bulk_steps = "partners.demo.bulk.load"
    bench_probes = "partners.demo.probes.probes"
    demo_accounts = "partners.demo.accounts.shown"
