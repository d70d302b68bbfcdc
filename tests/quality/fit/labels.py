"""The judged résumés: a panel's scores, and the folder in which their files stand."""

import json
from dataclasses import dataclass
from pathlib import Path

# The panel's short names of the roles, in the order of the profiles.
ROLES = ("mle", "mlse")


@dataclass(frozen=True, slots=True)
class Label:
    """A résumé's judgement: the panel's mean score for each role, and which of them (or `tie`, `neither`) fits better.

    `corpus` is the collection that the résumé comes from. One that is `kept_back` is never fitted to before its figures
    are taken, and nobody looks at what is wrong with it.
    """

    path: Path
    corpus: str
    scores: tuple[float, ...]
    better: str
    kept_back: bool


def _find_file(folder: Path, name: str) -> Path:
    drawn = folder / "pdfs" / f"{name}.pdf"
    return drawn if drawn.exists() else folder / "texts" / f"{name}.txt"


def read_labels(folder: Path) -> list[Label]:
    """Return the labels of a folder.

    The folder holds `panel.json`, a list of {"id", "corpus", "better", "mle", "mlse"}, each résumé as `pdfs/ID.pdf` or
    else `texts/ID.txt`, and, if some are kept back, `check.txt` with their ids.
    """
    check = folder / "check.txt"
    kept_back = set(check.read_text(encoding="utf-8").split()) if check.exists() else set()
    return [
        Label(
            path=_find_file(folder, row["id"]),
            corpus=row.get("corpus", "all"),
            scores=tuple(float(row[role]) for role in ROLES),
            better=row["better"],
            kept_back=row["id"] in kept_back,
        )
        for row in json.loads((folder / "panel.json").read_text(encoding="utf-8"))
    ]
