"""Says how the elements of a web page look: in which colour, on which ground, and why nobody sees them, if so."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

import tinycss2
from tinycss2 import color4

from worker.reading.colours import PAPER, Colour, are_alike
from worker.reading.hidden_text import HiddenReason
from worker.reading.web.styles import PIXELS_AN_EM, SCREEN_PIXELS, Declarations

MAX_CHANNEL = 255
MIN_PIXELS = 3.0  # of a font
MIN_OPACITY = 0.1
FAR_PIXELS = 500  # to the left or above: beyond any page
LENGTH = re.compile(r"(-?[\d.]+)(px|r?em|pt|%|v[wh])?(?![\w%])")
PIXELS = {
    "": 1.0,
    "px": 1.0,
    "em": PIXELS_AN_EM,
    "rem": PIXELS_AN_EM,
    "pt": 4 / 3,
    "vw": SCREEN_PIXELS / 100,
    "vh": 8.0,
}
FARAWAY_TRANSFORM = re.compile(r"translate\w*\(\s*(?:[^,)]*,\s*)?-(?:\d{4,}|[5-9]\d\d)(?:\.\d+)?px")
NOTHING_TRANSFORM = re.compile(r"scale\w*\(\s*0(?:\.0+)?\s*[,)]")
CLIPPED = re.compile(r"inset\(\s*(?:[5-9]\d|100)%|circle\(\s*0|polygon\(\s*0(?:px)?\s+0(?:px)?\s*\)")
CLIP_RECTANGLE = re.compile(r"rect\((?:\s*[01](?:px)?\s*,?){4}\)")
UNKNOWN_GROUND = re.compile(r"url|gradient|image|var\(|element\(|cross-fade")


@dataclass(frozen=True, slots=True)
class Look:
    """How an element looks; those within it begin with the same. Unknown colours are None.

    `reason` says why nobody sees the element or anything within it.
    """

    colour: tuple[Colour, float] | None = (b"\0\0\0", 1.0)  # with its opacity
    ground: Colour | None = PAPER
    opacity: float = 1.0
    pixels: float = PIXELS_AN_EM
    visible: bool = True
    reason: HiddenReason | None = None

    def find_hiding(self) -> HiddenReason | None:
        """Return why nobody sees the text of an element; None if it is seen, or may be."""
        if self.reason or not self.visible:
            return self.reason or "marked-hidden"
        if self.pixels < MIN_PIXELS:
            return "tiny"
        if self.colour is None:
            return None
        colour, opacity = self.colour
        if opacity * self.opacity < MIN_OPACITY:
            return "transparent"
        if self.ground and are_alike(_blend(colour, self.ground, opacity * self.opacity), self.ground):
            return "ground-colour"
        return None


def _blend(colour: Colour, ground: Colour, opacity: float) -> Colour:
    return bytes(round(one * opacity + two * (1 - opacity)) for one, two in zip(colour, ground, strict=True))


@lru_cache(maxsize=1024)
def _read_colour(value: str) -> tuple[Colour, float] | None:
    """Return the first colour in a value and its opacity."""
    for token in tinycss2.parse_component_value_list(value):
        try:
            colour = color4.parse_color(token)
            if colour is not None and not isinstance(colour, str):
                channels = bytes(round(MAX_CHANNEL * min(1, max(0, part))) for part in colour.to("srgb")[:3])
                return channels, min(1.0, max(0.0, colour.alpha))
        except NotImplementedError:  # spaces of colours that the library does not convert
            return None
    return None


def _measure(value: str, *, whole: float) -> float | None:
    """Return a length in pixels, of `whole` pixels where it is a share."""
    match = LENGTH.match(value)
    if match is None:
        return None
    try:
        number = float(match[1])
    except ValueError:
        return None
    return number * (whole / 100 if match[2] == "%" else PIXELS[match[2] or ""])


def _is_far(style: Declarations, *names: str) -> bool:
    lengths = (_measure(style.get(name, ""), whole=SCREEN_PIXELS) for name in names)
    return any(length is not None and length <= -FAR_PIXELS for length in lengths)


def _is_nothing(style: Declarations, *names: str) -> bool:
    lengths = (_measure(style.get(name, ""), whole=SCREEN_PIXELS) for name in names)
    return any(length is not None and length <= 1 for length in lengths)


def _explain_place(style: Declarations) -> HiddenReason | None:
    """Return why an element does not show where it stands."""
    position, transform = style.get("position", "static"), style.get("transform", "")
    placed = position != "static" and _is_far(style, "left", "top")
    if placed or _is_far(style, "text-indent", "margin-left", "margin-top") or FARAWAY_TRANSFORM.search(transform):
        return "outside-page"
    cut = any(style.get(f"overflow{axis}", "") in {"hidden", "clip"} for axis in ("", "-x", "-y"))
    if (
        (cut and _is_nothing(style, "height", "max-height", "width", "max-width"))
        or (position in {"absolute", "fixed"} and CLIP_RECTANGLE.search(style.get("clip", "")))
        or CLIPPED.search(style.get("clip-path", ""))
        or NOTHING_TRANSFORM.search(transform)
    ):
        return "clipped"
    return None


def _find_ground(style: Declarations, look: Look) -> Colour | None:
    """Return the ground of an element: its own, through which that around it may shine."""
    image, value = style.get("background-image", ""), style.get("background-color", "")
    if UNKNOWN_GROUND.search(image) or UNKNOWN_GROUND.search(value) or "overlay" in style:
        return None
    own = _read_colour(value)
    if own is None or own[1] == 0:
        return look.ground
    colour, opacity = own
    if opacity == 1:
        return colour
    return None if look.ground is None else _blend(colour, look.ground, opacity)


def _find_pixels(value: str, look: Look) -> float:
    if value.endswith("em") and not value.endswith("rem"):
        scale = _measure(value, whole=0)
        return look.pixels if scale is None else look.pixels * scale / PIXELS_AN_EM
    pixels = _measure(value, whole=look.pixels)
    return look.pixels if pixels is None else pixels


def _find_opacity(value: str) -> float:
    length = _measure(value, whole=1.0)
    return 1.0 if length is None else min(1.0, max(0.0, length))


def find_look(style: Declarations, around: Look) -> Look:
    """Return how an element looks by its declarations within an element that looks like `around`."""
    if not style:
        return around
    reason = around.reason or ("marked-hidden" if style.get("display") == "none" else _explain_place(style))
    colour = around.colour
    if (written := style.get("color", "inherit")) not in {"inherit", "unset", "currentcolor"}:
        colour = _read_colour(written)
    visibility = style.get("visibility")
    return replace(
        around,
        colour=colour,
        ground=_find_ground(style, around),
        opacity=around.opacity * _find_opacity(style.get("opacity", "")),
        pixels=_find_pixels(style.get("font-size", ""), around),
        visible=around.visible if visibility in {None, "inherit"} else visibility == "visible",
        reason=reason,
    )
