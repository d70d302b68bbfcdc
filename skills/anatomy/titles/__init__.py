"""Job titles: a line comes in, titles with level, field and trade go out."""
