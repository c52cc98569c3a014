"""Nothing of one side reaches the other: swaps of persons change no byte, the log names nobody."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from assessor_app.domain.determination import Determination
from assessor_app.domain.outbox import ActKind
from assessor_app.reference_platform import letter_html, letter_text
from assessor_app.reference_platform.database import open_database
from assessor_app.reference_platform.schema import Row, TokenRow
from assessor_app.reference_platform.service import Platform
from assessor_app.wire import routes
from tests.reference_platform.factory import (
    FIRST,
    SECOND,
    act,
    blinded_again,
    built,
    open_platform,
    review,
)
from tests.reference_platform.serving import Hand, receipt, served

RANDOM = re.compile(
    rb"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
    rb"|MC-[2-9A-Z]{4}-[2-9A-Z]"
    rb'|(?<="blob_id":")[0-9a-f]{64}'
    rb'|(?<="cursor":")[\w-]+'
    rb'|(?<="signature":")[\w+/=]+'
    rb'|(?<="(?:body_sha256)":")[0-9a-f]{64}'
    rb'|(?<="receipt_key":")[\w+/=]+'
    rb'|(?<="(?:lease_until|received_at)":")[^"]+'
)
"""What is drawn anew in each run, and times of the person's own acts."""


def told(hand: Hand, paths: tuple[str, ...]) -> list[bytes]:
    """Return the bodies of some answers without what is random."""
    return [RANDOM.sub(b"*", hand.get(path).content) for path in paths]


def everything(hand: Hand) -> list[bytes]:
    """Return all that an assessor can see, in bytes, without what is random."""
    bodies = told(hand, (routes.ME, routes.ASSIGNMENTS, routes.FEED))
    for one in hand.snapshot().assignments:
        manifest = routes.manifest(one.packet.id, one.packet.version)
        bodies += told(hand, (routes.assignment(one.id), manifest))
        answer = hand.get(manifest)
        if answer.ok:
            bodies += [hand.get(routes.blob(b.blob_id)).content for b in hand.manifest(one).blobs]
    return bodies


def observed_by_the_first(folder: Path, *, others: tuple[str, ...], doing: str) -> list[bytes]:
    """Return what the first assessor sees while others do or do not do something."""
    platform = open_platform(folder)
    submission = platform.take_in(built())
    with served(platform) as url:
        hand = Hand(url, platform.token(FIRST))
        platform.assign(submission, FIRST)
        for other in others:
            theirs = Hand(url, platform.token(other))
            platform.assign(submission, other)
            _let_act(platform, theirs, submission, doing)
        seen = everything(hand)
        mine = hand.only()
        answer = hand.put(review(mine, uuid=None), mine.view_version)
        seen.append(RANDOM.sub(b"*", answer.content))
        seen += everything(hand)
    platform.close()
    return seen


def _let_act(platform: Platform, hand: Hand, submission: str, doing: str) -> None:
    mine = hand.only()
    if doing in ("award", "deny"):
        recommended = Determination(doing)
        receipt(hand.put(review(mine, determination=recommended), mine.view_version))
    elif doing == "withdrawn":
        platform.withdraw(submission, SECOND)
    else:
        receipt(hand.act(act(ActKind(doing), mine.id)))


@pytest.mark.parametrize(
    "doing", ["award", "deny", "withdrawn", "return", "recuse", "ask", "lease"]
)
def test_an_assessor_cannot_tell_what_another_does(tmp_path: Path, doing: str) -> None:
    alone = observed_by_the_first(tmp_path / "a", others=(), doing="")
    beside = observed_by_the_first(tmp_path / "b", others=(SECOND,), doing=doing)

    assert alone == beside


def seen_with_earner(folder: Path, earner: str) -> list[bytes]:
    """Return what an assessor sees of a chain of attempts, withdrawn and blinded again."""
    platform = open_platform(folder)
    earlier = built("early", earner=earner)
    late = built("late", earner=earner, earlier=(earlier,))
    with served(platform) as url:
        hand = Hand(url, platform.token(FIRST))
        seen: list[bytes] = []
        for one in (earlier, late):
            submission = platform.take_in(one)
            platform.assign(submission, FIRST)
            seen += everything(hand)
            platform.withdraw(submission)
            platform.assign(submission, FIRST)
            platform.take_in(blinded_again(one))
            seen += everything(hand)
    platform.close()
    return seen


