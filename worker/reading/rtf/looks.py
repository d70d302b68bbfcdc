"""How the text of RTF looks at a place: whether a person sees it there."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from worker.reading.colours import PAPER, Colour, are_alike
from worker.reading.hidden_text import HiddenReason

USUAL_HALF_POINTS = 24
MIN_HALF_POINTS = 6  # nobody reads print below 3 points
MAX_CHANNEL = 255
COLOUR_TABLE = re.compile(r"\{\\colortbl\b([^{}]*)\}")
CHANNELS = re.compile(r"\\(red|green|blue)(\d{1,3})")

Colours = Sequence[Colour | None]


class Look(NamedTuple):
    """Properties of text; colours are numbers in the document's table, 0 for none of its own."""

    hidden: bool = False
    deleted: bool = False
    colour: int = 0
    half_points: int = USUAL_HALF_POINTS
    ground: int = 0
    paragraph_ground: int = 0
    in_table: bool = False
    ignored: bool = False  # no text, such as the table of fonts
    repeated: bool = False  # what older programs show in place of a shape that was read


def _make_plain(look: Look, _number: int) -> Look:
    return Look(
        paragraph_ground=look.paragraph_ground, in_table=look.in_table, ignored=look.ignored, repeated=look.repeated
    )


def _set_ground(look: Look, number: int) -> Look:
    return look._replace(ground=number)


# What words change; a word without a number has 1.
CHANGES: Mapping[str, Callable[[Look, int], Look]] = {
    "v": lambda look, number: look._replace(hidden=number != 0),
    "deleted": lambda look, number: look._replace(deleted=number != 0),
    "cf": lambda look, number: look._replace(colour=number),
    "fs": lambda look, number: look._replace(half_points=number),
    "highlight": _set_ground,
    "cb": _set_ground,
    "chcbpat": _set_ground,
    "cbpat": lambda look, number: look._replace(paragraph_ground=number),
    "pard": lambda look, _: look._replace(paragraph_ground=0, in_table=False),
    "intbl": lambda look, _: look._replace(in_table=True),
    "plain": _make_plain,
}


def read_colours(source: str) -> Colours:
    """Return the colours of a document's table; None for the one that can be seen on any ground."""
    table = COLOUR_TABLE.search(source)
    entries = [dict(CHANNELS.findall(entry)) for entry in (table[1] if table else "").split(";")]
    return [
        bytes(min(MAX_CHANNEL, int(entry.get(name, "0"))) for name in ("red", "green", "blue")) if entry else None
        for entry in entries
    ]


def _pick(colours: Colours, number: int) -> Colour | None:
    return colours[number] if 0 < number < len(colours) else None


def find_hiding(look: Look, colours: Colours, *, ground_known: bool) -> HiddenReason | None:
    """Return why nobody sees text that looks like this; None if it is seen, or may be."""
    if look.hidden:
        return "marked-hidden"
    if look.half_points < MIN_HALF_POINTS:
        return "tiny"
    colour = _pick(colours, look.colour)
    if colour is None or not ground_known:
        return None
    ground = _pick(colours, look.ground) or _pick(colours, look.paragraph_ground) or PAPER
    return "ground-colour" if are_alike(colour, ground) else None
