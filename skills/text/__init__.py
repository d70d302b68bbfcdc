"""What a text consists of: tokens, phrases and names. Known without spaCy, but for the tokenizer."""
