"""Names: a text comes in; the names of persons, events and links, and what else reveals who somebody is, go out."""
