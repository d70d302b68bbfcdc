"""Text as it is compared: in small letters and without accents, sign for sign, so that places stay the same."""

import re
from unicodedata import normalize

ACCENTED = re.compile("[\u00c0-\u024f]")


def fold(text: str) -> str:
    """Return a text in the form in which words are compared, with as many signs as it has."""
    small = text.lower()
    if small.isascii():
        return small
    if len(small) != len(text):  # some capitals have two signs as small letters
        small = "".join(sign.lower()[0] for sign in text)
    return ACCENTED.sub(lambda found: normalize("NFD", found[0])[0], small)


def find_word(folded: str, word: str) -> int:
    """Return where a folded word, or the beginning of one, stands in a folded text; -1 if nowhere.

    The word stands where no letter or digit is before it: “java” begins “JavaScript” but is not in “ninja”.
    """
    at = folded.find(word)
    while at > 0 and word[0].isalnum() and folded[at - 1].isalnum():
        at = folded.find(word, at + 1)
    return at
