"""Send every hostile file through the rebuild, write `build/reports/hostile.json`, print a table.

Exit 1 if a file had an outcome it should not have, or if the worker did not serve after it.
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from assessor_app.render.host import Patience, RenderHost
from assessor_app.render.profiles import ProfileName
from tests.hostile.corpus import corpus
from tests.hostile.run import run

REPORT = Path("build/reports/hostile.json")
PATIENCE = Patience(step_s=15.0)


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def main() -> int:
    with RenderHost(ProfileName.REBUILD, patience=PATIENCE) as host:
        confinement = host.confinement
        rows = [run(host, file) for file in corpus()]
    bad = sum(not row.right for row in rows)
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    report = {"confinement": confinement.value, "files": [asdict(row) for row in rows]}
    REPORT.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    for row in rows:
        mark = "ok " if row.right else "BAD"
        say(f"{mark} {row.spent_ms:>6} ms {row.bytes:>10} B  {row.outcome:<16} {row.file}")
    say(f"{len(rows)} files, {bad} with a wrong outcome; confinement {confinement}")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
