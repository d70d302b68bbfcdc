"""Job titles by a grammar: level, field, trade and what follows, in whatever order a résumé writes them.

A line is first written as its shape, one sign for each known phrase (“Sr. ML Engineer, Speech” is `LFT,F`), in which
titles are matched. So the patterns are short, and the words are data. Known without spaCy.
"""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from skills.anatomy.titles.title_openings import count_opening_words, find_opening
from skills.anatomy.titles.title_parts import begin_in_line_before, end_in_line_behind, find_part_around, is_wrapped
from skills.anatomy.titles.title_words import Piece, find_trade_words, load_job_titles, read_pieces
from skills.text.tokens import HYPHENS

# The signs of these patterns are listed in title_words.py, above TOKEN. Beside each example stands its shape.
# A word before the trade, its abbreviation, and what joins it to the next: “AI/” of “AI/ML Engineer”, F/ of F/FT;
# “Quality Assurance (QA)”, F(F).
MODIFIER = r"(?:[LFGKM]|E(?!N))(?:\([FGK]\))?[/&-]?N?"
# Unknown words belong to a title behind a level, behind the field that opens its piece of the line, or first in it:
# “Senior Harbour Engineer”, LUT.
UNKNOWN = r"(?:(?<=L)U{1,2}|(?:(?<=^[FG])|(?<=[|.)][FG]))U|(?<=w)U{1,2}|(?<![wU@oKFGTEC])U{1,2})(?=T)"
# A trade with the words before it and its number: “Software Engineer II”, FTN.
CORE = rf"(?:{MODIFIER})*(?:{UNKNOWN})?[TEC](?:N(?!w))?"
# Of titles with a slash between, those behind it may have unknown words: “Vendor Manager/Contact Center Manager”,
# UT/UUT.
BESIDE = rf"[(/&-]{{0,2}}{CORE}\)?|/[UFGK]{{1,4}}(?:/|(?=[TE])){CORE}"
# A field behind a title is part of it: “Engineer, Machine Learning 2”, T,FN. Words that go on in a name are a firm's
# (“Engineer, AI Labs”). With nothing between, so are those before a dash and a place (“Engineer SAP - Bern”) or before
# “of” (“Engineer Department of Law”).
# N?+ keeps the number that it takes, so that what may not follow is looked for behind the number, never at it: in
# “Engineer, ML 2 Fernmark”, T,FNU, the field is the firm's.
BEHIND = r"(?:[LEFGK]N?[/&,-]?)*(?:[LE]N?+(?![TCFGK])|[FGK]N?+(?![TCUwLMGFKE]|&[LFGTCU]))"
# With what parts or links it: “, Speech” of “Engineer, Speech”, ,F of T,F; “of AI” of “Head of AI”, oF of EoF.
SUFFIX = rf"(?:(?:[,(/:|-]|(?<=[TECN])(?![FGK]+-U)){BEHIND}(?!o)|[,-]?o{BEHIND})\)?"
# Behind a dash or a comma so is a field before a firm that another dash parts from its place (“Developer - Spark Acme -
# Bern”, T-FU-U); behind “of” so is one before any firm (“Director of Social Media Acme”, ToFU).
SPECIALISM = r"(?:[,-](?:[FK]{1,2}|[FK]G)(?:&[FK])?(?=w?U[^-|@D]{0,6}-(?!D))|(?<=T)o[FGK](?:&[FGK])?(?=w?U))"
TITLE = re.compile(rf"{CORE}(?:{BESIDE})*(?:{SUFFIX}|{SPECIALISM}){{0,3}}")
MAX_SYLLABLE_CHARACTERS = 3
IN_FIRM = re.compile(r"[TEC]U{1,2}$")
TRADE = re.compile("[TC]")
WORD = re.compile(r"[^\W\d_]+|[.!?]")
WORD_OR_NUMBER = re.compile(rf"{WORD.pattern}|\d+")
SENTENCE_ENDS = re.compile(r" [.!?] ")
MAX_WORDS_TO_WISH = 6
MAX_CHARACTERS_TO_CERTIFICATE = 24
FIRM_LINKS = frozenset({"for", "of"})
NAMING_SIGNS = frozenset("FGKUw")  # of the words that make a trade the name of a product
# Where a title with no word beside its trade may end: at the line's end or before a separator.
ENDS_PIECE = "@,|/(-:o"


class JobTitle(NamedTuple):
    """A title at `text[start:end]`, without employer, place and dates.

    `fields` are empty where the title does not say what the work is about (“Engineer”, “Intern”); `level` where it
    names none. `product` says that it may be what somebody made, too: “AI Travel Agent”, “Label Server”.
    """

    start: int
    end: int
    level: str
    fields: frozenset[str]
    trade: str
    product: bool = False


def _says_wish(words: Sequence[str]) -> bool:
    said = f" {' '.join(words)} "
    return any(f" {wish} " in said for wish in load_job_titles().wished)


def holds_wish(text: str) -> bool:
    """Return whether words say that a post is sought."""
    return _says_wish(WORD_OR_NUMBER.findall(text.lower()))


