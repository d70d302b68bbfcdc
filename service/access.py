"""Who may do what."""


def get_owner() -> str:
    """Return whose documents the request may send and see; empty where access is open."""
    return ""
