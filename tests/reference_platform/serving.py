"""A platform served on a free loopback port, and an assessor's hands on it."""

import base64
import hashlib
import threading
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import MappingProxyType

import requests

from assessor_app.domain.assignment import Assignment
from assessor_app.domain.ids import AssignmentId
from assessor_app.domain.outbox import ActKind
from assessor_app.reference_platform.service import Platform
from assessor_app.reference_platform.serving import Serving
from assessor_app.wire import routes
from assessor_app.wire.codec import dump, parse
from assessor_app.wire.messages import (
    EPOCH_HEADER,
    ActBody,
    Feed,
    ManifestAnswer,
    Meta,
    Problem,
    ProblemKind,
    Receipt,
    ReviewBody,
    Snapshot,
)

NOTHING: Mapping[str, str] = MappingProxyType({})


@contextmanager
def served(platform: Platform) -> Generator[str]:
    """Yield the address of a platform while it is served."""
    ready = threading.Event()
    serving = Serving(platform, host="127.0.0.1", port=0, ready=lambda _url: ready.set())
    thread = threading.Thread(target=serving.run)
    thread.start()
    try:
        assert ready.wait(20)
        yield serving.url
    finally:
        serving.stop()
        thread.join()


def digest(body: bytes) -> str:
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


@dataclass
class Hand:
    """One assessor's requests. `told` are extra headers of every one."""

    url: str
    token: str
    told: dict[str, str] = field(default_factory=dict)

    def request(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] = NOTHING,
    ) -> requests.Response:
        told = {"Authorization": f"Bearer {self.token}", **self.told, **headers}
        return requests.request(
            method, self.url + path, data=body, headers=told, timeout=20, allow_redirects=False
        )

    def get(self, path: str, headers: Mapping[str, str] = NOTHING) -> requests.Response:
        return self.request("GET", path, headers=headers)

    def meta(self) -> Meta:
        return parse(Meta, self.get(routes.META).content)

    def snapshot(self) -> Snapshot:
        return parse(Snapshot, self.get(routes.ASSIGNMENTS).content)

    def feed(self, cursor: str | None = None) -> Feed:
        query = f"?cursor={cursor}" if cursor else ""
        return parse(Feed, self.get(routes.FEED + query).content)

    def assignment(self, assignment: AssignmentId) -> Assignment:
        return parse(Assignment, self.get(routes.assignment(assignment)).content)

    def only(self) -> Assignment:
        """Return the one assignment of this person."""
        (found,) = self.snapshot().assignments
        return found

    def manifest(self, assignment: Assignment) -> ManifestAnswer:
        path = routes.manifest(assignment.packet.id, assignment.packet.version)
        return parse(ManifestAnswer, self.get(path).content)

    def envelope(self, body: bytes, view_version: int | None = None) -> dict[str, str]:
        told = {
            "Content-Type": "application/json",
            "Content-Digest": digest(body),
            EPOCH_HEADER: self.meta().epoch,
        }
        if view_version is not None:
            told["If-Match"] = f'"{view_version}"'
        return told

    def put(
        self, review: ReviewBody, view_version: int, headers: Mapping[str, str] = NOTHING
    ) -> requests.Response:
        body = dump(review)
        path = routes.review(review.assignment, review.review)
        return self.request("PUT", path, body, {**self.envelope(body, view_version), **headers})

    def act(self, act: ActBody, headers: Mapping[str, str] = NOTHING) -> requests.Response:
        body = dump(act)
        if act.kind is ActKind.VOID:
            assert act.review is not None
            path = routes.void(act.assignment, act.review)
        else:
            path = routes.act(act.assignment, act.kind)
        return self.request("POST", path, body, {**self.envelope(body), **headers})


def receipt(response: requests.Response) -> Receipt:
    assert response.ok, response.text
    return parse(Receipt, response.content)


def refusal(response: requests.Response) -> tuple[int, ProblemKind | None]:
    assert response.headers["Content-Type"] == "application/problem+json", response.text
    problem = parse(Problem, response.content)
    assert problem.status == response.status_code
    return problem.status, problem.kind
