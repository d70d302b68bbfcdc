"""Put the vocabulary's files into their one form: `python -m tests.quality.vocabulary_form`.

Entries stand in the order of their ids, the keys of an entry in the order of `SkillEntry`, one alias a line in the
order of the alphabet. The comment at the head of a file stays; others are lost.
"""

import json
from collections.abc import Iterable, Mapping
from itertools import takewhile
from pathlib import Path

import click

from skills.finding.skill.vocabulary import VOCABULARY, Doubt, SkillEntry, VocabularyFile
from skills.toml_files import read_toml

MAX_LINE_CHARACTERS = 120


def _quote(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _list(key: str, items: Iterable[str]) -> list[str]:
    """Return a list on one line or, where it would be too long, filled up line by line."""
    quoted = [_quote(item) for item in items]
    line = f"{key} = [{', '.join(quoted)}]"
    if len(line) <= MAX_LINE_CHARACTERS:
        return [line]
    lines = [" "]
    for item in quoted:
        if len(lines[-1]) + len(item) + 2 > MAX_LINE_CHARACTERS:
            lines.append(" ")
        lines[-1] += f" {item},"
    return [f"{key} = [", *lines, "]"]


def _write_doubt(skill_id: str, doubt: Doubt) -> list[str]:
    lines = [f"[[skills.{skill_id}.doubtful]]", *_list("surfaces", doubt.surfaces)]
    lines += [f"case = {_quote(doubt.case)}"] if doubt.case != "any" else []
    lines += [f"company = {_quote(doubt.company)}"] if doubt.company != "optional" else []
    for key in ("near", "not_followed_by", "not_preceded_by"):
        if phrases := getattr(doubt, key):
            lines += _list(key, phrases)
    return lines


def _write_entry(skill_id: str, entry: SkillEntry, kind: str) -> list[str]:
    lines = [f"[skills.{skill_id}]", f"label = {_quote(entry.label)}"]
    lines += [f"kind = {_quote(entry.kind)}"] if entry.kind not in {None, kind} else []
    for key, names in (("aliases", entry.aliases), ("also", entry.also)):
        if names:
            ordered = sorted(dict.fromkeys(names), key=lambda name: (name.casefold(), name))
            lines += [f"{key} = [", *(f"  {_quote(name)}," for name in ordered), "]"]
    lines += _list("broader", entry.broader) if entry.broader else []
    for doubt in entry.doubtful:
        lines += _write_doubt(skill_id, doubt)
    return lines


def write_file(
    kind: str, entries: Mapping[str, SkillEntry], comments: Iterable[str], broader: Iterable[str] = ()
) -> str:
    """Return the text of a vocabulary file in its one form; `kind` and `broader` are of entries which state none."""
    above = _list("broader", broader) if broader else []
    blocks = ["\n".join([*comments, f'kind = "{kind}"', *above])]
    blocks += ["\n".join(_write_entry(skill_id, entry, kind)) for skill_id, entry in sorted(entries.items())]
    return "\n\n".join(blocks) + "\n"


def arrange(path: Path) -> str:
    """Return the text that a vocabulary file has in its one form."""
    family = read_toml(path, VocabularyFile)
    comments = takewhile(lambda line: line.startswith("#"), path.read_text(encoding="utf-8").splitlines())
    return write_file(family.kind, family.skills, comments, family.broader)


@click.command()
def main() -> None:
    """Put every file of the vocabulary into its one form."""
    for path in VOCABULARY.rglob("*.toml"):
        path.write_text(arrange(path), encoding="utf-8")


if __name__ == "__main__":
    main()
