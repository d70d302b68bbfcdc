"""The kinds of entries, known without the grammars that tell them: whoever only shows a report loads none of these."""

from typing import Literal

EntryKind = Literal[
    "post", "project", "degree", "publication", "patent", "thesis", "talk", "award", "software", "other"
]
