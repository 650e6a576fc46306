"""Who is told: inbox, mail outbox, delivery, preferences and digests."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    """What notices contribute to the coordinators' first page."""

    name = "factory.notices"
    label = "notices"
    verbose_name = _("Mail")
    reader_facts = "factory.notices.readers.reader_facts"
    coordinator_queues = "factory.notices.admin.coordinator_queues"
