"""The language that people read, chosen here alone: pages, scripts, terminal, PDF and files take their words from it.

A message stands in English where it is shown. Other languages are catalogues beside `messages.pot`, which lists all
messages (docs/languages.md).
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from markupsafe import Markup, escape

if TYPE_CHECKING:
    from jinja2 import Environment  # a command line needs no templates

LANGUAGE = "en"
CATALOGUES = Path(__file__).parent / "languages"
MAX_NUMBERS_TRIED = 200  # every plural form of a language is that of a smaller number


@dataclass(frozen=True, slots=True)
class Language:
    """A language by its code; `scripts` are the messages that scripts of pages show, as JSON, empty for English."""

    code: str
    translations: NullTranslations
    scripts: str


def _find_forms(catalogue: Catalog, translations: GNUTranslations) -> dict[str, int]:
    """Return which form of a message belongs to each category of numbers, as browsers call them."""
    category = Locale.parse(catalogue.locale).plural_form
    choose: Callable[[int], int] = translations.plural  # type: ignore[attr-defined] # what ngettext asks
    return {category(number): choose(number) for number in reversed(range(MAX_NUMBERS_TRIED))}


def _write_for_scripts(catalogue: Catalog, translations: GNUTranslations) -> str:
    shown = [entry for entry in catalogue if any(file.endswith(".js") for file, _ in entry.locations)]
    messages = {
        entry.id if isinstance(entry.id, str) else entry.id[0]: entry.string
        for entry in shown
        if entry.string and all(entry.string)
    }
    return json.dumps({"messages": messages, "forms": _find_forms(catalogue, translations)}, ensure_ascii=False)


def make_language(catalogue: Catalog) -> Language:
    """Return the language of a catalogue; what it does not translate is shown in English."""
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    translations = GNUTranslations(compiled)
    return Language(str(catalogue.locale), translations, _write_for_scripts(catalogue, translations))


def _read_language(code: str) -> Language:
    if code == "en":
        return Language(code, NullTranslations(), "")
    with (CATALOGUES / f"{code}.po").open("rb") as file:
        return make_language(read_po(file, locale=code))


current = _read_language(LANGUAGE)


def gettext(text: str, /, **values: object) -> str:
    """Return a message in the language, with values in place of each `%(name)s`."""
    return current.translations.gettext(text) % values


def ngettext(one: str, many: str, number: int, /, **values: object) -> str:
    """Return the form of a message for a number, which replaces `%(num)s`."""
    return current.translations.ngettext(one, many, number) % {"num": number, **values}


def message(text: str) -> str:
    """Mark a text as a message that `gettext` translates elsewhere, where it is shown."""
    return text


def format_day(moment: date) -> str:
    """Return a day as the language writes it, such as “2 Dec 2026”."""
    return format_date(moment, "d MMM y", locale=current.code)


def format_minute(moment: datetime) -> str:
    """Return a day and a time as the language writes them, such as “2 Dec 2026, 19:05”."""
    return format_datetime(moment, "d MMM y, HH:mm", locale=current.code)


def _escape(values: dict[str, object]) -> dict[str, Markup]:
    return {name: escape(value) for name, value in values.items()}


def _mark_up(text: str, /, **values: object) -> Markup:
    return Markup(gettext(text, **_escape(values)))  # noqa: S704 - messages are ours, values are escaped


def _mark_up_form(one: str, many: str, number: int, /, **values: object) -> Markup:
    return Markup(ngettext(one, many, number, **_escape(values)))  # noqa: S704 - likewise


def add_language(environment: "Environment") -> None:
    """Let templates show messages by `{% trans %}` and `_()`, and say which language a page is in."""
    environment.add_extension("jinja2.ext.i18n")
    environment.newstyle_gettext = True  # type: ignore[attr-defined] # of i18n: functions fill in the values
    environment.policies["ext.i18n.trimmed"] = True
    environment.globals |= {
        "gettext": _mark_up,
        "ngettext": _mark_up_form,
        "_": _mark_up,
        "get_language": lambda: current,
        "format_day": format_day,
        "format_minute": format_minute,
    }
