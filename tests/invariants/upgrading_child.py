"""The program of the next release, killed at every line of its upgrade. Run by `test_i16_upgrade`.

For each line: a fresh copy of the old profile, a process that is killed there, and a start of the
next release on what is left. One line of JSON tells what that start finds.
"""

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from assessor_app.store import migrate, opening, schema
from assessor_app.store.keys import ProfileKey
from assessor_app.store.opening import open_store
from assessor_app.store.profile import lock_profile
from tests.invariants.work import Work, work_of
from tests.store.making import NOW

REVISION = "9998"
NEXT = '''"""A revision that rewrites the outbox and adds a table, as a release may."""

import sqlalchemy as sa
from alembic import op

revision = "9998"
down_revision = "{before}"


def upgrade() -> None:
    with op.batch_alter_table("outbox", recreate="always") as batch:
        batch.add_column(sa.Column("weight", sa.Integer(), nullable=True))
    op.create_table("weights", sa.Column("id", sa.Integer(), primary_key=True))
    op.execute("UPDATE outbox SET weight = 1")
'''
Tracer = Callable[[FrameType, str, Any], Any]


def become_next_release(folder: Path) -> None:
    """Let this process be the program that comes after today's."""
    shutil.copytree(migrate.MIGRATIONS, folder)
    script = folder / "versions" / "r9998_next.py"
    script.write_text(NEXT.format(before=schema.REVISION), "utf-8")
    migrate.MIGRATIONS = folder
    vars(opening)["REVISION"] = REVISION


def killer(at: int, folder: Path) -> Tracer:
    """Return what kills this process at one line of the upgrade."""
    left = at

    def trace(frame: FrameType, event: str, _told: object) -> Tracer | None:
        nonlocal left
        name = frame.f_code.co_filename
        if name != migrate.__file__ and not name.startswith(str(folder)):
            return None
        if event == "line":
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    return trace


def upgraded(profile: Path, key: ProfileKey) -> Work:
    """Open a profile with this program."""
    store = open_store(lock_profile(profile), key, now=NOW)
    try:
        return {**work_of(store), "migrated_from": store.report.migrated_from}
    finally:
        store.close()


def in_a_process(work: Callable[[], None]) -> int:
    """Do something in a process of its own and return how it ended."""
    pid = os.fork()
    if not pid:
        work()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def main(model: Path, folder: Path) -> None:
    key = ProfileKey(bytes.fromhex(input()))
    become_next_release(folder / "migrations")
    profile = folder / "profile"

    def upgrade_and_tell() -> None:
        sys.stdout.write(json.dumps(upgraded(profile, key)) + "\n")
        sys.stdout.flush()

    at, code = 0, -signal.SIGKILL
    while code == -signal.SIGKILL:
        shutil.rmtree(profile, ignore_errors=True)
        shutil.copytree(model, profile)

        def die_on_the_way(at: int = at) -> None:
            sys.settrace(killer(at, folder))
            upgraded(profile, key)

        code = in_a_process(die_on_the_way)
        assert code in (-signal.SIGKILL, 0), code
        assert in_a_process(upgrade_and_tell) == 0
        at += 1


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
