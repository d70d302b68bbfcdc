"""The judged résumés: a panel's scores, and the folder in which their files stand."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

# The panel's short names of the roles, in the order of the profiles.
ROLES = ("mle", "mlse")

# A range of characters of the file and the codes of what is done there, such as `Mw`: models, in work.
MarkedSentence = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Label:
    """A résumé's judgement: the panel's mean score for each role, and which of them (or `tie`, `neither`) fits better.

    `corpus` is the collection that the résumé comes from. One that is `kept_back` is never fitted to before its figures
    are taken, and nobody looks at what is wrong with it. `sentences` are those that two people marked with duties; None
    where nobody marked any.
    """

    path: Path
    corpus: str
    scores: tuple[float, ...]
    better: str
    kept_back: bool
    sentences: Sequence[MarkedSentence] | None = None


def _find_file(folder: Path, name: str) -> Path:
    drawn = folder / "pdfs" / f"{name}.pdf"
    return drawn if drawn.exists() else folder / "texts" / f"{name}.txt"


def read_labels(folder: Path) -> list[Label]:
    """Return the labels of a folder.

    The folder holds `panel.json`, a list of {"id", "corpus", "better", "mle", "mlse"}; each résumé as `pdfs/ID.pdf` or
    else `texts/ID.txt`; if some are kept back, `check.txt` with their ids; if duties were marked, `duties.json` with
    [start, end, codes] by id, in characters of `texts/ID.txt`.
    """
    check, duties = folder / "check.txt", folder / "duties.json"
    kept_back = set(check.read_text(encoding="utf-8").split()) if check.exists() else set()
    marked = json.loads(duties.read_text(encoding="utf-8")) if duties.exists() else {}
    return [
        Label(
            path=_find_file(folder, row["id"]),
            corpus=row.get("corpus", "all"),
            scores=tuple(float(row[role]) for role in ROLES),
            better=row["better"],
            kept_back=row["id"] in kept_back,
            sentences=[tuple(item) for item in marked[row["id"]]] if row["id"] in marked else None,
        )
        for row in json.loads((folder / "panel.json").read_text(encoding="utf-8"))
    ]
