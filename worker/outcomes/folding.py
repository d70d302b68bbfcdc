"""Text as it is compared: small letters without accents, as many characters as before, so that offsets stay valid."""

import re
from unicodedata import normalize

ACCENTED = re.compile("[\u00c0-\u024f]")


def fold(text: str) -> str:
    """Return a text in small letters without accents, with the same number of characters."""
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
