"""The served routes, answers and examples against resources/openapi.yaml, and both with wire."""

import json
from dataclasses import is_dataclass, replace
from pathlib import Path
from typing import Any

import msgspec
import pytest
import requests
from openapi_spec_validator import validate
from typing_extensions import override

from assessor_app.domain.assignment import Assignment
from assessor_app.domain.determination import Determination
from assessor_app.domain.ids import AssignmentId
from assessor_app.domain.outbox import ActKind
from assessor_app.domain.packet import Packet
from assessor_app.domain.rubric import Rubric
from assessor_app.reference_platform.http import Door
from assessor_app.reference_platform.service import Platform
from assessor_app.wire import messages, routes
from assessor_app.wire.codec import dump, parse
from assessor_app.wire.messages import PROBLEM_TYPE, ProblemKind
from tests.reference_platform import contract
from tests.reference_platform.contract import Json
from tests.reference_platform.factory import (
    FIRST,
    act,
    blinded_again,
    built,
    new_uuid,
    open_platform,
    review,
)
from tests.reference_platform.serving import Hand, receipt, served

KINDS: dict[str, type[Any]] = {
    name: kind
    for name, kind in vars(messages).items()
    if isinstance(kind, type) and is_dataclass(kind)
} | {"Assignment": Assignment, "Packet": Packet, "Rubric": Rubric}
ANNOTATIONS = {
    "description",
    "title",
    "default",
    "format",
    "pattern",
    "minItems",
    "maxItems",
    "contentMediaType",
    "contentSchema",
}


