"""Recognises the words of a page that is a picture, with RapidOCR. Its models are in its wheel: nothing is downloaded.

A page of 150 dpi takes 2.5 seconds of one core, and the process holds some 350 MB more from the first page on.
"""

import math
import os
import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from itertools import islice
from statistics import median
from typing import TYPE_CHECKING, Any

from PIL import Image

from skills.document import ReadingWarning, WarningCode
from worker.errors.documents import CostlyDocumentError
from worker.reading.clean_text import EXCERPT_CHARACTERS
from worker.reading.isolation.process_limits import allow_cpu, allow_recogniser, is_first_try
from worker.reading.layout.places import QUARTER_TURN, Sheet
from worker.reading.layout.runs import Word

if TYPE_CHECKING:
    from rapidocr import RapidOCR

# With these 425 of 427 skills on nine pages were found, turned and noisy ones among them; the library's own settings
# find as many in 1.8 times the time.
OPTIONS = {
    "Global.log_level": "error",
    "Global.return_word_box": True,
    "Global.use_cls": False,  # whether lines are upside down
    "Det.limit_type": "max",
    "Det.limit_side_len": 960,  # pixels; the page's longer side, when lines are looked for
    "Rec.rec_batch_num": 1,  # lines padded to the length of others lose spaces
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,  # each scoring process has a core, and two threads waste one
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}
PAGE_CPU_SECONDS = 15

MIN_CONFIDENCE = 0.8  # of a page; one that is upside down reaches .6, a poor scan .9
LONG_LINE = 5  # times as long as it is high: such a line shows how far the page slants
# In most typefaces l and I look the same; next to capitals it is an I: Al is AI, APl is API.
MISTAKEN_I = re.compile(r"(?<![^\W_])(?=[A-Z]*l[A-Z]*(?![^\W_]))(?=l?[A-Z])[A-Zl]+")
# Dust over an i is read as an accent; no English word, and hardly a name, has one there.
ACCENTED_I = re.compile(r"[ì-ï](?=ng(?:s|\b))")

DOUBTFUL = 0.95  # confidence; lines of good scans are above it, lines of pages where one word in 15 is wrong are below
DOUBTFUL_SHARE = 0.05  # of a page's characters

GAP = 0.1  # of a word's height, at both ends: the recogniser's boxes touch each other, which words do not

Corners = Sequence[Sequence[float]]  # from upper left, clockwise
RecognisedPiece = tuple[str, float, Corners]  # its confidence is that of some character of the line


@cache
def has_recogniser() -> bool:
    """Return whether optical recognition is installed, which is an extra."""
    return find_spec("rapidocr") is not None


@cache
def _load_recogniser() -> "RapidOCR":
    """Return the recogniser, whose models are loaded at its first page; the process is allowed the memory for it."""
    allow_recogniser()
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # onnxruntime would call its vendor
    from rapidocr import RapidOCR  # noqa: PLC0415 - a second and 100 MB, which most documents do not need

    return RapidOCR(params=OPTIONS)


def _find_slant(lines: Sequence[Corners]) -> float:
    """Return the slant of a page's lines in radians, clockwise."""
    edges = [(right[0] - left[0], right[1] - left[1], low[1] - right[1]) for left, right, low, _ in lines]
    return median([math.atan2(down, along) for along, down, high in edges if along > LONG_LINE * high] or [0.0])


