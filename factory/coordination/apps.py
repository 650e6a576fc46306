"""What coordinators do for others, as an app of its own."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoordinationConfig(AppConfig):
    """What it contributes to the desks."""

    name = "factory.coordination"
    label = "coordination"
    verbose_name = _("Coordination")
    desk_queues = "factory.coordination.figures.desk_queues"
    coordinator_queues = "factory.coordination.figures.coordinator_queues"
