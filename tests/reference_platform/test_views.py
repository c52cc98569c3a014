"""What one person may see: feed, snapshot, packets, blobs in ranges, and nothing of others."""

import base64
import gzip
import hashlib

import pytest

from assessor_app.domain.assignment import AssignmentState
from assessor_app.domain.ids import AssignmentId, BlobId, PacketId, ReviewId, RubricId
from assessor_app.reference_platform.packets import MANIFEST_BATCH_BYTES
from assessor_app.reference_platform.service import Platform
from assessor_app.reference_platform.views import PAGE_ENTRIES
from assessor_app.wire import routes
from assessor_app.wire.codec import parse, sha256
from assessor_app.wire.messages import FeedOp, ManifestBatch, Me, ProblemKind
from tests.reference_platform.factory import FIRST, SECOND, built, new_uuid, review
from tests.reference_platform.serving import Hand, receipt, refusal


def test_the_feed_goes_on_from_its_cursor(platform: Platform, first: Hand, lent: str) -> None:
    start = first.feed()
    platform.withdraw(lent)

    after = first.feed(start.cursor)

    mine = first.only()
    assert [(one.op, one.id, one.view_version) for one in start.entries] == [
        (FeedOp.UPSERT, mine.id, 1)
    ]
    assert [(one.op, one.id, one.view_version) for one in after.entries] == [
        (FeedOp.WITHDRAW, mine.id, 2)
    ]
    assert first.feed(after.cursor).entries == ()


def test_the_snapshot_has_the_cursor_after_it_and_withdrawn_things_too(
    platform: Platform, first: Hand, lent: str
) -> None:
    platform.withdraw(lent)

    snapshot = first.snapshot()

    assert [one.state for one in snapshot.assignments] == [AssignmentState.WITHDRAWN]
    assert first.feed(snapshot.cursor).entries == ()


