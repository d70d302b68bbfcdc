"""Processes: settings come in, a private Redis server and workers run on them until the program that asked ends."""
