"""Two sides and what they share, as a mail can show it: three coloured fields under each other."""

from dataclasses import dataclass

FILLS = {
    "overheid": "#a5d0f3",
    "sociaal": "#ffc64d",
    "bedrijf": "#f6a48d",
    "fonds": "#9dd6b8",
    "kennis": "#c9b8ef",
    "buurt": "#f3b9d1",
}
CORNERS = {  # pixels: top left, top right, bottom right, bottom left; a mail cannot cut a corner
    "sociaal": (36, 36, 36, 36),
    "fonds": (36, 36, 0, 0),
    "buurt": (36, 0, 36, 0),
}


@dataclass(frozen=True)
class Side:
    """What one side brings: a label over it, a title, and a line with its particulars."""

    label: str
    title: str
    particulars: str
    shape: str

    @property
    def fill(self):
        """The colour of its sector."""
        return FILLS[self.shape]

    @property
    def top(self):
        """Its upper corners, as CSS."""
        left, right, *_bottom = CORNERS.get(self.shape, (0, 0, 0, 0))
        return f"{left}px {right}px 0 0"

    @property
    def bottom(self):
        """Its lower corners, as CSS."""
        *_top, right, left = CORNERS.get(self.shape, (0, 0, 0, 0))
        return f"0 0 {right}px {left}px"


@dataclass(frozen=True)
class Picture:
    """``why`` and ``but``: what speaks for and against it, in sentences."""

    asker: Side
    answerer: Side
    why: list
    but: list
