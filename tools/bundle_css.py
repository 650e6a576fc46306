"""Put the vendored design system and static/css/*.css into the one file that pages load.

Run ``python tools/bundle_css.py`` after every change of a stylesheet; a test holds that it was run.
"""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "static/dist/site.css"


def bundle():
    """The text of the one stylesheet: no comments, no indentation."""
    sources = [ROOT / "static/vendor/nlds.css", *sorted((ROOT / "static/css").glob("*.css"))]
    css = "\n".join(path.read_text() for path in sources)
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    css = re.sub(r"\s*\n\s*", "\n", css)
    notice = (
        "/* Social Impact Factory, EUPL-1.2. Carries NL Design System: see vendor/LICENSES.md. */\n"
    )
    return notice + css.strip() + "\n"


if __name__ == "__main__":
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(bundle())
