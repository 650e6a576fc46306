"""Words of Dutch and English that say nothing about what is asked or offered."""

from pathlib import Path

EMPTY = frozenset(Path(__file__).with_name("empty_words.txt").read_text().split())