def _straighten(corners: Corners, slant: float, centre: tuple[float, float]) -> tuple[float, float, float, float]:
    """Return the box around corners, rotated back about the centre of the page."""
    across = [(x - centre[0], y - centre[1]) for x, y in corners]
    cosine, sine = math.cos(slant), math.sin(slant)
    places = [(centre[0] + x * cosine + y * sine, centre[1] + y * cosine - x * sine) for x, y in across]
    xs, ys = zip(*places, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _correct_i(text: str) -> str:
    return ACCENTED_I.sub("i", MISTAKEN_I.sub(lambda word: word[0].replace("l", "I"), text))


def _join(first: Corners, last: Corners) -> Corners:
    return [first[0], last[1], last[2], first[3]]


def _find_words(text: str, pieces: Sequence[RecognisedPiece]) -> Iterator[tuple[str, Corners]]:
    """Yield the words of a line with their corners; the pieces are single characters if any of them is Chinese."""
    if len(pieces) < sum(map(len, text.split())):
        yield from ((word, corners) for word, _, corners in pieces)
        return
    characters = iter(pieces)
    for word in text.split():
        places = [corners for _, _, corners in islice(characters, len(word))]
        yield word, _join(places[0], places[-1])


def _list_words(found: Any, slant: float, size: tuple[int, int]) -> Iterator[Word]:  # noqa: ANN401 - the library's own types are loose
    centre = size[0] / 2, size[1] / 2
    for text, confidence, pieces in zip(found.txts, found.scores, found.word_results, strict=True):
        for word, corners in _find_words(text, pieces):
            x0, y0, x1, y1 = _straighten(corners, slant, centre)
            gap = GAP * (y1 - y0)
            yield Word(_correct_i(word), x0 + gap, y0, max(x0 + gap, x1 - gap), y1, confidence)


def _recognise(picture: Image.Image) -> Any:  # noqa: ANN401 - the library's own types are loose
    import numpy as np  # noqa: PLC0415 - for pictures alone

    if is_first_try():
        raise CostlyDocumentError
    recogniser = _load_recogniser()
    allow_cpu(PAGE_CPU_SECONDS)
    return recogniser(np.asarray(picture.convert("RGB"))[:, :, ::-1])


def _measure_confidence(found: Any) -> float:  # noqa: ANN401 - likewise
    """Return the confidence of the lines that were found, weighed by their length; 1 if there are none."""
    lengths = [len(text) for text in found.txts or ()]
    scores = zip(found.scores or (), lengths, strict=True)
    return sum(score * length for score, length in scores) / sum(lengths) if any(lengths) else 1.0


def _find_quarter_turns(found: Any) -> int:  # noqa: ANN401 - likewise
    """Return by how many quarters, clockwise, a picture must be rotated for its lines to stand upright.

    The recogniser can read level lines and lines that run downwards, but none that run upwards or are upside down.
    """
    boxes = found.boxes if found.txts else ()
    upright = [low[1] - right[1] > abs(right[0] - left[0]) for left, right, low, _ in boxes]
    is_sure = _measure_confidence(found) >= MIN_CONFIDENCE
    if 2 * sum(upright) > len(upright):
        return 3 if is_sure else 1
    return 0 if is_sure else 2


def recognise_words(picture: Image.Image, *, upright: bool = False) -> list[Word]:
    """Return only the words that `recognise_sheet` returns."""
    return list(recognise_sheet(picture, upright=upright).words)


def recognise_sheet(picture: Image.Image, *, upright: bool = False) -> Sheet:
    """Return the words of a page's picture, roughly in the order of lines; 150 dpi suffice for print of 9 points.

    Their boxes are in pixels, y downwards, as if the page stood straight; their confidence is that of their line. A
    page that lies on its side or is upside down is rotated first, unless it is known to be `upright`.
    """
    found = _recognise(picture)
    quarter_turns = 0 if upright else _find_quarter_turns(found)
    if quarter_turns:
        rotated = picture.rotate(-QUARTER_TURN * quarter_turns, expand=True)
        found_rotated = _recognise(rotated)
        if _measure_confidence(found_rotated) > _measure_confidence(found) or quarter_turns % 2:
            picture, found = rotated, found_rotated
        else:
            quarter_turns = 0
    slant = _find_slant(found.boxes) if found.txts else 0.0
    words = list(_list_words(found, slant, picture.size)) if found.txts else []
    return Sheet(words, *picture.size, QUARTER_TURN * quarter_turns - math.degrees(slant))


def warn_of_doubt(words: Sequence[Word], *, page: int) -> ReadingWarning | None:
    """Return the warning `low-confidence` for a page with so many doubtful words that skills may be missed."""
    doubtful = [word.text for word in words if word.confidence < DOUBTFUL]
    characters = sum(map(len, doubtful))
    if characters <= DOUBTFUL_SHARE * sum(len(word.text) for word in words):
        return None
    return ReadingWarning(
        WarningCode.LOW_CONFIDENCE, page, characters, " ".join(doubtful)[:EXCERPT_CHARACTERS], "unclear-letters"
    )
