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

# In the order in which they run. Importing the module of a component registers it with spaCy.
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

    Docs have spaCy's own tokens only with a `vocab` to look them up in. No component looks at them, and to make them
    would take a tenth of the time of judging.
    """
    nlp = English(
        Vocab() if vocab is None else vocab,
        create_tokenizer=lambda nlp: Tokenizer(
            nlp.vocab, find_silent_places, read_anatomy, with_tokens=vocab is not None
        ),
    )
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp
