"""The figures that turn evidence into points and scores into a verdict, read from `data/scoring.toml`."""

from functools import cache
from typing import get_args

from pydantic.dataclasses import dataclass

from skills.errors import KnowledgeError
from skills.finding.uses import WeighedUse
from skills.toml_files import DATA, STRICT, read_toml


@dataclass(frozen=True, slots=True, config=STRICT)
class VerdictBounds:
    """Scores nearer than `close_within` are too close to call; a better score under `neither_below` fits neither."""

    close_within: float
    neither_below: float

    @property
    def low_below(self) -> float:
        """The score below which a role is said to be closer, not to fit: chance can move it below the other bound."""
        return self.neither_below + self.close_within


@dataclass(frozen=True, slots=True, config=STRICT)
class ScoringFile:
    """The schema of `data/scoring.toml`; each use of a skill is worth 0 to 1 of it."""

    worths: dict[WeighedUse, float]
    verdict: VerdictBounds


@cache
def load_scoring() -> ScoringFile:
    """Return the figures.

    Raises:
        KnowledgeError: the file is malformed, or a use has no worth.
    """
    scoring = read_toml(DATA / "scoring.toml", ScoringFile)
    for use in get_args(WeighedUse):
        if use not in scoring.worths:
            raise KnowledgeError(f"scoring.toml: worths.{use}: missing")
    return scoring