def shape(schema: Json) -> Json:
    """Return what a schema demands of form; every field is there, and no other."""
    if isinstance(schema, list):
        return [shape(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    if "properties" in schema:
        return {name: shape(inner) for name, inner in sorted(schema["properties"].items())}
    kept = {key: shape(inner) for key, inner in schema.items() if key not in ANNOTATIONS}
    either = kept.get("anyOf", [])
    if either and all(set(one) == {"type"} for one in either):
        return {"type": [one["type"] for one in either]}
    return kept


def test_the_document_is_openapi() -> None:
    validate(contract.document())


def test_every_route_of_the_contract_is_served_and_no_other(tmp_path: Path) -> None:
    platform = open_platform(tmp_path)
    served_routes = sorted((method, path) for method, path, _ in Door(platform).routes())
    platform.close()

    assert served_routes == sorted((method, path) for method, path, _ in contract.operations())


def test_the_schemas_are_those_of_wire() -> None:
    named = contract.document()["components"]["schemas"]
    wanted = [KINDS[name] for name in named if name in KINDS]
    _, ours = msgspec.json.schema_components(wanted, ref_template="#/components/schemas/{name}")

    told = {name: shape(schema) for name, schema in named.items()}
    told["Problem"]["type"].pop("enum")
    assert told == {name: shape(schema) for name, schema in ours.items()}


def test_every_field_is_demanded_and_no_other_allowed() -> None:
    for name, schema in contract.document()["components"]["schemas"].items():
        if "properties" in schema:
            assert schema["additionalProperties"] is False, name
            assert sorted(schema["required"]) == sorted(schema["properties"]), name


def test_every_kind_of_problem_is_in_the_document() -> None:
    told = contract.document()["components"]["schemas"]["Problem"]["properties"]["type"]["enum"]
    shown = {
        example["type"]
        for answer in contract.document()["components"]["responses"].values()
        for media in answer["content"].values()
        for example in contract.examples(media)
    }

    assert set(told) == shown == {PROBLEM_TYPE + kind for kind in ProblemKind}


@pytest.mark.parametrize(
    "operation",
    [
        pytest.param(operation, id=f"{method} {path}")
        for method, path, operation in contract.operations()
    ],
)
def test_every_example_parses(operation: Json) -> None:
    seen = 0
    for _, media in contract.bodies(operation):
        name = media["schema"].get("$ref", "").rpartition("/")[2]
        for example in contract.examples(media):
            parse(KINDS[name], json.dumps(example))
            seen += 1

    assert seen


class Walker(Hand):
    """A hand that keeps all answers."""

    def __init__(self, url: str, token: str) -> None:
        super().__init__(url, token)
        self.answers: list[requests.Response] = []

    @override
    def request(self, *args: Any, **kwargs: Any) -> requests.Response:
        answer = super().request(*args, **kwargs)
        self.answers.append(answer)
        return answer


def walk(platform: Platform, hand: Walker) -> None:
    """Do everything once that the contract speaks of."""
    submissions = [platform.take_in(built(name)) for name in ("north", "south", "east", "west")]
    for submission in submissions:
        platform.assign(submission, FIRST)
    hand.get(routes.ME)
    hand.feed()
    hand.get(f"{routes.FEED}?cursor=another")
    one, two, three, four = hand.snapshot().assignments
    hand.get(routes.assignment(one.id))
    hand.get(routes.assignment(AssignmentId(new_uuid())))
    manifest = hand.manifest(one)
    hand.get(f"{routes.MANIFESTS}?packet={one.packet.id}:1&packet={two.packet.id}:1")
    hand.get(routes.rubric(one.rubric.id, one.rubric.version))
    blob = routes.blob(manifest.blobs[0].blob_id)
    for told in ({}, {"Range": "bytes=0-99"}, {"Range": "bytes=9999999-"}):
        hand.get(blob, told)
    walk_reviews(platform, hand, one)
    for kind in (ActKind.ASK, ActKind.LEASE, ActKind.RETURN):
        hand.act(act(kind, two.id))
    hand.act(act(ActKind.LEASE, two.id))
    late = review(two)
    hand.act(act(ActKind.DONATE, two.id, of_review=late, sealed=dump(late)))
    hand.act(act(ActKind.RECUSE, three.id))
    hand.act(act(ActKind.FLAG, four.id))
    hand.get(routes.META, {"Authorization": ""})
    hand.get(routes.ME, {"Authorization": "Bearer no"})


def walk_reviews(platform: Platform, hand: Walker, one: Assignment) -> None:
    sealed = review(one)
    hand.put(replace(sealed, pins=()), one.view_version)
    hand.put(sealed, one.view_version + 1)
    hand.put(sealed, one.view_version, {"Content-Digest": "no"})
    hand.put(sealed, one.view_version, {"Content-Type": "text/plain"})
    hand.put(sealed, one.view_version, {messages.EPOCH_HEADER: "another"})
    hand.put(sealed, one.view_version)
    hand.put(sealed, one.view_version)
    hand.put(review(one), one.view_version)
    hand.get(routes.review(one.id, sealed.review))
    hand.act(act(ActKind.VOID, one.id, of_review=sealed))
    hand.put(sealed, one.view_version)
    hand.get(routes.review(one.id, sealed.review))
    platform.take_in(blinded_again(built("north")))
    hand.put(review(one), one.view_version)
    again = hand.assignment(one.id)
    counted = review(again)
    receipt(hand.put(counted, again.view_version))
    platform.decide(again.submission, Determination.AWARD)
    hand.act(act(ActKind.VOID, one.id, of_review=counted))


def test_all_answers_of_a_walk_keep_the_contract(tmp_path: Path) -> None:
    platform = open_platform(tmp_path)
    with served(platform) as url:
        hand = Walker(url, platform.token(FIRST))
        walk(platform, hand)
    platform.close()

    broken = [line for answer in hand.answers for line in contract.problems_of(answer)]
    worked = {
        (answer.request.method, contract.operation_of(str(answer.request.method), path)[0])
        for answer in hand.answers
        if answer.ok
        for path in [str(answer.request.path_url).partition("?")[0]]
    }
    statuses = {answer.status_code for answer in hand.answers}
    assert broken == []
    assert worked == {(method, path) for method, path, _ in contract.operations()}
    assert statuses == {200, 201, 206, 400, 401, 404, 409, 410, 412, 415, 416, 422, 428}
