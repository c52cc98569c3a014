"""A process of its own that serves a platform: `python -m tests.journeys.serve FOLDER`."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from assessor_app.reference_platform.service import Platform
from assessor_app.reference_platform.serving import Serving


def main(folder: Path) -> None:
    platform = Platform(folder, clock=lambda: datetime.now(UTC), draw=lambda: 1.0)
    port = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    Serving(platform, host="127.0.0.1", port=port, ready=say).run()
    platform.close()


def say(url: str) -> None:
    sys.stdout.write(f"{url}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
