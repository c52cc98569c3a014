"""Keep a profile as today's program writes it: `python -m tests.invariants.make_release`.

Run once at every release. Nothing in `releases` is ever made again: it shows what is on the laptops
of those who have not upgraded yet.
"""

import json
import shutil
import tempfile
from pathlib import Path

from assessor_app.domain.ids import AssignmentId
from assessor_app.domain.outbox import AttentionReason
from assessor_app.store import outbox, voids
from assessor_app.store.account import bind
from assessor_app.store.assignments import put_assignment
from assessor_app.store.epochs import enter_epoch
from assessor_app.store.opening import Store, open_store
from assessor_app.store.packets import put_packet, put_rubric
from assessor_app.store.profile import create_profile
from assessor_app.store.reviews import save_draft
from assessor_app.store.schema import REVISION
from tests.fakes import Vault
from tests.invariants.work import work_of
from tests.store.making import (
    BLOB_IDS,
    EPOCH,
    MANIFEST,
    NOW,
    PACKET_REF,
    RUBRIC_BYTES,
    RUBRIC_REF,
    SIGNED_IN,
    a_void,
    assignment,
    receipt,
    review,
    sealing,
)

RELEASES = Path(__file__).parent / "releases"
NAMES = tuple(
    AssignmentId(f"of-{state}")
    for state in ("sealed", "queued", "ambiguous", "attention", "voiding", "received", "draft")
)


def fill(store: Store) -> None:
    """Seal reviews and let each come to another state; none has left the laptop for good."""
    sealed, queued, ambiguous, refused, voiding, received, draft = NAMES
    with store.sessions.begin() as session:
        bind(session, store.journal, SIGNED_IN)
        enter_epoch(session, EPOCH)
        put_packet(session, PACKET_REF, MANIFEST, blob_ids=BLOB_IDS, related={})
        put_rubric(session, RUBRIC_REF, RUBRIC_BYTES)
        for name in NAMES:
            put_assignment(session, assignment(name), epoch=EPOCH)
            save_draft(session, review(name, f"first thought on {name}"), now=NOW)
            save_draft(session, review(name, f"last word on {name}"), now=NOW)
    for name in (received, refused, ambiguous):
        _seal(store, name)
        with store.sessions.begin() as session:
            outbox.release(session, now=NOW)
            act = outbox.begin_sending(session)
            assert act is not None
            if name == received:
                outbox.receive(session, act.act_id, receipt(act))
            elif name == refused:
                outbox.refuse(session, act.act_id, AttentionReason.STALE_PACKET)
            else:
                outbox.lost_answer(session, act.act_id)
    for name in (voiding, queued):
        _seal(store, name)
    with store.sessions.begin() as session:
        outbox.release(session, now=NOW)
        voids.reopen(session, store.journal, sealing(f"r-{voiding}").act_id, a_void("v-1"))
    _seal(store, sealed)
    assert draft in NAMES


def _seal(store: Store, name: AssignmentId) -> None:
    with store.sessions.begin() as session:
        words = review(name, f"last word on {name}")
        outbox.seal(session, store.journal, words, sealing(f"r-{name}"))


def main() -> None:
    """Write one archive and what has to be found in it."""
    with tempfile.TemporaryDirectory() as made:
        profile, key = create_profile(Path(made) / "profile", Vault())
        store = open_store(profile, key, now=NOW)
        fill(store)
        work = work_of(store)
        store.close()
        profile.ballast.unlink(missing_ok=True)
        shutil.make_archive(str(RELEASES / REVISION), "zip", profile.folder)
    kept = {"key": key.secret.hex(), "work": work}
    (RELEASES / f"{REVISION}.json").write_text(json.dumps(kept, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
