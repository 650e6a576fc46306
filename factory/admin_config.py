"""Puts the coordinators' own site in the place of Django's default admin."""

from django.contrib import admin
from django.contrib.admin.apps import AdminConfig

OURS = ("factory.", "partners.", "market.", "challenges.")


class FactoryAdminConfig(AdminConfig):
    """Holds our own models only: groups, second factors and addresses are managed by their owners."""

    default_site = "factory.admin_site.FactoryAdminSite"

    def ready(self):
        super().ready()
        for model in [m for m in admin.site._registry if not m.__module__.startswith(OURS)]:
            admin.site.unregister(model)
