"""Whom of a sheet we know already: by number, by name and place, by web address; a chunk in few queries."""

from collections import defaultdict

from django.db import connection
from django.db.models import F, Func, Value
from django.db.models.functions import Lower, Upper
from django.utils.translation import gettext as _

from partners.imports.checking import Verdict, remark
from partners.imports.columns import simple
from partners.models import KvkNumber, Organisation
from partners.models.organisation import ALIKE, host_of

HOST = r"^https?://(?:www\.)?([^/:?#]+).*$"
GONE = ("left", "merged")
LOOKS_LIKE = """SELECT asked.no, found.id, found.name, found.region_id
    FROM unnest(%s::int[], %s::text[]) AS asked (no, name)
    CROSS JOIN LATERAL (
        SELECT o.id, o.name, o.region_id FROM partners_organisation o
        WHERE upper(o.name) %% upper(asked.name) AND o.state <> ALL (%s)
        ORDER BY similarity(upper(o.name), upper(asked.name)) DESC, o.id LIMIT 3) found"""


def find(lines):
    """Note of each line that is right so far who is here already, or looks like it."""
    right = [line for line in lines if line.verdict != Verdict.WRONG]
    _by_number(right)
    _by_name(right)
    _by_address(right)


def look_again(lines):
    """Note who came in between the dry run and now, by number or by name and place."""
    _by_number(lines)
    wanted = {(simple(line.facts["name"]), line.facts["region"]): line for line in lines}
    names = [line.facts["name"].upper() for line in lines]
    rows = Organisation.objects.standing().alias(upper_name=Upper("name"))
    for pk, name, region in rows.filter(upper_name__in=names).values_list("pk", "name", "region"):
        if line := wanted.get((simple(name), region)):
            _note(line, Verdict.HERE, "name", _("Is here already:"), pk, name)


def _note(line, verdict, name, words, organisation, called):
    known = {row["pk"] for row in line.remarks if "pk" in row}
    if organisation not in known:
        line.remarks.append(remark(name, words, pk=organisation, called=called))
    if line.verdict != Verdict.HERE:
        line.verdict = verdict


def _by_number(lines):
    wanted = {line.facts["kvk"]: line for line in lines if line.facts.get("kvk")}
    rows = KvkNumber.objects.filter(stands=True, number__in=wanted)
    for pk, name, kvk in rows.values_list("organisation", "organisation__name", "number"):
        _note(wanted[kvk], Verdict.HERE, "kvk", _("This number is here already:"), pk, name)


def _by_name(lines):
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [str(ALIKE)])
        names = [line.facts["name"] for line in lines]
        cursor.execute(LOOKS_LIKE, [list(range(len(lines))), names, list(GONE)])
        rows = cursor.fetchall()
    for no, pk, name, region in rows:
        line = lines[no]
        same = simple(name) == simple(line.facts["name"]) and region == line.facts["region"]
        words = _("Is here already:") if same else _("Looks like:")
        verdict = Verdict.HERE if same else Verdict.DOUBTFUL
        _note(line, verdict, "name", words, pk, name)


def _by_address(lines):
    wanted = defaultdict(list)
    for line in lines:
        if host := host_of(line.facts.get("website", "")):
            wanted[host].append(line)
    if not wanted:
        return
    host = Func(F("website"), Value(HOST), Value(r"\1"), Value("i"), function="regexp_replace")
    rows = Organisation.objects.standing().exclude(website="").alias(host=Lower(host))
    found = rows.annotate(host=Lower(host)).filter(host__in=wanted)
    for pk, name, at in found.values_list("pk", "name", "host"):
        for line in wanted[at]:
            _note(line, Verdict.DOUBTFUL, "website", _("The same web address:"), pk, name)
