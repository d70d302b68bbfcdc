"""Makes documents and mentions out of plain text, without a file, for tests of the skills package."""

from hashlib import sha256

from skills.document import Document, Line
from skills.finding.mentions import Mention
from skills.knowledge import load_knowledge


def make_lines(text: str) -> tuple[Line, ...]:
    lines, start = [], 0
    for line in text.split("\n"):
        lines.append(Line(1, start, start + len(line)))
        start += len(line) + 1
    return tuple(lines)


def make_document(text: str) -> Document:
    digest = sha256(text.encode()).hexdigest()
    return Document("a.pdf", digest, "application/pdf", text, make_lines(text), 1, "text", "test")


def find_mentions(text: str) -> tuple[Mention, ...]:
    return load_knowledge().find_mentions(text, make_lines(text))


def find_skills(text: str) -> set[str]:
    """Return the ids of the skills that a text names."""
    skills = load_knowledge().vocabulary.skills
    return {mention.concept for mention in find_mentions(text) if mention.concept in skills}


def find_duties(text: str) -> set[str]:
    """Return the ids of the duties that a text shows."""
    skills = load_knowledge().vocabulary.skills
    return {mention.concept for mention in find_mentions(text) if mention.concept not in skills}
