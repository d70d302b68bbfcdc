"""The spaCy pipeline: text comes in, a `Doc` with what was found in it goes out."""

from skills.anatomy.anatomy import read_anatomy
from skills.anatomy.names.proper_names import find_silent_places
from skills.finding.cues import make_cue_finder
from skills.finding.duty.duty_finder import make_duty_finder
from skills.finding.learned_finder import make_learned_finder
from skills.finding.phrase_finder import make_phrase_finder
from skills.finding.section_finder import make_section_finder
from skills.finding.skill.skill_finder import make_skill_finder
from skills.text.spacy_parts import English, Language, Vocab
from skills.text.tokenizer import Tokenizer

# In the order in which they run. spaCy knows a component once the module that makes it is imported.
COMPONENTS = {
    "rolefit_phrases": make_phrase_finder,
    "rolefit_sections": make_section_finder,
    "rolefit_cues": make_cue_finder,
    "rolefit_skills": make_skill_finder,
    "rolefit_duties": make_duty_finder,
    "rolefit_learned": make_learned_finder,
}


def make_pipeline(vocab: Vocab | None = None) -> Language:
    """Return the spaCy pipeline: blank English with the project's own tokenizer and components.

    The tokenizer reads the anatomy of the text first, because sentences end at the borders of its parts.

    Tokens know `is_alpha`, `like_email` and the like only if their vocabulary does. Without `vocab` they do not: no
    component looks at them, and they would take 2.4 ms of a résumé of 700 words.
    """
    nlp = English(
        Vocab() if vocab is None else vocab,
        create_tokenizer=lambda nlp: Tokenizer(nlp.vocab, find_silent_places, read_anatomy),
    )
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp
