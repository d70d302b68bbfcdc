"""Finding: text comes in, a spaCy doc with labelled spans goes out, and from it mentions of skills and duties."""
