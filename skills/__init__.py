"""Knowledge and judgement: vocabulary, profiles, mentions, scores and the report. Pure Python and spaCy."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from skills.text.spacy_parts import Language


def load_pipeline() -> "Language":
    """Return a spaCy pipeline that finds in any English text what Rolefit knows.

    `nlp(text).spans` holds the groups `sections`, `skills`, `duties`, `learned` and `cues`. A span's label is the id of
    what was found; the `id_` of a duty's span says what the duty was done to. Takes about a second.
    """
    # The command and the web process import `skills` without spaCy.
    from skills.finding.pipeline import make_pipeline  # noqa: PLC0415
    from skills.finding.span_labeller import SPAN_LABELLER  # noqa: PLC0415
    from skills.text.spacy_parts import English, create_vocab  # noqa: PLC0415

    nlp = make_pipeline(create_vocab("en", English.Defaults))
    nlp.add_pipe(SPAN_LABELLER)
    return nlp
