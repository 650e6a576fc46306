"""Text that cannot become a formula: OWASP's list for CSV injection, and what looks like it.

Excel, LibreOffice and Sheets run a cell that starts with ``= + - @``. They forgive spaces, quotes and
characters that cannot be seen before it, and Excel takes the full-width signs of Japanese keyboards.
An apostrophe in front makes it text for all of them.
"""

import re

SIGNS = "=+\\-@\uff1d\uff0b\uff0d\uff20\u2212\ufe62\ufe63\ufe66\ufe6b"
STARTS = re.compile(rf"[\t\r\n]|[\W_]*?[{SIGNS}]")
INSIDE = re.compile(rf"([;,|\t\r\n\"'])(\s*)(?=[{SIGNS}])")
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")
# What Excel would make another number of: 01234567, and the twenty digits of an OIN.
SPOILT = re.compile(r"0\d+$|\d{16,}$")
DEFUSED = re.compile(rf"'(?={STARTS.pattern}|{SPOILT.pattern})")
MOST_CHARACTERS = 32_000  # a cell of Excel holds 32 767


def defused(text):
    """The text for a cell of its own (XLSX): with an apostrophe where it would start a formula."""
    text = UNPRINTABLE.sub("", text)[:MOST_CHARACTERS]
    return f"'{text}" if STARTS.match(text) else text


def defused_in_line(text):
    """The text for a line of CSV, where a reader may also cut at another separator or quote."""
    text = defused(INSIDE.sub(r"\1\2'", text))
    return f"'{text}" if SPOILT.match(text) else text


def armed(text):
    """What was meant by a cell that :func:`defused` wrote: the way back, for sheets that return."""
    return text[1:] if DEFUSED.match(text) else text
