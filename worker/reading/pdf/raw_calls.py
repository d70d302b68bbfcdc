"""pdfium's functions as they are, for what is asked of each word or object: `raw` checks and converts all arguments.

That takes twice the call itself. Whoever calls one of these hands over what ctypes made and numbers that C takes as
an `int`, nothing else: a `long`, None or text would arrive as something different.
"""

from ctypes import c_void_p, cast
from typing import Any

from pypdfium2 import raw


def __getattr__(name: str) -> Any:  # noqa: ANN401 - ctypes has no better
    """Make a function when it is first asked for; from then on the module has it."""
    checked = getattr(raw, name)
    function = type(checked)(cast(checked, c_void_p).value)
    function.restype = checked.restype
    globals()[name] = function
    return function
