"""A paper and the parts that it is made of: plain words, so that a page and a PDF say the same."""

from dataclasses import dataclass, field

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from factory import clock
from factory.templatetags.words import day


@dataclass
class Paper:
    """What is said on one paper, in the language of the reader.

    ``above`` stands small over the title; ``more`` is what only this paper's own template uses.
    """

    title: str
    parts: list
    above: str = ""
    template: str = "paper"
    more: dict = field(default_factory=dict)

    def said(self):
        """Everything as data for the press."""
        return {
            "title": self.title,
            "above": self.above,
            "parts": self.parts,
            "language": (get_language() or "nl")[:2],
            "made": day(clock.today()),
            "foot": _("Social Impact Factory · made on %(day)s") % {"day": day(clock.today())},
            **self.more,
        }


def heading(words):
    """A heading inside the paper."""
    return {"kind": "heading", "words": str(words)}


def text(words):
    """A paragraph."""
    return {"kind": "text", "words": str(words)}


def note(words):
    """A paragraph that stands out."""
    return {"kind": "note", "words": str(words)}


def facts(rows):
    """Pairs of a word and what it is; a pair without a value is left out."""
    told = [[str(word), str(value)] for word, value in rows if value not in ("", None)]
    return {"kind": "facts", "rows": told}


def points(rows):
    """A list of short sentences."""
    return {"kind": "points", "rows": [str(row) for row in rows]}


def table(caption, head, rows, numbers=(), widths=()):
    """Rows under heads; ``numbers`` are the columns of figures, ``widths`` the shares of the columns."""
    return {
        "kind": "table",
        "caption": str(caption),
        "head": [str(cell) for cell in head],
        "rows": [[str(cell) for cell in row] for row in rows],
        "numbers": list(numbers),
        "widths": list(widths),
    }
