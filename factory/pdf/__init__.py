"""Papers: what leaves the site as a page to print and as a tagged PDF, from the same words.

    paper = Paper(_("Note for the file"), [facts([(_("Need"), need.title)])])
    return pdf_of(paper, "note-12")

A paper is made of parts (:mod:`factory.pdf.parts`). ``templates/parts/paper.html`` shows it as a page,
``templates/pdf/<name>.typ`` sets it as PDF/UA-1. What people typed goes in as data, so it can never be code.
"""

from factory.pdf.paper import Paper, facts, heading, note, points, table, text
from factory.pdf.press import pdf_of, pressed

__all__ = [
    "Paper",
    "facts",
    "heading",
    "note",
    "pdf_of",
    "points",
    "pressed",
    "table",
    "text",
]