def test_an_assessor_cannot_tell_one_earner_from_another(tmp_path: Path) -> None:
    one, other = (
        seen_with_earner(tmp_path / "a", "earner-7f3a91"),
        seen_with_earner(tmp_path / "b", "earner-0c12de"),
    )

    assert one == other
    assert not any(b"earner-" in body or b"S-late" in body for body in one)


def letters_by(folder: Path, assessor: str, hour: int) -> tuple[str, str]:
    """Return the letter on a review by some assessor, decided at some hour of the same day."""
    platform = open_platform(folder, hour=hour)
    submission = platform.take_in(built())
    with served(platform) as url:
        platform.token("somebody-else")
        hand = Hand(url, platform.token(assessor))
        platform.assign(submission, assessor)
        mine = hand.only()
        receipt(hand.put(review(mine, determination=Determination.DENY), mine.view_version))
        platform.decide(mine.submission, Determination.DENY)
        letter = platform.letter(mine.submission)
    platform.close()
    assert letter.handle == submission != mine.submission
    html, text = letter_html.html_of(letter), letter_text.text_of(letter)
    return html.replace(letter.handle, "*"), text.replace(letter.handle, "*")


def test_an_earner_cannot_tell_one_assessor_from_another(tmp_path: Path) -> None:
    one = letters_by(tmp_path / "a", FIRST, hour=6)
    other = letters_by(tmp_path / "b", "assessor-xyz", hour=20)

    assert one == other
    assert not any(word in page for page in one for word in (FIRST, "2026-03-02T", ":00"))


def test_a_seed_and_a_second_read_look_like_everything_else(
    platform: Platform, first: Hand, second: Hand, lent: str
) -> None:
    platform.assign(lent, SECOND)

    assert everything(first) == everything(second)


def test_the_log_names_nobody_and_nothing(
    platform: Platform, first: Hand, lent: str, tmp_path: Path
) -> None:
    everything(first)
    mine = first.only()
    receipt(first.put(review(mine), mine.view_version))
    first.get(f"/v1/no/{first.token}?cursor={first.token}")

    lines = (tmp_path / "platform" / "requests.log").read_text("utf-8").splitlines()

    shape = re.compile(
        r'\{"at":"2026-\d\d-\d\dT\d\d:\d\d:\d\dZ","method":"(GET|PUT|POST|other)",'
        r'"route":"(none|/v1/[a-z/{}]+)","status":\d{3}\}'
    )
    assert [line for line in lines if not shape.fullmatch(line)] == []
    assert '"method":"PUT","route":"/v1/assignments/{assignment}/reviews/{review}"' in lines[-2]
    assert '"route":"none","status":404' in lines[-1]
    assert platform.status().requests["PUT /v1/assignments/{assignment}/reviews/{review}"] == 1


TRACED = """
import sys
from pathlib import Path

from opentelemetry import trace

from assessor_app.wire import routes
from tests.reference_platform.factory import open_platform
from tests.reference_platform.serving import Hand, served


class Provider(trace.TracerProvider):
    def get_tracer(self, *names, **more):
        print("seen")
        return trace.NoOpTracer()


trace.set_tracer_provider(Provider())
platform = open_platform(Path(sys.argv[1]))
with served(platform) as url:
    print(Hand(url, "nobody").get(routes.META).status_code)
platform.close()
"""


def test_what_traces_a_process_sees_no_request(tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-c", TRACED, str(tmp_path)],
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert told.stdout.split() == ["200"]


def test_an_error_of_the_database_quotes_no_content(platform: Platform, tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'other.db'}")
    marked = insert(TokenRow).values(sha256="marker-7f3a91", person_id=1)

    with engine.connect() as connection, pytest.raises(IntegrityError) as failure:
        connection.execute(marked)
    engine.dispose()

    assert "marker" not in str(failure.value)


def test_no_column_has_a_place_for_a_person() -> None:
    named = re.compile(r"name|mail|school|address|phone|paid|spent|minutes", re.IGNORECASE)

    columns = {f"{t.name}.{c.name}" for t in Row.metadata.sorted_tables for c in t.columns}

    assert [column for column in columns if named.search(column.partition(".")[2])] == []
