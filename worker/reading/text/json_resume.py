"""Reads JSON Resume (jsonresume.org, schema 1.0.0) as a page that shows it would be laid out."""

from collections.abc import Callable, Iterator, Mapping

import orjson

from skills.document import Document
from worker.errors.documents import UnreadableDocumentError
from worker.reading.clean_text import StyledLine, clean_lines
from worker.reading.formats import JSON_RESUME, Limits
from worker.reading.single_page import make_document

Entry = Mapping[str, object]


def _text(value: object) -> str:
    return str(value) if isinstance(value, str | int | float) else ""


def _join(entry: Entry, *keys: str, by: str = ", ") -> str:
    return by.join(filter(None, (_text(entry.get(key)) for key in keys)))


def _list_texts(value: object) -> list[str]:
    """Return the texts of a list, of one text in its place, and of entries that have a name."""
    items = value if isinstance(value, list) else [value]
    texts = (_join(item, "name") if isinstance(item, dict) else _text(item) for item in items)
    return list(filter(None, texts))


def _list_entries(value: object) -> list[Entry]:
    """Return the entries of a section; texts stand for entries with a name, and a group for one with keywords."""
    if isinstance(value, dict):
        return [{"name": name, "keywords": keywords} for name, keywords in value.items()]
    items = value if isinstance(value, list) else [value]
    entries = (item if isinstance(item, dict) else {"name": item} for item in items if item is not None)
    return [dict(entry) for entry in entries]


def _write_dates(entry: Entry) -> str:
    """Return the dates of an entry; one that began and has no end goes on."""
    start, end = _text(entry.get("startDate")), _text(entry.get("endDate"))
    return f"{start} - {end or 'Present'}" if start else end or _join(entry, "date", "releaseDate")


def _write_post(entry: Entry) -> Iterator[str]:
    yield _join(entry, "position", "name", "organization", "company", "location")
    yield _write_dates(entry)
    yield _join(entry, "summary", "description", by="\n")
    yield from (f"- {text}" for text in _list_texts(entry.get("highlights")))
    yield ", ".join(text for key in ("keywords", "technologies") for text in _list_texts(entry.get(key)))


def _write_study(entry: Entry) -> Iterator[str]:
    degree = _join(entry, "studyType", "area", by=" in ")
    yield ", ".join(filter(None, (degree, _text(entry.get("institution")), _write_dates(entry))))
    yield ", ".join(_list_texts(entry.get("courses")))


def _write_skill(entry: Entry) -> Iterator[str]:
    name = _join(entry, "name", "language")
    said = ", ".join([*_list_texts(entry.get("keywords")), *filter(None, [_join(entry, "level", "fluency")])])
    yield f"{name}: {said}" if name and said else name or said


def _write_award(entry: Entry) -> Iterator[str]:
    yield ", ".join(
        filter(None, (_join(entry, "name", "title", "issuer", "awarder", "publisher"), _write_dates(entry)))
    )
    yield _join(entry, "summary", "reference", by="\n")


SECTIONS: Mapping[str, tuple[str, Callable[[Entry], Iterator[str]]]] = {
    "work": ("Work Experience", _write_post),
    "volunteer": ("Volunteer Experience", _write_post),
    "projects": ("Projects", _write_post),
    "education": ("Education", _write_study),
    "skills": ("Skills", _write_skill),
    "certificates": ("Certifications", _write_award),
    "publications": ("Publications", _write_award),
    "awards": ("Awards", _write_award),
    "languages": ("Languages", _write_skill),
    "interests": ("Interests", _write_skill),
}


def _write_basics(basics: Entry) -> Iterator[str]:
    location = basics.get("location")
    yield _text(basics.get("name"))
    yield _text(basics.get("label"))
    yield _join(basics, "email", "phone", "url", by=" | ")
    yield _join(location, "city", "region", "countryCode") if isinstance(location, dict) else _text(location)
    if summary := _text(basics.get("summary")):
        yield "Summary"
        yield summary


def _write_resume(resume: Entry) -> Iterator[str]:
    basics = resume.get("basics")
    yield from _write_basics(basics if isinstance(basics, dict) else {})
    for key, (heading, write) in SECTIONS.items():
        if entries := _list_entries(resume.get(key)):
            yield heading
            for entry in entries:
                yield from write(entry)


def read_json_resume(content: bytes, *, name: str, limits: Limits) -> Document:
    """Read JSON Resume; raise TooComplexError, NoTextError, or UnreadableDocumentError if it is no JSON."""
    try:
        resume = orjson.loads(content.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        raise UnreadableDocumentError from error
    text = "\n".join(_write_resume(resume if isinstance(resume, dict) else {}))
    return make_document(
        content,
        [StyledLine(line) for line in clean_lines(text)],
        name=name,
        media_type=JSON_RESUME.media_type,
        reader="JSON Resume 1.0.0",
        max_characters=limits.max_characters,
    )
