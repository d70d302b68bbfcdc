"""Calls of pdfium that skip pypdfium2's checks, for what is asked of each word or object of a page.

`pypdfium2.raw` checks and converts every argument, which takes twice as long as the call itself. Pass only
objects of ctypes and integers that fit a C `int`: a larger number, None or a string would arrive as something else.
"""

from ctypes import c_void_p, cast
from typing import Any

from pypdfium2 import raw


def _skip_checks(checked: Any, restype: type | None = None) -> Any:  # noqa: ANN401 - ctypes has no better
    """Return a function that calls the same address of the library without declared argument types."""
    function = type(checked)(cast(checked, c_void_p).value)
    function.restype = restype or checked.restype
    return function


FPDFClipPath_CountPaths = _skip_checks(raw.FPDFClipPath_CountPaths)
FPDFPageObj_CountMarks = _skip_checks(raw.FPDFPageObj_CountMarks)
FPDFPageObj_GetBounds = _skip_checks(raw.FPDFPageObj_GetBounds)
FPDFPageObj_GetClipPath = _skip_checks(raw.FPDFPageObj_GetClipPath)
FPDFPageObj_GetFillColor = _skip_checks(raw.FPDFPageObj_GetFillColor)
FPDFPageObj_GetType = _skip_checks(raw.FPDFPageObj_GetType)
FPDFPageObj_HasTransparency = _skip_checks(raw.FPDFPageObj_HasTransparency)
FPDFPath_CountSegments = _skip_checks(raw.FPDFPath_CountSegments)
FPDFPage_GetObject = _skip_checks(raw.FPDFPage_GetObject)
FPDFTextObj_GetFont = _skip_checks(raw.FPDFTextObj_GetFont, c_void_p)  # the address as a number, or None
FPDFTextObj_GetTextRenderMode = _skip_checks(raw.FPDFTextObj_GetTextRenderMode)
FPDFText_GetCharOrigin = _skip_checks(raw.FPDFText_GetCharOrigin)
FPDFText_GetLooseCharBox = _skip_checks(raw.FPDFText_GetLooseCharBox)
FPDFText_GetTextObject = _skip_checks(raw.FPDFText_GetTextObject, c_void_p)  # the address as a number, or None
FPDFText_GetUnicode = _skip_checks(raw.FPDFText_GetUnicode)
FPDFText_HasUnicodeMapError = _skip_checks(raw.FPDFText_HasUnicodeMapError)
FPDFText_IsGenerated = _skip_checks(raw.FPDFText_IsGenerated)
