"""The command line: arguments -> jobs -> print. The only package that prints."""

from reportedly.cli.app import main

__all__ = ["main"]
