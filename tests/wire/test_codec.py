import base64
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from assessor_app.domain.ids import ActId, AssignmentId, Epoch, Sha256
from assessor_app.domain.outbox import ActKind
from assessor_app.wire.codec import dump, parse, sha256
from assessor_app.wire.errors import MalformedError
from assessor_app.wire.messages import ActBody, ManifestBatch, Problem, ProblemKind, Receipt
from assessor_app.wire.receipts import is_genuine, sign

RECEIPT = Receipt(
    sequence=7,
    act=ActId("act"),
    kind=ActKind.REVIEW,
    assignment=AssignmentId("assignment"),
    body_sha256=Sha256("0" * 64),
    epoch=Epoch("e1"),
    received_at=datetime(2026, 11, 25, 12, 3, tzinfo=UTC),
    signature="",
)
BYTES = dump(RECEIPT)


def test_what_is_dumped_parses_to_the_same() -> None:
    assert parse(Receipt, BYTES) == RECEIPT


def test_equal_values_have_equal_bytes_with_sorted_keys() -> None:
    assert dump(parse(Receipt, BYTES)) == BYTES
    assert BYTES.startswith(b'{"act":')


@pytest.mark.parametrize(
    ("bent", "pointer", "problem"),
    [
        (BYTES[:-1] + b',"more":1}', "", "an unknown field"),
        (BYTES.replace(b'"sequence":7,', b""), "", "Object missing required field `sequence`"),
        (BYTES.replace(b":7", b':"7"'), "/sequence", "Expected `int`, got `str`"),
        (BYTES.replace(b'"review"', b'"Marigold"'), "/kind", "Invalid enum value"),
        (BYTES.replace(b":7", b":9223372036854775808"), "/sequence", "a number beyond 64 bits"),
        (BYTES.replace(b"12:03:00Z", b"12:03:00"), "/received_at", "no certain moment"),
        (BYTES.replace(b"2026-11-25", b"0001-01-01"), "/received_at", "no certain moment"),
        (b"<html>sign in</html>", "", "not JSON"),
        (b"\xff", "", "not JSON"),
        (b'{"a":' * 100_000, "", "not JSON"),
        (b"[]", "", "Expected `object`, got `array`"),
    ],
)
def test_bent_bytes_are_refused_at_their_place_without_quoting_them(
    bent: bytes, pointer: str, problem: str
) -> None:
    with pytest.raises(MalformedError) as refused:
        parse(Receipt, bent)

    assert (refused.value.pointer, refused.value.problem) == (pointer, problem)


def test_an_unknown_field_deep_inside_is_refused_at_its_place() -> None:
    batch = (
        b'{"manifests":[{"packet":"p","version":1,"manifest":"","blobs":[],"related":[],"x":1}]}'
    )

    with pytest.raises(MalformedError) as refused:
        parse(ManifestBatch, batch)

    assert refused.value.pointer == "/manifests/0"


def test_a_field_left_to_its_default_is_missing() -> None:
    """What is signed and hashed must be said in full, not filled in by the reader."""
    act = dump(ActBody(act=ActId("a"), kind=ActKind.RECUSE, assignment=AssignmentId("x"), text="t"))

    with pytest.raises(MalformedError) as refused:
        parse(ActBody, act.replace(b'"text":"t"', b'"text":"t"').replace(b',"review":null', b""))

    assert refused.value.problem == "a field is missing"


@given(st.binary() | st.text().map(str.encode))
def test_nothing_but_a_malformed_error_ever_comes_out(untrusted: bytes) -> None:
    try:
        parse(Receipt, untrusted)
    except MalformedError:
        return
    raise AssertionError(untrusted)


def test_a_hash_is_lower_case_hexadecimal() -> None:
    assert sha256(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_a_problem_of_an_unknown_type_is_no_kind() -> None:
    known = Problem(type="urn:assessor:problem:closed", title="Closed", status=410)
    foreign = Problem(type="about:blank", title="Gone", status=410)

    assert (known.kind, foreign.kind) == (ProblemKind.CLOSED, None)


def test_only_the_pinned_key_makes_a_receipt_genuine() -> None:
    key, other = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    signed = sign(RECEIPT, key)

    assert is_genuine(signed, public(key))
    assert not is_genuine(signed, public(other))
    assert not is_genuine(RECEIPT, public(key))
    assert not is_genuine(sign(RECEIPT, other), public(key))


def test_a_changed_receipt_is_not_genuine() -> None:
    key = Ed25519PrivateKey.generate()
    signed = dump(sign(RECEIPT, key))

    assert not is_genuine(parse(Receipt, signed.replace(b":7", b":8")), public(key))
    assert not is_genuine(parse(Receipt, signed.replace(b"0000", b"1111")), public(key))


@pytest.mark.parametrize("key", ["", "not base64!", "AAAA"])
def test_a_broken_key_makes_nothing_genuine(key: str) -> None:
    assert not is_genuine(sign(RECEIPT, Ed25519PrivateKey.generate()), key)


def public(key: Ed25519PrivateKey) -> str:
    return base64.b64encode(key.public_key().public_bytes_raw()).decode("ascii")
