"""The parts of spaCy that Rolefit uses, imported without spaCy's command line, which takes a third of the time.

`import spacy` would import it too, and for its downloads requests, typer and weasel.
"""

import sys
from importlib import import_module
from types import ModuleType

COMMAND_LINE = "spacy.cli.info"  # what spaCy imports of it

__all__ = ["Doc", "English", "Language", "Span", "Vocab", "create_vocab"]


def _import_spacy() -> None:
    """Import spaCy with a stand-in for its command line; the command line itself can still be imported afterwards."""
    stand_in = ModuleType(COMMAND_LINE)
    setattr(stand_in, "info", None)  # noqa: B010 - the type of a module has no such attribute
    sys.modules[COMMAND_LINE] = stand_in
    import_module("spacy")
    del sys.modules[COMMAND_LINE]


if "spacy" not in sys.modules:
    _import_spacy()

from spacy.lang.en import English  # noqa: E402 - only now
from spacy.language import Language  # noqa: E402
from spacy.tokens import Doc, Span  # noqa: E402
from spacy.vocab import Vocab, create_vocab  # noqa: E402
