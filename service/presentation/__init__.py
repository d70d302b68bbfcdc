"""How a report is shown: its sentences, the comparison of roles, its text with marked evidence, the terminal."""
