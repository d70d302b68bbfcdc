"""The tokenizer of the pipeline: makes a spaCy doc, and the table of words in which phrases are looked up."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from itertools import accumulate, chain
from typing import NamedTuple, Protocol

from skills.text.sentences import find_breaks
from skills.text.spacy_parts import Doc, Vocab
from skills.text.spans import blank_spans
from skills.text.tokens import TOKEN, TokenTable, blank_addresses, normalize, split_places

# The text between two words: white space, hyphens and blanked addresses, each with the space behind it.
PIECE = re.compile(r"(\S+|\s+?)( ?)")

NO_TOKEN = frozenset({"", " "})

MAX_WORDS = 10_000

FindSilent = Callable[[str], Iterable[tuple[int, int]]]


class Structure(Protocol):
    """The structure of a text, such as its anatomy. The tokenizer asks it only where sentences end."""

    @property
    def breaks(self) -> Iterable[int]:
        """The offsets where a sentence ends even without a full stop."""


class Unstructured:
    """A text without structure."""

    breaks: tuple[int, ...] = ()

    def __init__(self, text: str, said: str) -> None:
        """Find no structure in the text."""


class DocTokens(NamedTuple):
    """The tokens of a doc as arguments for spaCy, and the position of each word among them."""

    words: list[str]
    spaces: list[bool]
    positions: list[int]


def _split_gap(gap: str) -> tuple[list[str], list[bool]]:
    """Return the tokens between two words, and for each whether a space follows."""
    pieces = PIECE.findall(gap)
    return [piece for piece, _ in pieces], [bool(space) for _, space in pieces]


def _list_doc_tokens(text: str, words: list[str], starts: list[int], ends: list[int]) -> DocTokens:
    """Return the tokens of the doc of a text: the words given, and what stands between them but for single spaces."""
    tokens, spaces, positions = list[str](), list[bool](), list[int]()
    gaps = [text[end:start] for end, start in zip([0, *ends], [*starts, len(text)], strict=True)]
    spaced, done = [gap[:1] == " " for gap in gaps[1:]], 0
    for row in [row for row, gap in enumerate(gaps) if gap not in NO_TOKEN or (gap and not row)]:
        positions += range(len(tokens), len(tokens) + row - done)
        pieces, spaces_behind = _split_gap(gaps[row][1:] if row and spaced[row - 1] else gaps[row])
        tokens += words[done:row] + pieces
        spaces += spaced[done:row] + spaces_behind
        done = row
    positions += range(len(tokens), len(tokens) + len(words) - done)
    return DocTokens(tokens + words[done:], spaces + spaced[done:], positions)


class KnownWords(dict[str, str]):
    """The compared forms of words. Keeps only the first MAX_WORDS words, so that memory does not grow without end."""

    def __missing__(self, word: str) -> str:
        norm = normalize(word)
        if len(self) < MAX_WORDS:
            self[word] = norm
        return norm

    def __repr__(self) -> str:
        """Return how many words are known, which are of people's documents."""
        return f"KnownWords({len(self)})"


class Tokenizer:
    """Makes spaCy docs of any text, with its words in the extension `doc._.token_table`.

    White space has no row in the table, so a phrase broken over two lines is matched like one on a single line.
    Addresses have none either, nor have the character ranges that `find_silent` returns of a text. The extension
    `doc._.anatomy` holds what `read_anatomy` returns of a text, as it is and with spaces for its addresses, and
    `doc._.finds` what the components will find.

    With `with_tokens`, the doc has spaCy's own tokens and `doc.text` is the text; without, both are empty.
    """

    def __init__(
        self,
        vocab: Vocab,
        find_silent: FindSilent = lambda _text: (),
        read_anatomy: Callable[[str, str], Structure] = Unstructured,
        *,
        with_tokens: bool = True,
    ) -> None:
        self.vocab = vocab
        self._find_silent = find_silent
        self._read_anatomy = read_anatomy
        self._with_tokens = with_tokens
        self._known = KnownWords()
        Doc.set_extension("token_table", default=None, force=True)
        Doc.set_extension("anatomy", default=None, force=True)
        Doc.set_extension("finds", default=None, force=True)

    def __call__(self, text: str) -> Doc:
        """Return the doc of a text."""
        said = blank_addresses(text)
        visible = blank_spans(said, self._find_silent(text))
        words, starts, ends = split_places(TOKEN, visible)
        anatomy = self._read_anatomy(text, said)
        breaks = {bisect_left(starts, end) for end in chain(find_breaks(visible), anatomy.breaks)} | {0}
        sentences = list[int](accumulate(map(breaks.__contains__, range(len(words)))))
        tokens = _list_doc_tokens(text, words, starts, ends) if self._with_tokens else DocTokens([], [], [])
        doc = Doc(self.vocab, words=tokens.words, spaces=tokens.spaces)
        norms = list(map(self._known.__getitem__, words))
        doc._.anatomy, doc._.finds = anatomy, {}
        doc._.token_table = TokenTable(text, words, starts, ends, norms, sentences, tokens.positions)
        return doc
