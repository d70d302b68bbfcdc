"""Writing what was fitted into the data files, leaving all else in them as it stands."""

from collections import defaultdict
from collections.abc import Mapping

import tomlkit

from skills.roles.profiles import FOLDER
from skills.toml_files import DATA
from tests.quality.fit.model import Model
from tests.quality.fit.sample import Sample

HEAD = """\
# What judged résumés taught, written by `make fit`: by requirement, what a piece of evidence is worth beside one
# of 1. Phrases are evidence beside the skills and duties that a requirement names, which are worth 1 if not here.
"""


def write_profiles(points: Mapping[str, float], bends: Mapping[str, float]) -> None:
    """Write points and curves into the profiles' files."""
    for path in FOLDER.glob("*.toml"):
        content = tomlkit.parse(path.read_text(encoding="utf-8"))
        for requirement in content["requirements"]:
            name = str(requirement["id"])
            requirement["possible"] = points[name]
            if bends[name] != 1:
                requirement["bend"] = bends[name]
            else:
                requirement.pop("bend", None)
        path.write_text(tomlkit.dumps(content), encoding="utf-8")


def write_learned(model: Model, sample: Sample) -> None:
    """Write the weights that are worth a line: those of phrases, and of other evidence if they are not 1."""
    tables: dict[str, dict[str, dict[str, float]]] = {"phrases": defaultdict(dict), "weights": defaultdict(dict)}
    for column, ((requirement, concept), weight) in enumerate(zip(model.pieces, model.weights, strict=True)):
        learned = column >= len(sample.pieces)
        if weight != (0 if learned else 1):
            kind = tables["phrases" if learned else "weights"]
            kind[sample.requirements[requirement].id][concept] = round(float(weight), 2)
    lines = [HEAD]
    for name, groups in tables.items():
        lines += [f"[{name}]", ""]
        for title, weights in sorted(groups.items()):
            lines.append(f"[{name}.{title}]")
            lines += [f'"{concept}" = {weight}' for concept, weight in sorted(weights.items())]
            lines.append("")
    (DATA / "learned.toml").write_text("\n".join(lines), encoding="utf-8")


def write_verdict(close_within: float, neither_below: float) -> None:
    """Write the bounds of the verdict."""
    path = DATA / "scoring.toml"
    content = tomlkit.parse(path.read_text(encoding="utf-8"))
    content["verdict"]["close_within"] = close_within
    content["verdict"]["neither_below"] = neither_below
    path.write_text(tomlkit.dumps(content), encoding="utf-8")
