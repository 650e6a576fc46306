"""A rule in static/css is for something that a page can hold; what nothing uses any more is taken away."""

import re

from factory.local.places import ROOT

CLASS = re.compile(r"\.([A-Za-z_][\w-]*)")
ASIDE = re.compile(r"/\*.*?\*/|url\([^)]*\)|\"[^\"]*\"", re.S)
THEIRS = {"htmx-request"}  # htmx puts it on what waits for an answer
WHERE = ("templates", "factory", "partners", "market", "challenges", "static/js")


def named():
    """Every class that a rule of ours is for."""
    sheets = (ROOT / "static/css").glob("*.css")  # those in admin/ are for Django's own pages
    rules = "".join(ASIDE.sub("", sheet.read_text()) for sheet in sheets)
    selectors = re.findall(r"([^{};]+)\{", rules)
    return {name for chosen in selectors for name in CLASS.findall(chosen) if "@" not in chosen}


def written():
    """All that pages are made of, in one text."""
    found = (path for place in WHERE for path in (ROOT / place).rglob("*"))
    kinds = {".html", ".py", ".js", ".svg"}
    return "\n".join(path.read_text() for path in found if path.suffix in kinds)


def unused(names, text):
    """The names that are neither written nor begin as a name that is put together (`state--{{ key }}`)."""
    words = set(re.findall(r"[A-Za-z_][\w-]*", text))
    built = tuple(set(re.findall(r"([A-Za-z][\w-]*-)[{%]", text)))
    return sorted(name for name in names - words if not name.startswith(built))


def test_every_style_is_used():
    assert unused(named() - THEIRS, written()) == []


def test_what_nothing_uses_is_found():
    text = '<p class="row state--{{ key }}">'
    assert unused({"row", "state--late", "row--tight", "state"}, text) == ["row--tight", "state"]
