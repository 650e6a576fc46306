"""Rebuild static/vendor/ from the packages pinned in tools/vendor/package-lock.json.

Run ``npm ci`` in tools/vendor first, then ``python tools/vendor.py``; once more after every
change of tokens in static/css, because tokens that nothing reaches are left out.
"""

import hashlib
import json
import re
import shutil
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "tools/vendor/node_modules"
OUT = ROOT / "static/vendor"
PINNED = json.loads((ROOT / "tools/vendor/package.json").read_text())["dependencies"]
COMPONENTS = [
    name[len("@utrecht/") : -len("-css")] for name in PINNED if name.startswith("@utrecht/")
]
PLAIN = ["heading-1", "heading-2", "heading-3", "heading-4", "paragraph", "link"]
TOKENS = "@nl-design-system-unstable/voorbeeld-design-tokens"
DECLARATION = re.compile(r"^\s*(--[\w-]+):\s*(.*?);(?:\s*/\*.*?\*/)?\s*$", re.M)
USED = re.compile(r"var\(\s*(--[\w-]+)")
SHOWCASE = re.compile(
    r"--(?:hover|active|focus|focus-visible|visited|pressed|busy|telephone|external)$"
)


def told(package):
    """What a package says of itself."""
    return json.loads((PACKAGES / package / "package.json").read_text())


def component(name, variant=""):
    """One component's stylesheet without its comments; ``html/`` styles plain elements."""
    css = (PACKAGES / f"@utrecht/{name}-css/dist/{variant}index.min.css").read_text()
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S).strip()
    return css.replace(";--utrecht-space-around:1", "") if variant else css


def without_showcase(css):
    """Leave out rules whose every selector shows a state by a class, such as ``--hover``."""
    return re.sub(r"([^{}]+)\{[^{}]*\}", lambda rule: "" if _is_showcase(rule[1]) else rule[0], css)


def _is_showcase(selectors):
    parts = [part.strip() for part in re.split(r",(?![^()]*\))", selectors)]
    classes = [re.findall(r"\.([\w-]+)", part) for part in parts]
    return all(any(SHOWCASE.search(name) for name in names) for names in classes)


def without_haste(css):
    """Nothing is wrong before it was sent: the browser's own ``:invalid`` colours no control."""
    return re.sub(r"[^{},]*:invalid,", "", css)


def scoped(css):
    """Plain elements get the component's look, weaker than any class."""
    return re.sub(
        r"(^|\})([^{}@]+)\{",
        lambda rule: (
            rule[1] + ",".join(f":where(.sif-theme) {s.strip()}" for s in rule[2].split(",")) + "{"
        ),
        css,
    )


def with_drawings_as_files(css):
    """Drawings inside the stylesheet become files: the content security policy allows no data:."""

    def moved(match):
        name = f"drawing-{hashlib.sha256(match[2].encode()).hexdigest()[:8]}.svg"
        (OUT / name).write_text(unquote(match[2]) + "\n")
        return f'url("../vendor/{name}")'

    return re.sub(r"""url\((["'])data:image/svg\+xml;charset=utf-8,(.*?)\1\)""", moved, css)


def reached(declared, css):
    """The tokens that the stylesheets use, and the tokens those use."""
    todo, keep = set(USED.findall(css)), set()
    while todo:
        name = todo.pop()
        if name in declared and name not in keep:
            keep.add(name)
            todo |= set(USED.findall(declared[name]))
    return keep


def design_system():
    """nlds.css: the reachable tokens, the components, and the same look for plain elements."""
    css = without_haste(without_showcase("".join(map(component, COMPONENTS))))
    css = "".join(scoped(component(name, "html/")) for name in PLAIN) + css
    css = with_drawings_as_files(css)
    own = "".join(path.read_text() for path in sorted((ROOT / "static/css").glob("*.css")))
    declared = dict(DECLARATION.findall((PACKAGES / TOKENS / "dist/theme.css").read_text()))
    keep = reached(declared, css + own)
    tokens = "".join(f"{name}:{declared[name]};" for name in declared if name in keep)
    head = "/* NL Design System, EUPL-1.2: see LICENSES.md. Built by tools/vendor.py. */\n"
    return f"{head}.sif-theme{{{tokens}}}\n{css}\n"


def licences():
    """One line for each package that is carried along."""
    rows = [f"| {name} | {PINNED[name]} | {told(name)['license']} |" for name in PINNED]
    head = "# What is carried in this folder\n\nRebuilt by `tools/vendor.py`.\n\n"
    table = "| package | version | licence |\n| --- | --- | --- |\n" + "\n".join(rows)
    return (
        f"{head}{table}\n| Figtree (latin, latin-ext) | variable weight | OFL-1.1, see figtree-OFL.txt |\n\n"
        "EUPL-1.2: see LICENSE at the root of this repository. htmx is under the Zero-Clause BSD\n"
        "licence: permission to use, copy, modify and distribute it for any purpose\n"
        "with or without fee is hereby granted. It is provided as is, without warranty.\n"
    )


def main():
    """Write the three files; the fonts and their licence lie beside them and never change."""
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "nlds.css").write_text(design_system())
    (OUT / "LICENSES.md").write_text(licences())
    shutil.copyfile(PACKAGES / "htmx.org/dist/htmx.min.js", OUT / "htmx.min.js")


if __name__ == "__main__":
    main()
