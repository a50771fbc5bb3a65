"""`python -m hotseat` is the `hotseat` command."""

from .cli import main

main()
