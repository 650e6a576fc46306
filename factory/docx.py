"""A paper as a Word file (Office Open XML, ECMA-376): the least that Word, LibreOffice and Pages open.

The same parts as a PDF (:mod:`factory.pdf.paper`), for a text that somebody goes on writing in.
"""

import io
import zipfile
from xml.sax.saxutils import escape, quoteattr

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import slugify

KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SPACE = "http://schemas.openxmlformats.org"
MAIN = f"{SPACE}/wordprocessingml/2006/main"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MADE = (2026, 1, 1, 0, 0, 0)  # the same paper gives the same bytes
LONGEST_NAME = 80
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{SPACE}/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{KIND}.main+xml"/>'
    '<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.styles+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{SPACE}/package/2006/relationships"><Relationship Id="r1" '
    f'Type="{SPACE}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
    "</Relationships>",
    "word/_rels/document.xml.rels": f'<Relationships xmlns="{SPACE}/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{SPACE}/officeDocument/2006/relationships/styles" '
    'Target="styles.xml"/></Relationships>',
}


def _styles(language):
    """Title, heading and list as styles, so that a screen reader finds them."""
    named = [("Title", "Title", 32), ("Heading1", "heading 1", 26)]
    rows = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/><w:qFormat/><w:pPr>'
        f'<w:spacing w:before="240" w:after="120"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/>'
        f'<w:sz w:val="{size}"/></w:rPr></w:style>'
        for key, name, size in named
    )
    return (
        f'<w:styles xmlns:w="{MAIN}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" '
        f'w:hAnsi="Calibri"/><w:sz w:val="22"/><w:lang w:val={quoteattr(language)}/></w:rPr>'
        "</w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="
        f'"120"/></w:pPr></w:pPrDefault></w:docDefaults>{rows}</w:styles>'
    )


def _run(words, bold=False):
    lines = [f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in str(words).split("\n")]
    look = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f"<w:r>{look}{'<w:br/>'.join(lines)}</w:r>"


def _paragraph(words, style="", bold=False):
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{look}{_run(words, bold)}</w:p>"


def _table(rows, has_head=False):
    lines = "".join(f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "bottom", "insideH"))
    said = []
    for number, row in enumerate(rows):
        is_head = has_head and number == 0
        cells = "".join(f"<w:tc>{_paragraph(cell, bold=is_head)}</w:tc>" for cell in row)
        head = "<w:trPr><w:tblHeader/></w:trPr>" if is_head else ""
        said.append(f"<w:tr>{head}{cells}</w:tr>")
    grid = "<w:gridCol/>" * max(len(row) for row in rows)
    look = (
        f'<w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{lines}</w:tblBorders></w:tblPr>'
    )
    return f"<w:tbl>{look}<w:tblGrid>{grid}</w:tblGrid>{''.join(said)}</w:tbl><w:p/>"


def _part(part):
    shown = {
        "heading": lambda: _paragraph(part["words"], "Heading1"),
        "facts": lambda: _table(part["rows"]) if part["rows"] else "",
        "points": lambda: "".join(_paragraph(f"–  {row}") for row in part["rows"]),
        "table": lambda: (
            _paragraph(part["caption"], bold=True)
            + _table([part["head"], *part["rows"]], has_head=True)
        ),
    }
    return shown.get(part["kind"], lambda: _paragraph(part["words"]))()


def written(paper):
    """The bytes of a DOCX with the title and the parts of a paper."""
    said = paper.said()
    body = _paragraph(paper.title, "Title") + "".join(map(_part, paper.parts))
    document = f'<w:document xmlns:w="{MAIN}"><w:body>{body}<w:sectPr/></w:body></w:document>'
    parts = PARTS | {"word/document.xml": document, "word/styles.xml": _styles(said["language"])}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, MADE), HEAD + content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def docx_of(paper, name):
    """A paper as a Word file to keep."""
    answer = HttpResponse(written(paper), content_type=KIND)
    file_name = f"{slugify(name)[:LONGEST_NAME].strip('-') or 'paper'}.docx"
    answer["Content-Disposition"] = content_disposition_header(True, file_name)
    answer["Cache-Control"] = "private, no-store"
    return answer
