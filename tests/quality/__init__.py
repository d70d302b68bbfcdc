"""Measures and fits against résumés that people have judged; the folder of labels is given, no part of the project."""
