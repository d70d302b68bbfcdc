"""What a text consists of: words, phrases and inflected forms. All but the tokenizer is independent of spaCy."""
