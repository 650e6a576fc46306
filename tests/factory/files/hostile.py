"""Files that mean harm, made anew each run: ``REFUSED`` are never stored, ``DISARMED`` lose what they hid."""

import zlib
from io import BytesIO
from struct import pack
from zipfile import ZIP_DEFLATED, ZipFile

from PIL import Image, PngImagePlugin

SCRIPT = b"<script>alert(document.domain)</script>"
HTML = b"<!doctype html><html><body>" + SCRIPT + b"</body></html>"
TYPES = "application/vnd.openxmlformats-officedocument"
GPS_TAG, COMMENT = 0x8825, b"secret place"


def picture(kind="PNG", size=(64, 48), **how):
    """A small picture; ``how`` goes to Pillow."""
    out = BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(out, kind, **how)
    return out.getvalue()


def photo(kind="JPEG", orientation=1):
    """A photo as a phone makes it: it says where it was taken, and which side is up."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = orientation, "kitchen of Ada"
    exif.get_ifd(GPS_TAG).update({1: "N", 2: (52.0, 5.0, 30.0), 3: "E", 4: (5.0, 7.0, 0.0)})
    return picture(kind, (64, 32), exif=exif)


def pdf(*objects, tail=b"%%EOF\n", head=b""):
    """A PDF of one empty page and these objects."""
    body = b"%PDF-1.7\n" + head
    body += b"1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n"
    body += b"2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n"
    body += b"3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 90 90]>> endobj\n"
    for number, held in enumerate(objects, start=4):
        body += b"%d 0 obj %b endobj\n" % (number, held)
    return body + b"trailer <</Root 1 0 R>>\n" + tail


def packed(content, told=b"/Filter/FlateDecode"):
    """A packed list of objects."""
    data = zlib.compress(content, 9)
    head = b"<</Type/ObjStm/N 1/First 4/Length %d%b>>" % (len(data), told)
    return head + b"stream\n" + data + b"\nendstream"


def zipped(parts):
    """A zip of ``{name: content}``."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx(**more):
    """A text document; ``more`` are parts by name, with / written as __ and . as ___."""
    named = {name.replace("___", ".").replace("__", "/"): held for name, held in more.items()}
    parts = {
        "[Content_Types].xml": f"<Types><Override ContentType='{TYPES}.x'/></Types>",
        "word/document.xml": "<w:document/>",
    }
    return zipped(parts | named)


def png_of(width, height, *chunks):
    """A PNG that says it is so large, with only a few bytes of dots."""
    head = pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = [(b"IHDR", head), *chunks, (b"IDAT", zlib.compress(b"\0" * 64)), (b"IEND", b"")]
    body = b"".join(
        pack(">I", len(held)) + name + held + pack(">I", zlib.crc32(name + held))
        for name, held in rows
    )
    return b"\x89PNG\r\n\x1a\n" + body


def lying():
    """A document whose one part says it is small and unpacks to much more."""
    whole = docx(word__big___xml="A" * 3_000_000)
    return whole.replace(pack("<I", 3_000_000), pack("<I", 3_000))


def locked():
    """A zip that says that its parts need a password."""
    whole = bytearray(docx())
    at = whole.rfind(b"PK\x01\x02")
    whole[at + 8] |= 1
    return bytes(whole)


def told(**texts):
    """A PNG that carries these texts."""
    info = PngImagePlugin.PngInfo()
    for name, text in texts.items():
        info.add_text(name, text)
    return picture(pnginfo=info)


JS = b"<</S/JavaScript/JS(app.alert(1))>>"
RELATION = (
    "<Relationships><Relationship Type='x/{}' Target='http://a.example/t' TargetMode='External'/>"
)

