"""The project's Python files, read as text and as trees."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("factory", "partners", "market", "challenges")


def files(*tops):
    """Every Python file below these folders but migrations, as (path from the root, text)."""
    for top in tops or PACKAGES:
        for path in sorted((ROOT / top).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path.relative_to(ROOT), path.read_text()


def functions(text):
    """Every function in a text, methods too."""
    kinds = ast.FunctionDef | ast.AsyncFunctionDef
    return [node for node in ast.walk(ast.parse(text)) if isinstance(node, kinds)]


def length(function):
    """Lines of a function without its docstring."""
    words = ast.get_docstring(function, clean=False)
    return function.end_lineno - function.lineno + 1 - (words.count("\n") + 1 if words else 0)
