"""By what coordinators pick organisations and people from their lists."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from partners.models import MailDomain, Organisation, Region


class ProvinceFilter(admin.SimpleListFilter):
    """By province, and not by the hundreds of other places."""

    title = _("province")
    parameter_name = "province"
    where = "province"  # from the thing in the list

    def lookups(self, request, model_admin):
        return Region.objects.provinces().values_list("code", "name")

    def queryset(self, request, queryset):
        return (
            queryset.filter(**{f"{self.where}__code": self.value()}) if self.value() else queryset
        )


class DomainsFilter(admin.SimpleListFilter):
    """Whose mail domain nobody has looked at and so lets nobody in, which body has none, and which share one."""

    title = _("mail domains")
    parameter_name = "domains"

    def lookups(self, request, model_admin):
        return [
            ("unchecked", _("not checked yet")),
            ("none", _("a public body without one")),
            ("shared", _("others use it too")),
        ]

    def queryset(self, request, queryset):
        known = MailDomain.objects.current()
        if self.value() == "none":
            bodies = queryset.filter(legal_form=Organisation.Form.PUBLIC)
            return bodies.exclude(pk__in=known.values("organisation"))
        picked = {"unchecked": known.filter(checked_on=None), "shared": known.filter(shared=True)}
        rows = picked.get(self.value())
        return queryset if rows is None else queryset.filter(pk__in=rows.values("organisation"))
