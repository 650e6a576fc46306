"""Amounts, dates and numbers in words a person reads, in the language of the page."""

from datetime import date, datetime, timedelta
from functools import lru_cache

from django import template
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from factory.markup import format_html
from factory.meaning.language import language_of

register = template.Library()
ROUNDED_ABOVE = 10_000


def _number(value, decimals=0):
    return _number_in(get_language(), value, decimals)


@lru_cache(maxsize=4096, typed=True)
def _number_in(language, value, decimals):
    return number_format(value, decimals, use_l10n=True, force_grouping=True)


@register.filter
def euro(cents):
    """Euro cents as an amount: "€ 9.600", "€ 812,50". Empty for None."""
    if cents is None:
        return ""
    decimals = 2 if cents % 100 else 0
    sign = "-" if cents < 0 else ""
    return f"{sign}€\u00a0{_number(abs(cents) / 100 if decimals else abs(cents) // 100, decimals)}"


@register.filter
def euro_short(cents):
    """Euro cents rounded to what can be remembered: "€ 2,3 mln", "€ 38.400", "€ 950"."""
    if cents is None:
        return ""
    euros = cents / 100
    if euros >= 1_000_000:
        return _("€ %(amount)s mln") % {"amount": _number(euros / 1_000_000, 1)}
    step = 100 if euros >= 10_000 else 1
    return f"€\u00a0{_number(int(euros // step * step))}"


@register.filter
def count(number):
    """A number with its groups; above 10 000 rounded down to a thousand, as "more than 12.000"."""
    if number <= ROUNDED_ABOVE:
        return _number(number)
    return _("more than %(number)s") % {"number": _number(number // 1000 * 1000)}


@register.filter
def in_words(number):
    """Zero to twelve as a word, higher as digits."""
    words = [
        _("none"), _("one"), _("two"), _("three"), _("four"), _("five"), _("six"),
        _("seven"), _("eight"), _("nine"), _("ten"), _("eleven"), _("twelve"),
    ]  # fmt: skip
    return words[number] if 0 <= number < len(words) else _number(number)


def _local(value):
    return (
        timezone.localtime(value)
        if isinstance(value, datetime) and timezone.is_aware(value)
        else value
    )


def _day(value):
    local = _local(value)
    return local.date() if isinstance(local, datetime) else local


@register.filter
def day(value):
    """A date with its weekday: "donderdag 7 januari 2027". Empty for None."""
    return date_format(_local(value), "l j F Y") if value else ""


@register.filter
def short_day(value):
    """A date without its weekday, and with its year only if that is another year: "7 januari"."""
    if not value:
        return ""
    there = _day(value)
    return _date_in(
        get_language(), there, "j F" if there.year == timezone.localdate().year else "j F Y"
    )


@lru_cache(maxsize=4096)
def _date_in(_language, day, form):
    return date_format(day, form)


@register.filter
def moment(value):
    """A date with its weekday and hour: "vrijdag 26 februari 2027, 12.00 uur"."""
    if not value:
        return ""
    local = _local(value)
    hour = {"hour": f"{local.hour}", "minute": f"{local.minute:02}"}
    said = f"{date_format(local, 'l j F Y')}, " + _("%(hour)s:%(minute)s") % hour
    return f"{said} ({_which(local)})" if _is_twice(local) else said


def _is_twice(local):
    """Whether the clock shows this hour twice that night, as the time goes back."""
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def _which(local):
    return _("winter time") if local.fold else _("summer time")


@register.filter
def away(value):
    """How far a date is from today: "today", "tomorrow", "in 5 days", "3 days ago"."""
    if not value:
        return ""
    days = (_day(value) - timezone.localdate()).days
    near = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}
    if days in near:
        return near[days]
    if days > 0:
        return ngettext("in %(n)s day", "in %(n)s days", days) % {"n": days}
    return ngettext("%(n)s day ago", "%(n)s days ago", -days) % {"n": -days}


@register.filter
def duration(value):
    """Minutes, or a timedelta, in the largest unit that fits: "25 minutes", "9 hours", "3 days"."""
    minutes = int(value.total_seconds() // 60) if isinstance(value, timedelta) else int(value)
    if minutes < 60:
        return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    if minutes < 48 * 60:
        return ngettext("%(n)s hour", "%(n)s hours", minutes // 60) % {"n": minutes // 60}
    return ngettext("%(n)s day", "%(n)s days", minutes // 1440) % {"n": minutes // 1440}


@register.filter
def lang_if_other(language):
    """`` lang="en"`` for a text people typed in another language than the page."""
    other = language and language in ("nl", "en") and language != (get_language() or "nl")[:2]
    return format_html(' lang="{}"', language) if other else ""


@register.filter
def lang_of(text):
    """The same for a text of which nobody said in which language it is; a text that does not tell gets none."""
    return lang_if_other(language_of(str(text), otherwise="")) if text else ""


@register.filter
def iso(value):
    """A date or a moment for the ``datetime`` attribute of ``<time>``."""
    return value.isoformat() if isinstance(value, date) else ""


@register.filter
def at(address):
    """An e-mail address that may break after its at sign, nowhere else if it fits."""
    name, sign, domain = str(address).partition("@")
    return format_html("{}{}<wbr>{}", name, sign, domain)


@register.filter
def beside(row, head):
    """Each cell of a table's row with the head of its column."""
    return zip(head, row, strict=False)
