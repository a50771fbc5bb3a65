"""The web app: `python app.py`, then open the address it prints."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "src"))


def main() -> None:
    """Serve the practice room on HOTSEAT_PORT (default 7860) until Ctrl-C."""
    try:
        from hotseat.web import serve  # takes seconds, in which Ctrl-C may come

        serve()
    except KeyboardInterrupt:
        print("\nStopped. Everything is kept.")


if __name__ == "__main__":
    main()
