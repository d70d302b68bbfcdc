"""Looks at the container image from outside: whether it builds and starts, and what it weighs."""
