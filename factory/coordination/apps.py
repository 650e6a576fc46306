"""What coordinators do for others, as an app of its own."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoordinationConfig(AppConfig):
    """Its tables; what it adds to pages is named here."""

    name = "factory.coordination"
    label = "coordination"
    verbose_name = _("Coordination")
