"""The command `rolefit skills`."""

from collections.abc import Iterator
from pathlib import Path

import click

from service.cli.conventions import FILE, one_line_errors
from skills.errors import KnowledgeError
from skills.finding.skill.explanation import explain_skills, list_paths
from skills.finding.skill.vocabulary import BACKGROUND_KINDS, Doubt, Skill, Vocabulary, load_vocabulary
from skills.knowledge import Knowledge, load_knowledge
from skills.text.phrases import normalize_phrase, spell_variants
from worker.files import read_file
from worker.settings import load_settings


class UnknownSkillError(KnowledgeError):
    """The vocabulary has no entry of that name."""

    def __init__(self, word: str) -> None:
        super().__init__(f"No skill is called {word!r}. Add it to a file of skills/data/vocabulary/.")


def _list_surfaces(skill: Skill) -> Iterator[str]:
    yield from skill.surfaces
    for doubt in skill.doubts:
        yield from doubt.surfaces


def find_entries(word: str, vocabulary: Vocabulary) -> list[Skill]:
    """Return the skills whose id or whose name in any spelling is the word."""
    form = normalize_phrase(word)
    return [
        skill
        for skill in vocabulary.skills.values()
        if word == skill.id or any(form in spell_variants(surface) for surface in _list_surfaces(skill))
    ]


def _describe_doubt(doubt: Doubt) -> Iterator[str]:
    yield f"  {', '.join(doubt.surfaces)}"
    if doubt.case == "exact":
        yield "    only in this letter case, except in capitals and in lists of skills"
    if doubt.company == "needed":
        yield "    only in a skills section, in a list of skills, or in a sentence with one of `near`"
    for key in ("near", "not_followed_by", "not_preceded_by"):
        if phrases := getattr(doubt, key):
            yield f"    {key}: {', '.join(phrases)}"


def describe_entry(skill: Skill, knowledge: Knowledge) -> Iterator[str]:
    """Yield the lines that say what an entry holds and what it is evidence for."""
    yield f"{skill.label}  ({skill.id}, {skill.kind}, {skill.file})"
    yield f"names: {'; '.join(skill.surfaces)}"
    for path in list_paths(skill, knowledge.vocabulary.skills):
        yield f"below: {' < '.join(path) or 'nothing; it is a root'}"
    if narrower := knowledge.vocabulary.narrower.get(skill.id):
        yield f"above: {', '.join(narrower)}"
    if skill.doubts:
        yield "counts under conditions:"
    for doubt in skill.doubts:
        yield from _describe_doubt(doubt)
    met = {
        requirement.id: requirement.title
        for profile in knowledge.profiles
        for requirement in profile.requirements
        if skill.id in knowledge.evidence_ids[requirement.id]
    }
    yield "evidence for:" if met else "evidence for no requirement"
    yield from (f"  {name}: {title}" for name, title in met.items())


def show_entry(word: str) -> None:
    """Print the entries of a name; raise UnknownSkillError if there is none."""
    knowledge = load_knowledge(load_settings().profiles)
    entries = find_entries(word, knowledge.vocabulary)
    if not entries:
        raise UnknownSkillError(word)
    click.echo("\n\n".join("\n".join(describe_entry(entry, knowledge)) for entry in entries))


def show_text(path: Path) -> None:
    """Print every name of a skill in a plain text with its line and, if it does not count, why not."""
    settings = load_settings()
    text = read_file(path, max_bytes=settings.max_upload_bytes).decode(errors="replace")
    for place in explain_skills(load_knowledge(settings.profiles).nlp(text)):
        line = text.count("\n", 0, place.start) + 1
        verdict = f"not counted: {place.why_not}" if place.why_not else "counted"
        click.echo(f"{line}: {' '.join(place.text.split())} -> {place.skill}  {verdict}")


def list_roots(vocabulary: Vocabulary) -> list[Skill]:
    """Return the skills with nothing above them; degrees, fields and industries are no tree."""
    skills = vocabulary.skills.values()
    return [skill for skill in skills if not skill.broader and skill.kind not in BACKGROUND_KINDS]


def _draw(skill_id: str, vocabulary: Vocabulary, depth: int) -> Iterator[str]:
    skill = vocabulary.skills[skill_id]
    yield f"{'  ' * depth}{skill.label} ({skill.kind})"
    for narrower in sorted(vocabulary.narrower.get(skill_id, ())):
        yield from _draw(narrower, vocabulary, depth + 1)


def show_tree() -> None:
    """Print all skills below their roots; one with several parents stands below each."""
    vocabulary = load_vocabulary()
    for root in list_roots(vocabulary):
        click.echo("\n".join(_draw(root.id, vocabulary, 0)))


@click.command()
@click.argument("word", required=False)
@click.option("--text", type=FILE, help="Show which names of skills stand in a plain text, and why one does not count.")
@click.option("--tree", is_flag=True, help="Show all skills, each below what it is a kind of.")
def skills(word: str | None, text: Path | None, *, tree: bool) -> None:
    """Show an entry of the vocabulary, the tree of all, or what is found in a text.

    Of an entry: its names, parents, conditions, and the requirements that it is evidence for.
    """
    if (word is not None) + (text is not None) + tree != 1:
        raise click.UsageError("Give a word, --text FILE or --tree.")
    with one_line_errors():
        if word is not None:
            show_entry(word)
        elif text is not None:
            show_text(text)
        else:
            show_tree()
