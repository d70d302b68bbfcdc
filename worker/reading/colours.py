"""Colours of print and of what lies behind it, and whether print of one can be seen on the other."""

Colour = bytes  # red, green and blue
CHANNELS = 3
PAPER: Colour = b"\xff\xff\xff"
FAINTEST = 32  # of 255: the difference that print must have from its ground in some channel


def read_colour(written: str | None) -> Colour | None:
    """Return a colour such as FFFFFF; None for `auto`, which is one that can be seen, and for what is no colour."""
    try:
        channels = bytes.fromhex(written or "")
    except ValueError:
        return None
    return channels if len(channels) == CHANNELS else None


def are_alike(one: Colour, other: Colour) -> bool:
    """Return whether nobody sees print of one colour on the other."""
    return max(abs(left - right) for left, right in zip(one, other, strict=True)) < FAINTEST
