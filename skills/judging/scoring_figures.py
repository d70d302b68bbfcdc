"""The figures that turn evidence into points and scores into a verdict, read from `data/scoring.toml`."""

from functools import cache
from typing import get_args

from pydantic.dataclasses import dataclass

from skills.errors import KnowledgeError
from skills.finding.uses import Depth
from skills.toml_files import DATA, STRICT, read_toml


@dataclass(frozen=True, slots=True, config=STRICT)
class VerdictBounds:
    """Scores nearer than `close_within` are too close to call; a better score under `neither_below` fits neither."""

    close_within: float
    neither_below: float


@dataclass(frozen=True, slots=True, config=STRICT)
class ScoringFile:
    """The schema of `data/scoring.toml`; how deep a skill goes is worth 0 to 1 of it."""

    worths: dict[Depth, float]
    verdict: VerdictBounds


@cache
def load_scoring() -> ScoringFile:
    """Return the figures.

    Raises:
        KnowledgeError: the file is malformed, or a depth has no worth.
    """
    scoring = read_toml(DATA / "scoring.toml", ScoringFile)
    for depth in get_args(Depth):
        if depth not in scoring.worths:
            raise KnowledgeError(f"scoring.toml: worths.{depth}: missing")
    return scoring