def test_a_long_feed_comes_in_pages(platform: Platform, first: Hand, lent: str) -> None:
    for _ in range(PAGE_ENTRIES // 2 + 1):
        platform.withdraw(lent)
        platform.assign(lent, FIRST)

    page = first.feed()
    rest = first.feed(page.cursor)

    assert (len(page.entries), page.more, rest.more) == (PAGE_ENTRIES, True, False)
    told = [one.view_version for one in (*page.entries, *rest.entries)]
    assert told == list(range(1, first.only().view_version + 1))


def test_a_cursor_is_one_persons(platform: Platform, first: Hand, second: Hand, lent: str) -> None:
    cursor = first.feed().cursor

    for told in (cursor, "no", "", "A" * 40, "ü"):
        if told:
            answer = second.get(f"{routes.FEED}?cursor={told}")
            assert refusal(answer) == (410, ProblemKind.CURSOR_EXPIRED)


def test_an_account_is_opaque(platform: Platform, first: Hand, url: str) -> None:
    lead = Hand(url, platform.token("lead-1", is_lead=True))

    me = parse(Me, first.get(routes.ME).content)

    assert me.roles == ("assessor",)
    assert FIRST not in me.account
    assert parse(Me, lead.get(routes.ME).content).roles == ("assessor", "lead")


def test_the_manifest_has_its_hash_and_names_for_every_blob(first: Hand, lent: str) -> None:
    assignment = first.only()

    manifest = first.manifest(assignment)

    assert sha256(manifest.manifest.encode()) == assignment.packet.manifest_sha256
    assert {name.sha256 for name in manifest.blobs} == set(built().blobs)
    assert assignment.size_bytes == len(manifest.manifest.encode()) + sum(
        len(content) for content in built().blobs.values()
    )
    for name in manifest.blobs:
        assert first.get(routes.blob(name.blob_id)).content == built().blobs[name.sha256]


@pytest.mark.parametrize(
    ("told", "status", "span"),
    [
        ({}, 200, (0, 200_000)),
        ({"Range": "bytes=0-0"}, 206, (0, 1)),
        ({"Range": "bytes=131072-262143"}, 206, (131_072, 200_000)),
        ({"Range": "bytes=199999-"}, 206, (199_999, 200_000)),
        ({"Range": "bytes=-5"}, 206, (199_995, 200_000)),
        ({"Range": "bytes=0-1,5-6"}, 200, (0, 200_000)),
        ({"Range": "pages=1-2"}, 200, (0, 200_000)),
        ({"Range": "bytes=5-9", "If-Range": '"another"'}, 200, (0, 200_000)),
    ],
)
def test_blobs_come_in_ranges(
    first: Hand, lent: str, told: dict[str, str], status: int, span: tuple[int, int]
) -> None:
    name = first.manifest(first.only()).blobs[0]
    content = built().blobs[name.sha256]

    answer = first.get(routes.blob(name.blob_id), told)

    assert (answer.status_code, answer.content) == (status, content[slice(*span)])
    assert answer.headers["ETag"] == f'"{name.blob_id}"'
    whole = base64.b64encode(hashlib.sha256(content).digest()).decode()
    assert answer.headers["Repr-Digest"] == f"sha-256=:{whole}:"
    if status == 206:
        assert answer.headers["Content-Range"] == f"bytes {span[0]}-{span[1] - 1}/200000"


def test_a_range_goes_on_with_the_validator_of_before(first: Hand, lent: str) -> None:
    blob = routes.blob(first.manifest(first.only()).blobs[0].blob_id)
    etag = first.get(blob, {"Range": "bytes=0-9"}).headers["ETag"]

    assert first.get(blob, {"Range": "bytes=10-19", "If-Range": etag}).status_code == 206


@pytest.mark.parametrize("told", ["bytes=200000-", "bytes=9-5", "bytes=-0"])
def test_a_range_outside_is_refused(first: Hand, lent: str, told: str) -> None:
    blob = routes.blob(first.manifest(first.only()).blobs[0].blob_id)

    answer = first.get(blob, {"Range": told})

    assert (answer.status_code, answer.headers["Content-Range"]) == (416, "bytes */200000")


def test_manifests_come_in_batches_that_fit(platform: Platform, first: Hand) -> None:
    for seed in range(7):
        platform.assign(platform.take_in(built(f"place {seed}", response_bytes=90_000)), FIRST)
    asked = [one.packet for one in first.snapshot().assignments]
    query = "&".join(f"packet={one.id}:{one.version}" for one in asked)

    plain = first.get(f"{routes.MANIFESTS}?{query}", {"Accept-Encoding": "identity"})
    packed = first.get(f"{routes.MANIFESTS}?{query}", {"Accept-Encoding": "gzip"})

    answers = parse(ManifestBatch, plain.content).manifests
    assert [one.packet for one in answers] == [one.id for one in asked[: len(answers)]]
    assert 1 < len(answers) < len(asked)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.content == plain.content
    assert len(gzip.compress(plain.content)) <= MANIFEST_BATCH_BYTES


def test_a_batch_ends_before_what_is_not_there(first: Hand, lent: str) -> None:
    mine, unknown = first.only().packet.id, new_uuid()

    answer = first.get(f"{routes.MANIFESTS}?packet={mine}:1&packet={unknown}:1&packet={mine}:1")
    nothing = first.get(f"{routes.MANIFESTS}?packet={unknown}:1&packet={mine}:1")

    assert len(parse(ManifestBatch, answer.content).manifests) == 1
    assert refusal(nothing) == (404, ProblemKind.NOT_FOUND)


def test_unknown_and_forbidden_are_the_same_bytes(first: Hand, second: Hand, lent: str) -> None:
    mine = first.only()
    sealed = review(mine)
    receipt(first.put(sealed, mine.view_version))
    blob = first.manifest(mine).blobs[0].blob_id
    forbidden = [
        routes.assignment(mine.id),
        routes.manifest(mine.packet.id, 1),
        routes.blob(blob),
        routes.review(mine.id, sealed.review),
        f"{routes.MANIFESTS}?packet={mine.packet.id}:1",
    ]
    unknown = [
        routes.assignment(AssignmentId(new_uuid())),
        routes.manifest(PacketId(new_uuid()), 1),
        routes.blob(BlobId("0" * 64)),
        routes.review(AssignmentId(new_uuid()), ReviewId(new_uuid())),
        routes.rubric(RubricId("no"), 1),
        f"{routes.MANIFESTS}?packet={new_uuid()}:1",
        f"{routes.MANIFESTS}?packet=no",
        routes.MANIFESTS,
        "/v1/no",
        "/",
        "/docs",
        "/openapi.json",
    ]

    answers = [second.get(path) for path in (*forbidden, *unknown)]
    answers.append(second.put(sealed, mine.view_version))
    answers.append(second.request("DELETE", routes.assignment(mine.id)))

    told = {(one.status_code, one.content, tuple(_headers(one.headers))) for one in answers}
    assert len(told) == 1
    assert refusal(answers[0]) == (404, ProblemKind.NOT_FOUND)


def test_a_name_of_a_blob_is_one_persons(
    platform: Platform, first: Hand, second: Hand, lent: str
) -> None:
    platform.assign(lent, SECOND)
    mine, theirs = first.manifest(first.only()).blobs, second.manifest(second.only()).blobs

    assert [one.sha256 for one in mine] == [one.sha256 for one in theirs]
    assert not {one.blob_id for one in mine} & {one.blob_id for one in theirs}
    assert refusal(second.get(routes.blob(mine[0].blob_id))) == (404, ProblemKind.NOT_FOUND)


def _headers(headers: object) -> list[tuple[str, str]]:
    assert hasattr(headers, "items")
    return sorted((name, value) for name, value in headers.items() if name.lower() != "date")


def test_what_is_withdrawn_cannot_be_fetched_any_more(
    platform: Platform, first: Hand, lent: str
) -> None:
    mine = first.only()
    blob = first.manifest(mine).blobs[0].blob_id

    platform.withdraw(lent)

    assert first.get(routes.blob(blob)).status_code == 404
    assert first.get(routes.manifest(mine.packet.id, 1)).status_code == 404


def test_a_resubmission_names_its_earlier_attempt_by_this_persons_handle(
    platform: Platform, first: Hand, second: Hand
) -> None:
    earlier = built("early", earner="earner-1")
    early = platform.take_in(earlier)
    late = platform.take_in(built("late", earner="earner-1", earlier=(earlier,)))
    platform.assign(early, FIRST)
    platform.assign(late, FIRST)
    platform.assign(late, SECOND)
    old, new = first.snapshot().assignments

    (named,) = first.manifest(new).related
    (other,) = second.manifest(second.only()).related

    assert named.submission == old.submission
    assert named.manifest_sha256 == other.manifest_sha256 == earlier.manifest_sha256
    assert len({early, late, named.submission, other.submission, new.submission}) == 5


@pytest.mark.parametrize("path", [routes.ME, routes.FEED, routes.ASSIGNMENTS, routes.MANIFESTS])
def test_without_a_good_token_there_is_nothing(first: Hand, lent: str, path: str) -> None:
    for told in ("", "Bearer ", "Bearer no", f"Basic {first.token}", first.token):
        answer = first.get(path, {"Authorization": told})
        assert refusal(answer) == (401, ProblemKind.UNAUTHORISED)
        assert answer.headers["WWW-Authenticate"] == "Bearer"