def _is_wished(before: str) -> bool:
    """Return whether the words right before a title say that the post is not held, or is somebody else's."""
    titles = load_job_titles()
    words = WORD_OR_NUMBER.findall(before.lower())
    sentence = SENTENCE_ENDS.split(f" {' '.join(words[-MAX_WORDS_TO_WISH:])} ")[-1]
    if _says_wish(sentence.split()) or f"{' '.join(words)} ".startswith(titles.supervised):
        return True
    while words and words[-1] in titles.articles:
        words.pop()
    return bool(words) and words[-1] in titles.others and not " ".join(words).endswith(titles.promoted)


def _opens_firm(words: Sequence[str]) -> bool:
    """Return whether the words behind a title open the name of a firm: “App Annie”, “Society for Mining”."""
    firms = load_job_titles().firm_openings
    opens = len(words) > 1 and words[0][0].isupper() and words[0].lower() in firms
    return opens and (words[1][0].isupper() or words[1] in FIRM_LINKS)


def _is_certificate(text: str, start: int, end: int) -> bool:
    titles = load_job_titles()
    before = WORD.findall(text[max(0, start - MAX_CHARACTERS_TO_CERTIFICATE) : start].lower())
    behind = text[end : end + MAX_CHARACTERS_TO_CERTIFICATE].split()
    certified = not titles.certified_behind.isdisjoint(word.lower().strip(",.)") for word in behind[:1])
    return not titles.certified_before.isdisjoint(before[-1:]) or (certified and not _opens_firm(behind))


def _stands_alone(text: str, pieces: Sequence[Piece], first: int) -> bool:
    """Return whether what opens with its trade is a title: it has a capital.

    One word that may be a verb or a level (“Lead the team”) has a piece of the line for itself.
    """
    word = pieces[first].word
    if word.sign == "C" or not text[pieces[first].start].isupper():
        return word.sign == "C"
    behind = pieces[first + 1].word.sign if first + 1 < len(pieces) else "@"
    several = " " in text[pieces[first].start : pieces[first].end]
    dated = word.level == "lead" and behind == "D"
    return word.sign == "T" or several or dated or behind in ENDS_PIECE or (word.level == "intern" and behind != "w")


def _list_near_fields(words: Sequence[Piece], nearest: str) -> Iterator[str]:
    """Yield the fields before a trade, the nearest first, up to one that outweighs those before it."""
    outweighing = load_job_titles().outweighing
    for piece in reversed(words):
        field = piece.word.field
        if field in outweighing and nearest:
            return
        if field:
            yield field
            nearest = nearest or field
        if field in outweighing:
            return


def _find_fields_of_core(modifiers: Sequence[Piece], trade: Piece, behind: AbstractSet[str]) -> set[str]:
    """Return the fields of a trade and the words before it; `behind` are those of what follows the title's last."""
    titles = load_job_titles()
    kind = titles.trades.get(trade.word.trade)
    fields = set(_list_near_fields(modifiers, trade.word.field))
    yields = kind is not None and not kind.yields_to.isdisjoint(fields | behind)
    own = set(kind.fields if kind and not yields else ()) | ({trade.word.field} - {""})
    if trade.word.sign != "C" and own & titles.outweighing:
        return own
    if fields & titles.outweighing and trade.word.sign != "C":
        return fields
    builds = kind is None or kind.builds
    technical = builds and any(piece.word.sign == "K" for piece in modifiers)
    return own | fields | ({"software"} if technical else set())


def _read_fields(pieces: Sequence[Piece], shape: str) -> frozenset[str]:
    """Return the fields of a title: of each of its trades with the words before it, and of what follows the last."""
    titles, fields, first, closed = load_job_titles(), set[str](), 0, False
    trades = _find_trades(shape)
    behind = {piece.word.field for piece in pieces[trades[-1] + 1 :]} - {""}
    for trade in trades:
        core = _find_fields_of_core(pieces[first:trade], pieces[trade], behind)
        fields |= core
        closed = bool(core & titles.outweighing) and pieces[trade].word.sign != "C"
        first = trade + 1
    if behind & titles.outweighing_behind:
        return frozenset(behind & titles.outweighing_behind)
    return frozenset(fields if closed else fields | (behind - titles.outweighing or (set() if fields else behind)))


def _find_trades(shape: str) -> list[int]:
    """Return where the trades of a title stand in its shape; a level that may be one is, if there is no other."""
    return [match.start() for match in TRADE.finditer(shape)] or [shape.rfind("E")]


def _end_before_workplace(text: str, pieces: Sequence[Piece], shape: str) -> int:
    """Return how many pieces are the title itself: what follows says the field, but may be the name of the workplace.

    So it is in “Assistant, Laboratory for Machine Learning” and, with nothing between, “Engineer Core Payments Group”.
    """
    titles, last = load_job_titles(), _find_trades(shape)[-1] + 1
    last += shape[last : last + 1] == "N"
    behind = [text[piece.start : piece.end].lower() for piece in pieces[last:]]
    if shape[last : last + 1].isupper():
        at_workplace = len(behind) > 1 and behind[-1] in titles.firm_ends
    else:
        at_workplace = not titles.workplaces.isdisjoint(behind)
    return last if at_workplace else len(pieces)


