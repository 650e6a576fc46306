"""A list of the admin as a sheet: what is filtered there, through the same gate, and journalled.

The address ends in ``_export``, so the admin asks to prove again who one is (``factory/admin_site.py``).
"""

from django.contrib.admin.options import IncorrectLookupParameters
from django.db import connection, transaction
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse

from factory.journal.models import Event
from factory.sheets import FORMATS, as_answer

AT_A_TIME = 2000


class Sheets:
    """What the journal's events about exports are about: the sheets that left the house."""

    pk = 1

    @staticmethod
    def label():
        return "journal.sheets"


@transaction.atomic
def journal_export(by, what, kind, rows):
    """Write down who took how many rows of what along, as which kind of file."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('journal.sheets'))")
    details = {"kind": kind, "rows": rows}
    channel = Event.Channel.ADMIN
    Event.objects.record(Sheets, f"export.{what}", actor=by, details=details, channel=channel)


class Exporting:
    """For a ``ModelAdmin``: its list as CSV and XLSX. ``sheet``: the columns; ``sheet_rows``: what
    they need of a queryset. ``tools``: (words, name of an address) of more that a list offers.
    """

    sheet = ()
    tools = ()
    change_list_template = "admin/sheets/change_list.html"

    def sheet_rows(self, rows):
        """The queryset with what the columns read, so that no row asks for more."""
        return rows

    def get_urls(self):
        view = self.admin_site.admin_view(self.export_view)
        return [path("export/<slug:kind>/", view, name=self._export), *super().get_urls()]

    @property
    def _export(self):
        return f"{self.opts.app_label}_{self.opts.model_name}_export"

    def export_view(self, request, kind):
        """The rows of the list under the same address, without its pages."""
        if kind not in FORMATS or not self.has_view_permission(request):
            raise Http404
        try:
            rows = self.get_changelist_instance(request).queryset
        except IncorrectLookupParameters:
            return HttpResponseRedirect(
                reverse(f"admin:{self._export.removesuffix('export')}changelist")
            )
        rows = self.sheet_rows(rows)
        journal_export(request.user, self.opts.model_name, kind, rows.count())
        name = self.opts.verbose_name_plural
        return as_answer(kind, name, self.sheet, rows.iterator(chunk_size=AT_A_TIME))

    def changelist_view(self, request, extra_context=None):
        asked = request.GET.urlencode()
        sheets = [
            (kind.upper(), f"{reverse(f'admin:{self._export}', args=[kind])}?{asked}")
            for kind in FORMATS
        ]
        tools = [(words, reverse(name)) for words, name in self.tools]
        context = {"sheets": sheets, "tools": tools, **(extra_context or {})}
        return super().changelist_view(request, context)
