"""Everything that Rolefit knows, loaded once: the pipeline, the profiles, and what meets each requirement."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from spacy.lang.en import English
from spacy.language import Language
from spacy.vocab import Vocab

from skills.document import Line
from skills.duties import load_duties, make_duty_finder
from skills.errors import KnowledgeError
from skills.finder import make_skill_finder
from skills.mentions import Mention, collect_mentions
from skills.profiles import Requirement, RoleProfile, load_profiles, profiles_version
from skills.scoring import Evidence, choose_best
from skills.sections import make_section_finder
from skills.tokens import Tokenizer
from skills.vocabulary import Vocabulary, find_kinds_of, load_vocabulary

# spaCy knows a component once the module that makes it is imported.
COMPONENTS = {
    "rolefit_sections": make_section_finder,
    "rolefit_skills": make_skill_finder,
    "rolefit_duties": make_duty_finder,
}
EXAMPLE_HEADINGS = {"projects": "PROJECTS", "education": "EDUCATION"}


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The loaded knowledge. `concepts` and `examples` are keyed by requirement id."""

    nlp: Language = field(repr=False)
    vocabulary: Vocabulary
    profiles: tuple[RoleProfile, ...]
    profiles_version: str
    concepts: Mapping[str, frozenset[str]] = field(repr=False)
    examples: Mapping[str, Evidence] = field(repr=False)

    def find_mentions(self, text: str, lines: tuple[Line, ...]) -> tuple[Mention, ...]:
        """Return the skills and duties mentioned in a text whose lines are given, in text order."""
        with self.nlp.memory_zone():
            return collect_mentions(self.nlp(text), lines)


def make_pipeline() -> Language:
    """Return the spaCy pipeline: blank English with the project's own components."""
    nlp = English(Vocab(), create_tokenizer=lambda nlp: Tokenizer(nlp.vocab))
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp


def write_example(requirement: Requirement) -> str:
    """Return the lines that, added to the end of a résumé, would meet a requirement in full."""
    return f"\n\n{EXAMPLE_HEADINGS[requirement.example_section]}\n{requirement.example}"


def _find_examples(nlp: Language, requirements: Iterable[Requirement]) -> dict[str, Evidence]:
    return {
        requirement.id: choose_best(collect_mentions(nlp(write_example(requirement)), (Line(1, 0, 0),)))
        for requirement in requirements
    }


def _check_names(requirements: Iterable[Requirement], vocabulary: Vocabulary) -> None:
    duties = {duty.id for duty in load_duties().duties}
    for requirement in requirements:
        for skill in requirement.skills:
            if skill not in vocabulary.skills:
                raise KnowledgeError(f"profiles: {requirement.id}.skills: the vocabulary has no skill {skill!r}")
        for duty in requirement.duties:
            if duty not in duties:
                raise KnowledgeError(f"profiles: {requirement.id}.duties: duties.toml has no duty {duty!r}")


@cache
def load_knowledge() -> Knowledge:
    """Return the project's knowledge; the first call takes about a second, later ones nothing.

    Raises:
        KnowledgeError: a data file is wrong.
    """
    nlp, vocabulary, profiles = make_pipeline(), load_vocabulary(), load_profiles()
    requirements = {requirement.id: requirement for profile in profiles for requirement in profile.requirements}
    _check_names(requirements.values(), vocabulary)
    concepts = {
        requirement.id: find_kinds_of(requirement.skills, vocabulary) | frozenset(requirement.duties)
        for requirement in requirements.values()
    }
    examples = _find_examples(nlp, requirements.values())
    return Knowledge(nlp, vocabulary, profiles, profiles_version(), concepts, examples)