def _end_before_open_bracket(text: str, start: int, end: int) -> int:
    """Return where a title ends that may hold a bracket without its end: “Data Scientist (Python, Keras”."""
    title = text[start:end]
    bracket = title.rfind("(")
    return start + len(title[:bracket].rstrip()) if bracket > title.rfind(")") else end


def _read_match(text: str, pieces: Sequence[Piece], shape: str) -> JobTitle:
    level = next((piece.word.level for piece in pieces if piece.word.sign == "E" and piece.word.level == "intern"), "")
    level = level or next((piece.word.level for piece in pieces if piece.word.level), "")
    trade = pieces[_find_trades(shape)[0]].word.trade
    closes = shape.endswith(")") and "(" not in shape
    end = pieces[_end_before_workplace(text, pieces, shape) - 1].end if not closes else pieces[-2].end
    end = _end_before_open_bracket(text, pieces[0].start, end)
    product = _names_product(text, pieces, shape, load_job_titles().products)
    return JobTitle(pieces[0].start, end, level, _read_fields(pieces, shape), trade, product)


def _names_product(text: str, pieces: Sequence[Piece], shape: str, words: AbstractSet[str]) -> bool:
    """Return whether the first trade of a title is one of some words, with more than a level before it."""
    trade = _find_trades(shape)[0]
    named = text[pieces[trade].start : pieces[trade].end].lower() in words
    return named and any(piece.word.sign in NAMING_SIGNS for piece in pieces[:trade])


def _ends_name(text: str, pieces: Sequence[Piece], first: int) -> bool:
    """Return whether a short trade is the end of a name with a hyphen, and no title: “Kuan-Ta”."""
    start, end = pieces[first].start, pieces[first].end
    joined = first > 0 and pieces[first - 1].word.sign == "U" and text[start - 1] in HYPHENS
    return joined and end - start <= MAX_SYLLABLE_CHARACTERS and not text[start:end].isupper()


def _find_in_line(text: str, start: int, end: int) -> Iterator[JobTitle]:
    """Yield the titles of a part of a line, which begins with a space where it begins right behind a title.

    A trade behind a title and a name is the firm's: “Python Developer Fernmark Employee Benefits”.
    """
    pieces = read_pieces(text, start, end)
    shape = "".join(piece.word.sign for piece in pieces)
    for match in TITLE.finditer(shape):
        last = match.end()
        first = find_opening(text, pieces, shape, match.span())
        if IN_FIRM.search(shape, 0, first) or (first == 0 and shape[0] == "U" and text[start] == " "):
            continue
        title = _read_match(text, pieces[first:last], shape[first:last])
        alone = _find_trades(shape[first:last]) == [0]
        if alone and (not _stands_alone(text, pieces, first) or _ends_name(text, pieces, first)):
            continue
        if _names_product(text, pieces[first:last], shape[first:last], load_job_titles().machines):
            continue
        if not _is_wished(text[start : title.start]) and not _is_certificate(text, title.start, pieces[last - 1].end):
            opening = count_opening_words(text, pieces, shape, (first, last))
            yield title._replace(start=pieces[first - opening].start)


def _find_over_break(text: str, place: int, start: int, end: int) -> list[JobTitle] | None:
    """Return the titles around a trade if its line of text was wrapped within one of them, else None."""
    before, behind = begin_in_line_before(text, place, start), end_in_line_behind(text, place, end)
    if before is None and behind is None:
        return None
    first, last = find_part_around(text, place, start, end)
    titles = list(_find_in_line(text, first if before is None else before, last if behind is None else behind))
    over = [title for title in titles if "\n" in text[title.start : title.end]]
    return titles if over and all(is_wrapped(text, title.start, title.end) for title in over) else None


def _find_around(text: str, place: int, start: int, end: int) -> list[JobTitle]:
    """Return the titles around a trade: of its line, or of a line of text that was wrapped within a title."""
    titles = _find_over_break(text, place, start, end)
    if titles is not None:
        return titles
    first, last = find_part_around(text, place, start, end)
    titles = list(_find_in_line(text, first, last))
    # A title that the end of the part may cut is found in the next part whole.
    cut = bool(titles) and titles[-1].start > place and titles[-1].end == last < end and text[last] != "\n"
    return titles[:-1] if cut else titles


def find_titles(text: str, start: int = 0, end: int | None = None) -> list[JobTitle]:
    """Return the job titles within `text[start:end]`, in order; wished-for ones and other people's are none."""
    titles, done, end = list[JobTitle](), start, len(text) if end is None else end
    for trade in find_trade_words(text, start, end):
        if trade >= done:
            titles += _find_around(text, trade, done, end)
            done = titles[-1].end if titles else start
    return titles
