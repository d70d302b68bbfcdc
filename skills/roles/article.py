"""What the article on the two roles says of them beside their requirements, read from `data/article.toml`."""

from functools import cache

from pydantic.dataclasses import dataclass

from skills.toml_files import DATA, STRICT, read_toml


@dataclass(frozen=True, slots=True, config=STRICT)
class RolePortrait:
    """A role, by its id: what it is, what its days are made of, and where people come from."""

    id: str
    definition: str
    work: str
    background: str


@dataclass(frozen=True, slots=True, config=STRICT)
class Industry:
    """An industry in which both roles are found, and what models are used for there."""

    name: str
    use: str


@dataclass(frozen=True, slots=True, config=STRICT)
class Article:
    """The schema of `data/article.toml`."""

    source: str
    outlook: str
    first_steps: tuple[str, ...]
    roles: tuple[RolePortrait, ...]
    industries: tuple[Industry, ...]


@cache
def load_article() -> Article:
    """Return what the article says."""
    return read_toml(DATA / "article.toml", Article)
