"""Contacts: how e-mail addresses, telephone numbers and links are written.

Each part is bounded (RFC 1035, 5321) and begins where none does, so that no text makes the search slow.
"""

import re

EMAIL = r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"
# Fonts that draw `//` as one sign lose half of it. A page without `https:` is recognised by the end of its domain.
LINK = (
    r"(?:https?:(?:/ ?){1,2}|www\.)\S+"
    r"|(?<![\w.-])[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.(?:com|org|edu|io|gov|me|dev|in)/\S*"
)
TELEPHONE = r"(?<![\w.+])\+?\(?\d(?:[ ().-]{0,2}\d){8,14}(?!\w)"

# Words inside addresses name nobody's skill: a profile at example.com/julia says nothing about Julia.
ADDRESS = re.compile(f"{LINK}|{EMAIL}", re.IGNORECASE)
CONTACT = re.compile(f"{LINK}|{EMAIL}|{TELEPHONE}", re.IGNORECASE)
# Where a page without `https:` may be: in few lines.
PATH_START = re.compile(r"\.\w{2,3}/")
MIN_TELEPHONE_DIGITS = 9

# Finds that a line has a contact, but not its range; far faster than CONTACT.
CONTACT_SIGN = r"@|\d[\d ().-]{6,}\d|www\.|https?:"


def may_hold_address(line: str) -> bool:
    """Return whether a line has a sign of an address: a cheap test, as few lines have one."""
    if "/" in line and (":/" in line or PATH_START.search(line)):
        return True
    return "@" in line or "www." in line.lower()


def may_hold_contact(line: str) -> bool:
    """Return whether a line has a sign of an address or a telephone number."""
    return may_hold_address(line) or sum(map(str.isdecimal, line)) >= MIN_TELEPHONE_DIGITS
