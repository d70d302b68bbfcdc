"""Finding: a text comes in, its mentions of skills and duties go out."""
