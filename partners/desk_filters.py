"""By what coordinators pick organisations and people from their lists."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from partners.models import MailDomain, Region


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
    """Whose mail domain nobody has looked at: it lets nobody in until then."""

    title = _("mail domains")
    parameter_name = "domains"

    def lookups(self, request, model_admin):
        return [("unchecked", _("not checked yet"))]

    def queryset(self, request, queryset):
        unseen = MailDomain.objects.current().filter(checked_on=None)
        return queryset.filter(pk__in=unseen.values("organisation")) if self.value() else queryset
