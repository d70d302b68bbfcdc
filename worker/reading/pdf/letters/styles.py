"""Says how the printed lines of a page look: how large, whether bold, and whether a rule is drawn above or below."""

import re
from collections.abc import Iterable, Iterator, Sequence

from worker.reading.clean_text import StyledLine, clean_line
from worker.reading.layout.lines import PrintedLine, find_height
from worker.reading.pdf.drawings import Box
from worker.reading.pdf.letters.glyphs import Glyphs

BOLD = re.compile(r"bold|black|heavy|demi|semibd|cmbx|medi$|[-,_]bd?(?![a-z])", re.IGNORECASE)
MAX_RULE_DISTANCE = 1.0  # heights of the text
MAX_RULES = 200  # more are a drawing


class _Fonts:
    """The fonts of a page: each is asked for its name once."""

    def __init__(self, glyphs: Glyphs) -> None:
        self._glyphs = glyphs
        self._bold: dict[int | None, bool] = {}

    def is_bold(self, line: PrintedLine) -> bool:
        """Return whether the first and the last word of a line are drawn in bold faces."""
        return self._is_bold(line.runs[0].words[0].glyph) and self._is_bold(line.runs[-1].words[-1].glyph)

    def _is_bold(self, number: int) -> bool:
        if number < 0:
            return False
        font = self._glyphs.find_font_object(number)
        if font not in self._bold:
            self._bold[font] = bool(BOLD.search(self._glyphs.find_font(number)))
        return self._bold[font]


def _find_gap(line: PrintedLine, rule: Box) -> float:
    """Return how far a rule is from a line, in heights of its text; infinite where it is at its side."""
    first, height = line.runs[0], find_height(line)
    x0, y0, x1, y1 = rule
    if height <= 0 or not (x0 <= first.x1 and first.x0 <= x1):
        return float("inf")
    return max(y0 - first.y1, first.y1 - height - y1, 0.0) / height


def _find_ruled(lines: Sequence[PrintedLine], rules: Iterable[Box]) -> Iterator[int]:
    """Yield the number of the line that each rule is nearest to, if it is near to any."""
    for rule in rules:
        gap, number = min((_find_gap(line, rule), number) for number, line in enumerate(lines))
        if gap <= MAX_RULE_DISTANCE:
            yield number


def style_lines(lines: Sequence[PrintedLine], glyphs: Glyphs, rules: Sequence[Box]) -> tuple[StyledLine, ...]:
    """Return the lines that hold anything, cleaned, as they look among the rules of the page."""
    fonts, rotated = _Fonts(glyphs), map(glyphs.rotate_box, rules[:MAX_RULES])
    ruled = set(_find_ruled(lines, rotated)) if lines else set()
    return tuple(
        StyledLine(text, find_height(line), fonts.is_bold(line), number in ruled)
        for number, line in enumerate(lines)
        if (text := clean_line(line.text))
    )
