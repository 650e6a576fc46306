"""The words of a notice: one template for each move and audience, shown in one layout or another."""

import re

from django.template import Context, loader

from factory.notices.facts import facts

LONGEST_SUBJECT = 200
SPACES = re.compile(r"[ \t]+")
GAP = re.compile(r"\s*\n\s*\n\s*")


def page(template, layout, words, *, escaped=False):
    """A notice's words in one of the layouts; as plain text unless ``escaped``."""
    found = loader.get_template(f"{template}.html").template
    kind = "html" if escaped else "txt"
    layouts = {
        "layout": f"notices/layout/{layout}",
        "picture_layout": f"notices/layout/picture.{kind}",
        "lines_layout": f"notices/layout/lines.{kind}",
        "is_html": escaped,
    }
    said = found.render(Context(words | layouts, autoescape=escaped)).strip()
    return said if escaped else GAP.sub("\n\n", SPACES.sub(" ", said))


def subject_of(template, words):
    """One line that says what it is about."""
    return " ".join(page(template, "subject.txt", words).split())[:LONGEST_SUBJECT]


def words_about(notice, thing):
    """What the words of one notice need: the reader, who moved what, and the app's own facts."""
    event, person = notice.event, notice.recipient
    by = event.on_behalf_of or event.actor
    return {
        "person": person,
        "first_name": person.get_short_name(),
        "event": event,
        "thing": thing,
        "by": by,
        **facts(thing, person),
    }
