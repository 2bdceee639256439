"""Where training keeps what it makes."""

from pathlib import Path

BUILD = Path("build/training")
