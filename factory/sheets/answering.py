"""A sheet as an answer to a request: a file to keep, never a page to show."""

from django.http import FileResponse, Http404, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import slugify

from factory import clock
from factory.sheets.writing import as_csv, as_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = ("csv", "xlsx")


def as_answer(kind, name, columns, rows):
    """The rows as ``<name>-<today>.<kind>``. CSV leaves line by line, however many rows there are."""
    if kind not in FORMATS:
        raise Http404
    if kind == "csv":
        answer = StreamingHttpResponse(
            as_csv(columns, rows), content_type="text/csv; charset=utf-8"
        )
    else:
        answer = FileResponse(as_xlsx(columns, rows, str(name)), content_type=XLSX)
    file = f"{slugify(name)[:60] or 'sheet'}-{clock.today():%Y-%m-%d}.{kind}"
    answer["Content-Disposition"] = content_disposition_header(True, file)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store, private"
    return answer
