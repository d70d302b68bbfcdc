"""The kinds of entries, without the grammars that find them: a program that only shows reports needs no grammar."""

from typing import Literal

EntryKind = Literal[
    "post", "project", "degree", "publication", "patent", "thesis", "talk", "award", "software", "other"
]
