"""Skills: the vocabulary and the tokens of a text come in, finds of skills and degrees go out."""
