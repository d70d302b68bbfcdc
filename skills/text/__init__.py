"""What a text consists of: words, phrases and inflected forms. Known without spaCy, but for the tokenizer."""
