"""The coordinators' pages of imports: bring a sheet, see what was found line by line, bring it in."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from factory.export_admin import journal_export
from factory.forms import plain
from factory.sheets import FORMATS, Column, Unreadable, as_answer
from factory.sheets.reading import MOST_BYTES, MOST_MEGABYTES
from partners.imports.columns import COLUMNS
from partners.imports.entering import start
from partners.imports.reading import bring
from partners.imports.waking import wake
from partners.models import Import, ImportLine

Status, Verdict = Import.Status, ImportLine.Verdict
PROBLEMS = (Verdict.WRONG, Verdict.HERE, Verdict.DOUBTFUL)
A_PAGE = 50


class UploadForm(forms.Form):
    """A sheet with one partner on each line."""

    file = forms.FileField(
        label=gettext_lazy("Which sheet?"),
        help_text=gettext_lazy("CSV or XLSX, at most 5 MB. One partner on each line."),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        plain(file.name)
        if file.size > MOST_BYTES:
            words = _("This file is too large. It may be %(n)s MB.")
            raise ValidationError(words % {"n": MOST_MEGABYTES})
        return file


class ImportAdmin(admin.ModelAdmin):
    """Sheets that were brought; nothing is edited here, a page says how far each is."""

    list_display = ["file_name", "by", "at", "status", "total"]
    list_select_related = ["by"]
    ordering = ["-at", "-pk"]
    show_full_result_count = False
    actions = None

    def get_queryset(self, request):
        found = Import.objects.visible_to(request.user).defer("content")
        return found.order_by(*self.ordering)

    def has_change_permission(self, request, batch=None):
        return False

    has_delete_permission = has_change_permission

    def get_urls(self):
        guarded = self.admin_site.admin_view
        return [
            path("example/<slug:kind>/", guarded(self.example), name="partners_import_example"),
            path("<int:pk>/lines/<slug:kind>/", guarded(self.lines), name="partners_import_export"),
            *super().get_urls(),
        ]

    # A sheet comes in

    def add_view(self, request, form_url="", extra_context=None):
        """GET asks for the sheet; POST keeps it and wakes a worker."""
        form = UploadForm(*[request.POST, request.FILES] if request.method == "POST" else [])
        if request.method == "POST" and form.is_valid():
            file = form.cleaned_data["file"]
            try:
                batch = bring(file.read(), file.name, by=request.user, language=get_language())
            except Unreadable as fault:
                form.add_error("file", str(fault))
            else:
                wake("partners.tasks.look_at", batch.pk)
                return HttpResponseRedirect(self.page_of(batch))
        context = {"form": form, "columns": COLUMNS, "formats": FORMATS}
        status = 422 if form.errors else 200
        return self.shown(request, "upload", _("Import partners"), context, status)

    def example(self, request, kind):
        """A sheet with the columns that we know and one line."""
        columns = [_column(column) for column in COLUMNS]
        return as_answer(kind, _("Partners example"), columns, [None])

    # How far it is

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """GET shows what was found; POST brings it in."""
        batch = self.get_object(request, object_id)
        if batch is None:
            raise Http404
        if request.method == "POST":
            if start(batch, by=request.user, doubtful_too="doubtful" in request.POST):
                wake("partners.tasks.enter", batch.pk)
            return HttpResponseRedirect(self.page_of(batch))
        counts = batch.counts()
        shown = self._shown(request, counts)
        lines = batch.lines.filter(verdict__in=shown).select_related("organisation")
        page = Paginator(_Counted(lines, sum(counts[verdict] for verdict in shown)), A_PAGE)
        context = {
            "batch": batch,
            "counts": counts,
            "boxes": [(v, v.label, counts[v]) for v in Verdict if counts[v]],
            "shown": shown[0] if len(shown) == 1 else "",
            "page_obj": page.get_page(request.GET.get("p")),
            "formats": FORMATS,
        }
        return self.shown(request, "import", batch.file_name, context)

    def _shown(self, request, counts):
        asked = request.GET.get("show", "")
        if asked in Verdict.values:
            return [asked]
        problems = [verdict for verdict in PROBLEMS if counts[verdict]]
        return problems or [Verdict.ENTERED if counts[Verdict.ENTERED] else Verdict.NEW]

    def lines(self, request, pk, kind):
        """The lines that were not brought in, as they came and with what is wrong: to mend and bring again."""
        batch = self.get_queryset(request).filter(pk=pk).first()
        if batch is None or kind not in FORMATS:
            raise Http404
        rows = batch.lines.filter(verdict__in=PROBLEMS)
        journal_export(request.user, "import", kind, rows.count())
        columns = [Column(name, _cell(place), width=24) for place, name in enumerate(batch.head)]
        columns += [Column(_("What is wrong"), _said, width=60)]
        return as_answer(kind, _("Partners to mend"), columns, rows.iterator(chunk_size=1000))

    def page_of(self, batch):
        """The address of an import's page."""
        return reverse("admin:partners_import_change", args=[batch.pk])

    def shown(self, request, template, title, context, status=200):
        """One of our own pages in the admin's frame."""
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            **context,
        }
        return TemplateResponse(request, f"admin/partners/{template}.html", context, status=status)


class _Counted:
    """Rows whose number is known, so that a page of them does not count again."""

    def __init__(self, rows, total):
        self.rows, self.total = rows, total

    def count(self):
        return self.total

    def __len__(self):
        return self.total

    def __getitem__(self, part):
        return list(self.rows[part])


def _column(column):
    label = f"{column.label}*" if column.required else column.label
    return Column(label, lambda _row: str(column.example), width=24)


def _cell(place):
    return lambda line: line.cells[place] if place < len(line.cells) else ""


def _said(line):
    """Every remark about a line, as text."""
    return " · ".join(
        " ".join(
            filter(None, [row["column"] and f"{row['column']}:", row["words"], row.get("called")])
        )
        for row in line.remarks
    )
