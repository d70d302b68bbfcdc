"""Knowledge and judgement: vocabulary, profiles, mentions, scores and the report. Pure Python and spaCy."""
