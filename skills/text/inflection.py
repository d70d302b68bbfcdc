"""Inflected forms of English words, made by rule: a blank spaCy pipeline has no lemmatizer."""

import re

VOWEL_CONSONANT = re.compile(r"(?:^|[^aeiou])[aeiou][bdgklmnprt]$")
VOWELS_AND_Y = ("ay", "ey", "iy", "oy", "uy")
SIBILANTS = ("s", "x", "z", "ch", "sh")


def pluralize(word: str) -> str:
    """Return the regular plural of a noun, or third person of a verb."""
    lower = word.lower()
    if lower.endswith("y") and not lower.endswith(VOWELS_AND_Y):
        return f"{word[:-1]}ies"
    return f"{word}es" if lower.endswith(SIBILANTS) else f"{word}s"


def conjugate(verb: str, past: str | None = None) -> tuple[str, ...]:
    """Return base, third person, gerund and past of a verb in lower case; `past` is given where it is irregular.

    A final consonant is both doubled and not where the stress decides: no reader is misled by a word that is none.
    """
    stem = verb.removesuffix("e") if verb.endswith("e") and not verb.endswith(("ee", "oe")) else verb
    doubled = f"{verb}{verb[-1]}" if VOWEL_CONSONANT.search(verb) else stem
    pasts = (past,) if past else (f"{stem}ed", f"{doubled}ed")
    if verb.endswith("y") and verb[-2] not in "aeiou":
        pasts = (f"{verb[:-1]}ied",)
    return tuple(dict.fromkeys((verb, pluralize(verb), f"{stem}ing", f"{doubled}ing", *pasts)))
