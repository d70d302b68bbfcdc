"""`python -m service` is the `rolefit` command."""

from service.cli import main

main(prog_name="rolefit")
