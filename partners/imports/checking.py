"""One line of a sheet: its cells become facts, and what is wrong with them is said in words."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from partners.imports.columns import COLUMNS, simple
from partners.models import ImportLine, Organisation
from partners.models.numbers import trouble_with_vat
from partners.models.organisation import host_of

Verdict = ImportLine.Verdict
LABELS = {column.name: column.label for column in COLUMNS}


def check(line, columns, known):
    """Fill in the facts, keys and remarks of a line that nobody looked at yet."""
    facts, remarks = {}, []
    cells = [*line.cells, *[""] * len(columns)]
    for column, text in zip(columns, cells, strict=False):
        if column is None:
            continue
        try:
            if text or column.required:
                facts[column.name] = _cleaned(column, text, known)
        except ValidationError as fault:
            remarks += [remark(column.name, words) for words in fault.messages]
    remarks += _together(facts)
    line.facts, line.remarks, line.keys = facts, remarks, keys(facts)
    line.verdict = Verdict.WRONG if remarks else Verdict.NEW


def _cleaned(column, text, known):
    if not text:
        raise ValidationError(_("This must be filled in."))
    return column.clean(text, known)


def _together(facts):
    """What is only wrong because of another cell."""
    if facts.get("rsin") and facts.get("legal_form") == Organisation.Form.SOLE:
        yield remark("rsin", _("A sole trader has no RSIN. Leave this empty."))
    if trouble := trouble_with_vat(facts.get("vat"), facts.get("legal_form", "")):
        yield remark("vat", trouble)


def remark(name, words, **more):
    """What there is to say about a cell (or, without a name, about the line)."""
    return {"column": str(LABELS[name]) if name else "", "words": str(words), **more}


def keys(facts):
    """By what two lines may be the same: number, name with its place, web address."""
    found = []
    if facts.get("kvk"):
        found.append(f"kvk:{facts['kvk']}")
    if facts.get("name") and facts.get("region"):
        found.append(f"name:{simple(facts['name'])}@{facts['region']}")
    if host := host_of(facts.get("website", "")):
        found.append(f"host:{host}")
    return found


def compare(line, seen):
    """Note which earlier line of the same sheet is the same; ``seen``: {key: number of the line}."""
    for key in line.keys:
        before = seen.setdefault(key, line.number)
        if before != line.number:
            _note_twice(line, key.partition(":")[0], before)


TWICE = {
    "kvk": ("kvk", Verdict.WRONG),
    "name": ("name", Verdict.WRONG),
    "host": ("website", Verdict.DOUBTFUL),
}


def _note_twice(line, kind, before):
    name, verdict = TWICE[kind]
    line.remarks.append(remark(name, _("The same stands on line %(n)s.") % {"n": before}))
    if line.verdict != Verdict.WRONG:
        line.verdict = verdict
