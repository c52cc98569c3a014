import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from assessor_app.domain.ids import Epoch
from assessor_app.reference_platform.keys import public_key
from assessor_app.sync.answers import JSON, Answer
from assessor_app.sync.errors import (
    NewerPlatformError,
    OfflineError,
    OtherEpochError,
    OtherKeyError,
    RefusedError,
)
from assessor_app.sync.platform import Platform
from assessor_app.wire.codec import parse
from assessor_app.wire.messages import Me, Meta, ProblemKind
from tests.sync.bench import BUILT, KEY, Script, meta, no, snapshot, yes


def test_the_pinned_key_is_the_one_that_signs() -> None:
    assert Platform(Script([meta()]), public_key(KEY)).meta().epoch == "epoch-1"


def test_another_key_needs_a_new_sign_in() -> None:
    platform = Platform(Script([meta(key=Ed25519PrivateKey.generate())]), public_key(KEY))

    with pytest.raises(OtherKeyError):
        platform.meta()


def test_a_platform_that_left_our_protocol_behind_is_told() -> None:
    told = parse(Meta, meta().untrusted_body)
    newer = yes({**_fields(told), "protocols": [2, 3]}, 200)

    with pytest.raises(NewerPlatformError) as raised:
        Platform(Script([newer]), None).meta()

    assert raised.value.protocols == (2, 3)


def _fields(told: Meta) -> dict[str, object]:
    return {name: getattr(told, name) for name in Meta.__dataclass_fields__}


def test_an_answer_of_another_epoch_is_noticed_in_its_body_and_in_its_header() -> None:
    me = yes(Me(account="account-1", roles=()), 200)
    headers = {"content-type": JSON, "assessor-epoch": "epoch-2"}
    from_elsewhere = Answer(status=200, headers=headers, untrusted_body=me.untrusted_body)
    platform = Platform(
        Script([meta(), snapshot(epoch=Epoch("epoch-2")), from_elsewhere, from_elsewhere, me]),
        None,
    )
    platform.meta()

    with pytest.raises(OtherEpochError):
        platform.snapshot()
    with pytest.raises(OtherEpochError):
        platform.me()
    with pytest.raises(OtherEpochError):
        platform.rubric(BUILT.packet.rubric)
    assert platform.me().account == "account-1"


@pytest.mark.parametrize(
    "body", [b"", b"[]", b'{"account": "a"}', b'{"account":"a","roles":[],"x":1}']
)
def test_json_that_is_not_the_contracts_is_not_the_platforms(body: bytes) -> None:
    answer = Answer(status=200, headers={"content-type": JSON}, untrusted_body=body)

    with pytest.raises(OfflineError):
        Platform(Script([answer]), None).me()


def test_a_refusal_is_passed_on() -> None:
    with pytest.raises(RefusedError):
        Platform(Script([no(404, ProblemKind.NOT_FOUND)]), None).me()
