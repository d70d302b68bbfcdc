"""A folder of judged résumés comes in; what each requirement is worth, and how well that foretells a panel, goes out.

`python -m tests.quality.fit FOLDER [--write]`.
"""
