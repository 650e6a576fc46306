"""Puts the coordinators' own site in the place of Django's default admin."""

from django.contrib.admin.apps import AdminConfig


class FactoryAdminConfig(AdminConfig):
    default_site = "factory.admin_site.FactoryAdminSite"
