"""Words that were pasted, or that stand in a text document, as plain text: lists stay, the rest goes."""

import re
from html.parser import HTMLParser
from io import BytesIO
from zipfile import ZipFile

MARKED_UP = re.compile(
    r"</?(?:p|div|span|[ou]l|li|br|table|t[rdh]|strong|em|b|i|u|h[1-6]|font|meta|style|o:p)\b[^>]*>",
    re.IGNORECASE,
)
BULLET = re.compile(r"^[ \t]*(?:[•·●▪◦‣–*\uf0b7\uf0a7]|o(?=\t))[ \t]+", re.MULTILINE)
SPACES = re.compile(r"[ \t\u00a0\u2007\u202f]+")
UNSEEN = re.compile(
    r"[\x00-\x08\x0c\x0e-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
GAP = re.compile(r"\n{3,}")
BLOCKS = {
    "p",
    "div",
    "br",
    "tr",
    "ul",
    "ol",
    "table",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "w:p",
    "w:br",
}
SILENT = {"style", "script", "head", "title", "xml"}


class Words(HTMLParser):
    """Reads mark-up, of a page or of a text document, and keeps its words and its lists."""

    def __init__(self, only=None):
        super().__init__()
        self.only, self.said, self.silent, self.inside = only, [], 0, 0

    def handle_starttag(self, tag, attrs):
        if tag in SILENT:
            self.silent += 1
        elif tag == self.only:
            self.inside += 1
        elif tag in BLOCKS:
            self.said.append("\n")
        elif tag in {"li", "w:numpr"}:
            self.said.append("\n- ")
        elif tag in {"td", "th", "w:tab"}:
            self.said.append(" ")

    def handle_startendtag(self, tag, attrs):
        if tag in BLOCKS:
            self.said.append("\n")
        elif tag in {"w:numpr", "w:tab"}:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        if tag in SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag == self.only:
            self.inside -= 1
        elif tag in {"p", "w:p", "div", "ul", "ol"}:
            self.said.append("\n")

    def handle_data(self, data):
        if self.silent or (self.only and self.inside < 1):
            return
        self.said.append(data if self.only else SPACES.sub(" ", data.replace("\n", " ")))


def plain(text):
    """What somebody typed or pasted, without mark-up; bullets of any kind become "- " at the line's beginning."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n")
    if MARKED_UP.search(text):
        text = _words_of(text, Words())
    return tidy(text)


def tidy(text):
    """Lists begin with a dash, no unseen characters, and no more than one empty line."""
    text = BULLET.sub("- ", UNSEEN.sub("", text))
    lines = [SPACES.sub(" ", line).strip() for line in text.split("\n")]
    return GAP.sub("\n\n", "\n".join(lines)).strip()


def words_of_document(content):
    """The words of a checked .docx, given as bytes."""
    with ZipFile(BytesIO(content)) as archive:
        held = archive.read("word/document.xml").decode("utf-8", "replace")
    return tidy(_words_of(held, Words(only="w:t")))


def _words_of(text, parser):
    parser.feed(text)
    parser.close()
    return re.sub(r"- \s*\n\s*", "- ", "".join(parser.said))


END = re.compile(r"(?<=[.!?])\s|\n")
LONGEST_TITLE = 80


def title_of(text):
    """A title from the first sentence, cut between two words where it is long."""
    first = END.split(text.strip().removeprefix("- "), maxsplit=1)[0].strip().rstrip(".")
    if len(first) <= LONGEST_TITLE:
        return first
    return f"{first[:LONGEST_TITLE].rpartition(' ')[0] or first[:LONGEST_TITLE]}…"