REFUSED = {
    "script.pdf": pdf(JS),
    "hidden-name.pdf": pdf(b"<</S/J#61vaScript/J#53(app.alert(1))>>"),
    "short-name.pdf": pdf(b"<</AA<</O<</JS (app.alert(1))>>>>>>"),
    "packed-script.pdf": pdf(packed(b"9 0 " + JS)),
    "packed-hidden.pdf": pdf(packed(b"9 0 <</S/JavaScr#69pt>>").replace(b"ObjStm", b"Obj#53tm")),
    "packed-otherwise.pdf": pdf(packed(b"9 0 " + JS, b"/Filter/ASCIIHexDecode")),
    "packed-twice.pdf": pdf(packed(b"9 0 " + JS, b"/Filter[/FlateDecode/FlateDecode]")),
    "packed-elsewhere.pdf": pdf(packed(b"9 0 " + JS, b"/Filter 7 0 R")),
    "damaged-pack.pdf": pdf(packed(JS).replace(b"\x78\xda", b"\x00\x00")),
    "bomb.pdf": pdf(packed(b" " * 70_000_000)),
    "launch.pdf": pdf(b"<</S/Launch/F(calc.exe)>>"),
    "attachment.pdf": pdf(b"<</Type/EmbeddedFile>>stream\nMZ\nendstream"),
    "forms.pdf": pdf(b"<</XFA [(a) 1 0 R]>>"),
    "sends.pdf": pdf(b"<</S/SubmitForm/F(http://a.example)>>"),
    "movie.pdf": pdf(b"<</Subtype/RichMedia>>"),
    "locked.pdf": pdf(tail=b"<</Encrypt 9 0 R>>\n%%EOF"),
    "and-a-zip.pdf": pdf(tail=b"%%EOF\n" + zipped({"a.txt": "a"})),
    "around-a-zip.pdf": pdf(tail=zipped({"a.txt": "a"}) + b"%%EOF\n"),
    "page.pdf": pdf(head=b"%" + HTML + b"\n"),
    "late.pdf": HTML + pdf(),
    "half.pdf": pdf()[:80],
    "drawing.svg": b"<svg xmlns='http://www.w3.org/2000/svg'>" + SCRIPT + b"</svg>",
    "drawing.png": b"<?xml version='1.0'?><svg onload='alert(1)'/>",
    "page.html": HTML,
    "page.jpg": b"\xef\xbb\xbf" + HTML,
    "gifar.gif": b"GIF89a/*" + zipped({"a.class": b"\xca\xfe\xba\xbe"}),
    "letter.jpg": b"%!PS-Adobe-3.0 EPSF-3.0\n(%pipe%id) (r) file",
    "huge.png": png_of(60_000, 60_000),
    "long.png": png_of(2_000_000, 30),
    "texts.png": png_of(8, 8, (b"zTXt", b"a\0\0" + zlib.compress(b"a" * 90_000_000, 9))),
    "half.png": picture()[:60],
    "half.jpg": picture("JPEG")[:300],
    "film.heic": b"\0\0\0\x18ftypheic\0\0\0\0heicmif1" + b"\0" * 200,
    "film.mp4": b"\0\0\0\x18ftypisom\0\0\0\0isomiso2" + b"\0" * 200,
    "macro.docx": docx(word__vbaProject___bin="\xcc\x61"),
    "named-macro.docx": docx(word__a___xml="<x t='application/vnd.ms-word.document.macroEnabled'/>"),
    "template.docx": docx(word___rels__a___rels=RELATION.format("attachedTemplate")),
    "asks.docx": docx(word__a___xml="<w:instrText>DDEAUTO c:\\\\cmd.exe</w:instrText>"),
    "laughs.docx": docx(word__a___xml="<!DOCTYPE x [<!ENTITY a 'ha'>]><x>&a;</x>"),
    "object.docx": docx(word__embeddings__a___bin="MZ"),
    "climbs.docx": docx(__________evil___xml="<x/>").replace(b"/////", b"../../"[:5]),
    "nested.docx": docx(word__a___zip=zipped({"a": "a"})),
    "bomb.docx": docx(word__a___xml="A" * 101_000_000),
    "lying.docx": lying(),
    "locked.docx": locked(),
    "not-one.docx": zipped({"a.txt": "a"}),
    "links.xlsx": zipped({
        "[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<w/>",
        "xl/externalLinks/externalLink1.xml": "<x/>",
    }),
    "program.exe": b"MZ\x90\0" + b"\0" * 100,
    "program.pdf": b"\x7fELF\x02\x01\x01" + b"\0" * 100,
    "script.sh": b"#!/bin/sh\nrm -rf /\n",
    "empty.pdf": b"",
}  # fmt: skip
DISARMED = {
    "page.png": picture() + HTML,
    "jar.jpg": picture("JPEG") + zipped({"a.class": b"\xca\xfe\xba\xbe"}),
    "told.png": told(Comment=SCRIPT.decode(), XML="<?php system($_GET[0]); ?>"),
    "comment.jpg": picture("JPEG", comment=COMMENT + SCRIPT),
    "place.jpg": photo(),
    "place.webp": photo("WEBP"),
    "xmp.webp": picture("WEBP", xmp=SCRIPT),
    "profile.png": picture(icc_profile=SCRIPT * 20),
}
NAMES = [
    "../../../etc/cron.d/evil.png",
    "..\\..\\windows\\system32\\evil.png",
    "..",
    ".htaccess",
    "a" * 300 + ".png",
    "é" * 300 + ".png",
    "invoice\u202egnp.exe",
    "\u05e9\u05dc\u05d5\u05dd.png",
    "evil.php.png",
    "evil.html",
    "a\r\nSet-Cookie: x=1.png",
    '"><img src=x onerror=alert(1)>.png',
    "con.png",
    " . . .png",
    "%00.png",
    "🙂.png",
]
