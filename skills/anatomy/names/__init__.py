"""Names: a text comes in, what names persons, events and links, and what tells who somebody is, goes out."""
