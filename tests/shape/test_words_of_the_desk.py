"""What coordinators read beside a field is in their language, and so are the dates."""

from datetime import UTC, datetime

import pytest
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import FieldDoesNotExist
from django.utils import formats, translation
from django.utils.functional import Promise

OURS = ("factory", "partners", "market", "challenges")


def desks():
    """Every page of the admin about something of ours, with what is listed on it."""
    for model, desk in admin.site._registry.items():
        if model.__module__.partition(".")[0] in OURS:
            yield desk
            yield from (inline(model, admin.site) for inline in desk.inlines)


def named(desk):
    """The names of what this page shows."""
    told = [*flatten_fieldsets(desk.fieldsets or []), *(desk.fields or ()), *desk.readonly_fields]
    listed = [*getattr(desk, "list_display", ()), *getattr(desk, "list_filter", ())]
    return sorted({name for name in [*told, *listed] if isinstance(name, str)})


def field_of(model, name):
    """The field of a model at the end of this name, or None."""
    field = None
    for part in name.split("__"):
        try:
            field = model._meta.get_field(part)
        except FieldDoesNotExist:
            return None
        model = field.related_model or model
    return field


def untranslated(desk):
    fields = [(name, field_of(desk.model, name)) for name in named(desk)]
    own = [(name, field) for name, field in fields if field and field.concrete]
    return [name for name, field in own if not isinstance(field.verbose_name, Promise)]


def test_every_field_on_the_desk_has_words_in_both_languages():
    found = {desk.model._meta.label: untranslated(desk) for desk in desks()}
    assert {label: names for label, names in found.items() if names} == {}


def test_a_field_without_words_is_found():
    class Desk:
        model, fieldsets, fields, readonly_fields = admin.models.LogEntry, None, ["object_id"], ()

    class Bare:
        concrete, verbose_name = True, "searched at"

    assert named(Desk) == ["object_id"]
    assert not isinstance(Bare.verbose_name, Promise)
    assert not untranslated(Desk)


@pytest.mark.parametrize(
    ("language", "written"), [("en", "24 November 2026, 09:00"), ("nl", "24 november 2026 09:00")]
)
def test_a_moment_is_written_with_the_day_before_the_month(language, written):
    with translation.override(language):
        assert formats.localize(datetime(2026, 11, 24, 9, tzinfo=UTC)) == written
