"""A PDF that only shows pages: no scripts, no programs, no files inside, nothing behind its end.

This reads no PDF as a viewer would. It looks in every place where a viewer can find an action: the
file itself and the packed lists of objects in it. What it cannot unpack it refuses.
"""

import re
import zlib

from factory.files.refusals import refused

# What a page never needs. Long enough never to stand in packed dots by chance.
ACTIVE = re.compile(
    rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData|GoToE|Rendition)"
    rb"(?![A-Za-z0-9])"
)
SHORT = re.compile(rb"/(JS|XFA)[\s(<\[/]")
LOCKED = re.compile(rb"/Encrypt(?![A-Za-z0-9])")
MARKUP = re.compile(rb"<(script|html|svg|body|iframe|!doctype|\?php)", re.IGNORECASE)
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAM = re.compile(rb"(?<!end)stream(\r\n|\s)")
HEAD, TAIL = 2048, 1024
ZIP_TAIL = 66_000  # a zip's list of contents stands in this last part of a file
MOST_UNPACKED = 60_000_000
FILTER = re.compile(rb"/Filter")
ONLY_FLATE = re.compile(rb"/Filter\s*(\[\s*)?/FlateDecode(\s*\])?\s*(/|>>)")
PREDICTED = re.compile(rb"/(Predictor|DecodeParms)")


def check_paper(content):
    """Refuses a PDF that does anything, or that is something else as well."""
    if not _is_only_pdf(content):
        raise refused("broken")
    plain = unescaped(content)
    if LOCKED.search(plain):
        raise refused("locked")
    left = MOST_UNPACKED
    _refuse_active(plain, outside_streams(plain))
    for unpacked in packed_objects(content, left):
        left -= len(unpacked)
        if left <= 0:
            raise refused("bomb")
        names = unescaped(unpacked)
        _refuse_active(names, names)


def _is_only_pdf(content):
    """It ends where a PDF ends, and neither markup nor a zip shares the file."""
    end = content.rfind(b"%%EOF", -TAIL)
    return (
        end >= 0
        and not content[end + 5 :].strip(b"\r\n\t \x00")
        and not MARKUP.search(content[:HEAD])
        and b"PK\x05\x06" not in content[-ZIP_TAIL:]
    )


def _refuse_active(everything, readable):
    if ACTIVE.search(everything) or SHORT.search(readable):
        raise refused("active")


def unescaped(content):
    """Names as they are meant: ``/J#61vaScript`` is ``/JavaScript``."""
    return ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), content)


def outside_streams(content):
    """What stands between the packed parts, where a short name can only be a name."""
    parts, at = [], 0
    for begin, end in streams(content):
        if begin >= at:
            parts.append(content[at:begin])
            at = end
    return b" ".join([*parts, content[at:]])


def streams(content):
    """``(begin, end)`` of whatever calls itself a stream."""
    for found in STREAM.finditer(content):
        end = content.find(b"endstream", found.end())
        yield found.end(), end if end >= 0 else len(content)


def packed_objects(content, most):
    """The packed lists of objects, unpacked one by one; refuses those packed in a way we do not read."""
    before = 0
    for begin, end in streams(content):
        told = unescaped(content[before:begin])
        told, before = told[told.rfind(b"endobj") + 1 :], end
        if b"/ObjStm" not in told:
            continue
        packed = FILTER.search(told)
        if (packed and not ONLY_FLATE.search(told)) or PREDICTED.search(told):
            raise refused("active")
        yield _unpacked(content[begin:end], most) if packed else content[begin:end]


def _unpacked(data, most):
    try:
        return zlib.decompressobj().decompress(data, most)
    except zlib.error:
        raise refused("broken") from None
