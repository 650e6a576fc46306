"""Make factory/pdf/fonts/ from the package @fontsource-variable/figtree.

PDFs need fonts of one weight as TTF; the site's is variable WOFF2. Run
``npm pack @fontsource-variable/figtree``, unpack it, and run this in an environment with
fonttools and brotli: ``python tools/pdf_fonts.py package/files``.
"""

import sys
from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

OUT = Path(__file__).resolve().parent.parent / "factory/pdf/fonts"
FAMILIES = {"latin": "Figtree", "latin-ext": "Figtree Ext"}
WEIGHTS = {"regular": 400, "semibold": 600, "bold": 700}
NAMES = {"family": {1}, "style": {2}, "whole": {3, 4, 6}, "none": {16, 17, 21, 22, 25}}


def named(font, family, style):
    """Give the font the names by which a document asks for it."""
    table = font["name"]
    words = {"family": family, "style": style.title(), "whole": f"{family}-{style}"}
    for record in list(table.names):
        if record.nameID in NAMES["none"]:
            table.names.remove(record)
        for what, ids in NAMES.items():
            if record.nameID in ids and what in words:
                record.string = words[what]


def main(source):
    """Write a font for each alphabet and weight, and the characters that they hold together."""
    characters = set()
    for subset, family in FAMILIES.items():
        for style, weight in WEIGHTS.items():
            font = TTFont(Path(source) / f"figtree-{subset}-wght-normal.woff2")
            font.flavor = None
            font = instantiateVariableFont(font, {"wght": weight})
            font["OS/2"].usWeightClass = weight
            named(font, family, style)
            font.save(OUT / f"{family.lower().replace(' ', '-')}-{style}.ttf")
            characters |= set(map(chr, font.getBestCmap()))
    shown = "".join(sorted(c for c in characters if c.isprintable() or c == "\xa0"))
    (OUT / "characters.txt").write_text(shown, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
