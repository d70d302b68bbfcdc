"""Finding: text comes in, a spaCy doc with what was found goes out, and from it mentions of skills and duties."""
