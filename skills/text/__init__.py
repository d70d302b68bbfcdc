"""What a text consists of: tokens, phrases, sections and names. Known without spaCy, but for the tokenizer."""
