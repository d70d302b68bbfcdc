"""No cell of a table begins a formula, whatever a file is called."""

import pytest

from service.results.columns import defuse


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("=cmd|x.pdf", "'=cmd|x.pdf"),
        ("-2+3.pdf", "'-2+3.pdf"),
        ("\t=1.pdf", "'\t'=1.pdf"),
        ("＝1.pdf", "'＝1.pdf"),  # noqa: RUF001 - in full width
        ("cv;=1.pdf", "cv;'=1.pdf"),
        ("cv, @SUM(1).pdf", "cv,' @SUM(1).pdf"),
        ('" =1.pdf', "'\" =1.pdf"),
    ],
)
def test_a_name_that_would_begin_a_formula_is_marked_as_text(name: str, cell: str) -> None:
    assert defuse(name) == cell


@pytest.mark.parametrize("name", ["cv.pdf", "Anna-Lena = CV 2020-2021.pdf", "a+b.pdf", "cv;old.pdf", "me@home.txt"])
def test_other_names_stay_as_they_are(name: str) -> None:
    assert defuse(name) == name
