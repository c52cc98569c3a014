"""The contract document, read for tests."""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import requests
import yaml
from jsonschema import Draft202012Validator

from assessor_app.resources import resource

Json = Any
METHODS = ("get", "put", "post")


@cache
def document() -> Json:
    return yaml.safe_load(resource("openapi.yaml").read_text("utf-8"))


def operations() -> Iterator[tuple[str, str, Json]]:
    for path, item in document()["paths"].items():
        for method in METHODS:
            if method in item:
                yield method.upper(), path, item[method]


def resolved(node: Json) -> Json:
    while isinstance(node, dict) and "$ref" in node:
        found = document()
        for step in node["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        node = found
    return node


def bodies(operation: Json) -> Iterator[tuple[str, Json]]:
    """Yield a place and a media type object for the request and every response."""
    if "requestBody" in operation:
        for media in operation["requestBody"]["content"].values():
            yield "request", media
    for status, answer in operation["responses"].items():
        for media in resolved(answer).get("content", {}).values():
            yield status, media


def examples(media: Json) -> Iterator[Json]:
    if "example" in media:
        yield media["example"]
    for one in media.get("examples", {}).values():
        yield one["value"]


def matches(path: str, template: str) -> bool:
    told, wanted = path.split("/"), template.split("/")
    return len(told) == len(wanted) and all(
        want.startswith("{") or have == want for have, want in zip(told, wanted, strict=True)
    )


def operation_of(method: str, path: str) -> tuple[str, Json]:
    """Return the template and operation; a literal path wins over one with a parameter."""
    found = [(t, op) for m, t, op in operations() if m == method and matches(path, t)]
    return min(found, key=lambda one: one[0].count("{"))


def problems_of(response: requests.Response) -> list[str]:
    """Return how an answer breaks the contract."""
    path = (response.request.path_url or "").partition("?")[0]
    _, operation = operation_of(str(response.request.method), path)
    answers = operation["responses"]
    if str(response.status_code) not in answers:
        return [f"{path}: status {response.status_code} is not in the contract"]
    content = resolved(answers[str(response.status_code)])["content"]
    media_type = response.headers["Content-Type"]
    if media_type not in content:
        return [f"{path}: {media_type} is not in the contract"]
    if media_type == "application/octet-stream":
        return []
    schema = {**content[media_type]["schema"], "components": document()["components"]}
    checker = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [f"{path}: {error.message}" for error in checker.iter_errors(json.loads(response.text))]
