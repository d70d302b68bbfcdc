"""Text: a string comes in; its words, phrases, sentences and contacts go out. Only the tokenizer needs spaCy."""
