"""Text cut into tokens that keep their place: the ground on which skills and duties are matched."""

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate

from spacy.tokens import Doc
from spacy.vocab import Vocab

# A run of letters (with its possessive), a run of digits, or one sign. `C++` is C, +, +; `HTML5` is HTML, 5.
TOKEN = re.compile(r"[^\W\d_]+(?:['\u2019]s(?![^\W\d_]))?|\d+|[^\w\s]|_")

# Words inside addresses name nobody's skill: a profile at example.com/julia says nothing about Julia.
# Each part begins where no address does and is bounded (RFC 1035, 5321), so that no text makes the search slow.
ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"
    r"|(?<![\w.-])[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.(?:com|org|edu|io|gov|me|dev|in)/\S*",
    re.IGNORECASE,
)

# Hyphens join words as spaces do (`scikit-learn`, `scikit learn`), so they are no tokens of their own.
HYPHENS = frozenset("-\u00ad\u2010\u2011")

SENTENCE_BREAK = re.compile(
    r"[.?!](?=\s+[\"'(]?[A-Z\u2022])"  # the end of a sentence
    r"|;|[\u2022\u25aa\u25cf\u25a0\u25e6\u2023\u27a2\uf0b7](?=\s)"  # an item's bullet
    r"|(?:^|(?<=\n))[ \t]*[A-Z][\w&/ ]{2,30}:?[ \t]*(?=\n)"  # a short line of its own, such as a heading
    r"|\n\s*\n|\n(?=[ \t]*[-\u2013*]\s)"
    r"|(?<=[^,\n])\n(?=[A-Z][^\n]{0,40}:)"  # a line that opens with a label: `Languages: Java`
)

BRITISH_ENDINGS = (
    (re.compile(r"is(e|ed|es|ing|er|ers|ation|ations)$"), r"iz\1"),
    (re.compile(r"ys(e|ed|ing)$"), r"yz\1"),
    (re.compile(r"our$"), "or"),
    (re.compile(r"elling$"), "eling"),
    (re.compile(r"elled$"), "eled"),
)


@lru_cache(maxsize=50_000)
def normalize(word: str) -> str:
    """Return the form in which words are compared: lower case, American spelling, no possessive."""
    word = word.lower().replace("\u2019", "'").removesuffix("'s")
    if len(word) > len("advise"):
        for ending, american in BRITISH_ENDINGS:
            word = ending.sub(american, word)
    return word


@dataclass(frozen=True, slots=True)
class Places:
    """Where the tokens of a spaCy doc stand.

    Token `i` is `text[starts[i]:ends[i]]`, is compared as `norms[i]`, and stands in the sentence number `sentences[i]`.
    """

    text: str = field(repr=False)
    starts: list[int]
    ends: list[int]
    norms: list[str] = field(repr=False)
    sentences: list[int]

    def index_at(self, offset: int) -> int:
        """Return the index of the first token that starts at or after a character offset."""
        return bisect_left(self.starts, offset)


def split_words(phrase: str) -> list[str]:
    """Return the tokens of a phrase that holds no address."""
    return [word for word in TOKEN.findall(phrase) if word not in HYPHENS]


def _find_tokens(text: str) -> list[re.Match[str]]:
    without_addresses = ADDRESS.sub(lambda address: " " * len(address[0]), text)
    return [match for match in TOKEN.finditer(without_addresses) if match[0] not in HYPHENS]


class Tokenizer:
    """Makes spaCy docs whose `user_data["places"]` tells where each token stands; white space makes no token.

    A phrase broken over two lines is therefore matched like one on a single line.
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Return the doc of a text."""
        matches = _find_tokens(text)
        words = [match[0] for match in matches]
        starts = [match.start() for match in matches]
        breaks = {bisect_left(starts, match.end()) for match in SENTENCE_BREAK.finditer(text)} | {0}
        opens = [index in breaks for index in range(len(words))]
        doc = Doc(self.vocab, words=words, sent_starts=list[bool | int | None](opens))
        ends, norms = [match.end() for match in matches], list(map(normalize, words))
        doc.user_data["places"] = Places(text, starts, ends, norms, list(accumulate(opens)))
        return doc
