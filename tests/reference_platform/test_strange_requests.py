"""Requests that no client makes: each gets the answer of the contract, and changes nothing."""

import json
import socket
from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from assessor_app.domain.ids import CriterionId, ReviewId
from assessor_app.domain.outbox import ActKind
from assessor_app.reference_platform.rules import MOST_TOLD
from assessor_app.reference_platform.service import Platform
from assessor_app.wire import routes
from assessor_app.wire.codec import dump, parse
from assessor_app.wire.messages import Problem, ProblemKind
from tests.reference_platform.factory import FIRST, act, built, review
from tests.reference_platform.serving import Hand, receipt, refusal

MARK = "marker-7f3a91"
PLACE = b'"start":1}'


def raw_status(hand: Hand, head: list[bytes], body: bytes) -> bytes:
    """Return the status of an answer to bytes that no library would send."""
    at = urlsplit(hand.url)
    told = [*head, b"Host: platform", b"Connection: close", b"Content-Length: %d" % len(body)]
    with socket.create_connection((at.hostname, at.port), timeout=20) as line:
        line.sendall(b"\r\n".join((*told, b"", body)))
        return line.makefile("rb").readline().split()[1]


@pytest.mark.parametrize(
    ("instead", "of"),
    [
        (b"[" * 200_000, None),
        (b'{"a":' * 200_000, None),
        (b"", None),
        (b"null", None),
        (b"NaN", None),
        (b"[]", None),
        (b'"start":' + b"9" * 6000 + b"}", PLACE),
        (b'"start":99999999999999999999}', PLACE),
        (b'"start":1e400}', PLACE),
        (b'"start":1.5}', PLACE),
        (b'"start":true}', PLACE),
        (b'"start":-1}', PLACE),
        (b'"start":null}', PLACE),
        (b'"start":1,"' + MARK.encode() + b'":1}', PLACE),
        (b'"determination":"' + MARK.encode() + b'"', b'"determination":"award"'),
        (b'"schema":"review/9"', b'"schema":"review/1"'),
        (b"\\ud800 class", b"The class"),
        (b"\xff class", b"The class"),
        (b'"wants_second_read":false} x', b'"wants_second_read":false}'),
    ],
)
def test_a_body_of_another_form_is_refused_without_quoting_it(
    platform: Platform, first: Hand, lent: str, instead: bytes, of: bytes | None
) -> None:
    assignment = first.only()
    sealed = review(assignment)
    good = dump(sealed)
    assert of is None or of in good
    body = instead if of is None else good.replace(of, instead)

    answer = first.request(
        "PUT",
        routes.review(assignment.id, sealed.review),
        body,
        first.envelope(body, assignment.view_version),
    )

    assert refusal(answer) == (422, ProblemKind.INVALID)
    assert MARK not in answer.text
    assert len(answer.content) < 1000
    assert platform.status().receipts == 0


def test_a_digest_that_is_no_ascii_is_a_damaged_body(first: Hand, lent: str) -> None:
    sealed = review(first.only())
    path = routes.review(sealed.assignment, sealed.review)
    head = [
        f"PUT {path} HTTP/1.1".encode(),
        f"Authorization: Bearer {first.token}".encode(),
        b"Content-Type: application/json",
        b"Content-Digest: \xfc",
    ]

    assert raw_status(first, head, dump(sealed)) == b"400"


@pytest.mark.parametrize("review_id", ["x", "no-ü", "00000000-0000-1000-8000-000000000000", ""])
def test_only_a_random_uuid_can_be_voided(
    platform: Platform, first: Hand, lent: str, review_id: str
) -> None:
    void = replace(act(ActKind.VOID, first.only().id), review=ReviewId(review_id))

    answer = first.act(void)

    assert answer.status_code == (422 if review_id else 404)
    assert platform.status().receipts == 0


def test_a_review_in_capitals_is_another_address(first: Hand, lent: str) -> None:
    sealed = review(first.only())
    void = act(ActKind.VOID, sealed.assignment, of_review=sealed)

    answer = first.act(replace(void, review=ReviewId(sealed.review.upper())))

    assert refusal(answer) == (422, ProblemKind.INVALID)


def test_many_broken_rules_make_a_short_answer(first: Hand, lent: str) -> None:
    assignment = first.only()
    silent = tuple(CriterionId("no") for _ in range(100_000))

    answer = first.put(replace(review(assignment), nothing_shows=silent), assignment.view_version)

    assert refusal(answer) == (422, ProblemKind.INVALID)
    assert len(parse(Problem, answer.content).errors) == MOST_TOLD


def test_a_review_received_elsewhere_is_not_donated_here(
    platform: Platform, first: Hand, lent: str
) -> None:
    platform.assign(platform.take_in(built("south")), FIRST)
    one, two = first.snapshot().assignments
    sealed = review(one)
    receipt(first.put(sealed, one.view_version))
    platform.withdraw(two.submission)
    late = review(two, uuid=sealed.review)

    answer = first.act(act(ActKind.DONATE, two.id, of_review=late, sealed=dump(late)))

    assert refusal(answer) == (422, ProblemKind.INVALID)
    assert [error.pointer for error in parse(Problem, answer.content).errors] == ["/review"]
    assert [(one.live, one.donated) for one in platform.status().reviews] == [(True, False)]


@pytest.mark.parametrize(
    "path",
    [
        "/v1/assignments/%00",
        "/v1/assignments/%ff",
        "/v1/assignments/a%2Fb",
        "/v1/assignments/' OR 1=1 --",
        "/v1/blobs/%2e%2e%2f%2e%2e%2freceipt.key",
        "/v1/blobs/..%2F..%2Freceipt.key",
        "/v1/rubrics/feedback-rubric/v/%D9%A1",
        "/v1/rubrics/feedback-rubric/v/01",
        "/v1/rubrics/feedback-rubric/v/99999999999999999999",
        "/v1/manifests?packet=%00:1",
        "/v1/manifests?packet=' OR 1=1 --:1",
        "/v1/assignments/" + "a" * 40_000,
        "//v1/meta",
        "/v1/meta/",
    ],
)
def test_an_address_that_nobody_has_is_not_found(first: Hand, lent: str, path: str) -> None:
    assert refusal(first.get(path)) == (404, ProblemKind.NOT_FOUND)


def test_a_number_in_other_digits_is_another_number(first: Hand, lent: str) -> None:
    packet = first.only().packet.id

    assert first.get(f"/v1/packets/{packet}/v/1/manifest").status_code == 200
    assert first.get(f"/v1/packets/{packet}/v/%D9%A1/manifest").status_code == 404


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip", "gzip"),
        ("br, GZIP;q=0.5", "gzip"),
        ("gzip;q=0", None),
        ("identity, gzip; q=0.000", None),
        ("x-gzip-like", None),
    ],
)
def test_only_who_reads_gzip_gets_it(
    first: Hand, lent: str, accepted: str, coding: str | None
) -> None:
    answer = first.get(routes.ASSIGNMENTS, {"Accept-Encoding": accepted})

    assert answer.headers.get("Content-Encoding") == coding
    assert json.loads(answer.content)["assignments"]
