"""I16: an upgrade keeps I1. No sealed review is lost, whenever the upgrade is killed.

`releases` holds a profile of every schema there has been, as the program of its time wrote it, with
reviews in each state in which they have not left the laptop for good.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory

from assessor_app.domain.ids import ActId, AssignmentId
from assessor_app.store import migrate, outbox
from assessor_app.store.keys import ProfileKey
from assessor_app.store.reviews import undo
from assessor_app.store.schema import REVISION
from tests.invariants.make_release import RELEASES
from tests.invariants.work import Work, work_of
from tests.journeys.house import ROOT
from tests.store.making import NOW, reopened

KEPT = sorted(path.stem for path in RELEASES.glob("*.json"))


def old_profile(revision: str, folder: Path) -> tuple[Path, ProfileKey, Work]:
    shutil.unpack_archive(RELEASES / f"{revision}.zip", folder)
    kept = json.loads((RELEASES / f"{revision}.json").read_text("utf-8"))
    return folder, ProfileKey(bytes.fromhex(kept["key"])), kept["work"]


def test_i16_a_profile_of_every_schema_is_kept() -> None:
    """A revision without one cannot be proved: run `make_release` before it is released."""
    scripts = ScriptDirectory(str(migrate.MIGRATIONS)).walk_revisions()

    assert sorted(script.revision for script in scripts if script.revision != REVISION) == [
        revision for revision in KEPT if revision != REVISION
    ]


@pytest.mark.parametrize("revision", KEPT)
def test_i16_work_of_every_release_is_whole_in_todays_program(
    revision: str, tmp_path: Path
) -> None:
    folder, key, work = old_profile(revision, tmp_path / "profile")

    store = reopened(folder, key)

    assert work_of(store) == work
    assert store.report.quarantined is None
    with store.sessions.begin() as session:
        bodies = {act.act_id: act.body for act in outbox.list_acts(session)}
        outbox.release(session, now=NOW)
        first = outbox.begin_sending(session)
        undone = undo(session, AssignmentId("of-draft"), now=NOW)
    assert first is not None
    assert first.body == bodies[first.act_id]
    assert undone.review.feedback[0].text == "first thought on of-draft"
    store.close()


@pytest.mark.parametrize("revision", KEPT)
def test_i16_work_is_whole_although_the_database_is_destroyed_before_the_upgrade(
    revision: str, tmp_path: Path
) -> None:
    folder, key, work = old_profile(revision, tmp_path / "profile")
    for path in folder.glob("store.db*"):
        path.unlink()

    store = reopened(folder, key)

    with store.sessions.begin() as session:
        acts = {act.act_id: act for act in outbox.list_acts(session)}
    store.close()
    sealed = {ActId(act) for act, (kind, *_) in work["acts"].items() if kind == "review"}
    assert acts.keys() >= sealed
    for act in sealed:
        assert acts[act].body_sha256 == work["acts"][act][2]


@pytest.mark.timeout(300)
@pytest.mark.parametrize("revision", KEPT)
def test_i16_an_upgrade_killed_at_any_line_loses_nothing(revision: str, tmp_path: Path) -> None:
    """The next release rewrites the outbox; it is killed at each line, and started once more."""
    model, key, work = old_profile(revision, tmp_path / "model")
    (tmp_path / "next").mkdir()

    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.invariants.upgrading_child",
            str(model),
            str(tmp_path / "next"),
        ],
        cwd=ROOT,
        input=f"{key.secret.hex()}\n",
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(found) > 40
    assert [each for each in found if {**each, **work} != each] == []
    assert {each["migrated_from"] for each in found} == {revision, None}
