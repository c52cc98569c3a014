"""Every expected error that a screen can meet has a sentence of its own."""

import importlib
import pkgutil
import re

import pytest

import assessor_app
from assessor_app.domain.errors import AppError
from assessor_app.domain.ids import AssignmentId
from assessor_app.render.errors import RenderCode, RenderError, WorkerLostError
from assessor_app.ui import words
from assessor_app.usecases import errors
from assessor_app.usecases.errors import AddressFault, OfflineReason
from assessor_app.wire.messages import Problem

INTERNAL = {"WrongHashError", "WrongReceiptError", "OtherEpochError", "CancelledError"}
"""Errors that the store and the sync settle among themselves, before a screen could meet them."""

LAYERS = ("domain", "wire", "store", "sync", "render", "usecases")


def every_error() -> list[type[AppError]]:
    for layer in LAYERS:
        for module in pkgutil.iter_modules([f"{assessor_app.__path__[0]}/{layer}"]):
            if "error" in module.name or layer in {"domain", "usecases"}:
                importlib.import_module(f"assessor_app.{layer}.{module.name}")
    found: list[type[AppError]] = []
    waiting: list[type[AppError]] = [AppError]
    while waiting:
        for kind in waiting.pop().__subclasses__():
            if kind.__module__.split(".")[1] in LAYERS:
                waiting.append(kind)
                found.append(kind)
    return found


PROBLEM = Problem(type="urn:assessor:problem:invalid", title="", status=422)
UNKNOWN = Problem(type="urn:assessor:problem:not-found", title="", status=404)

WITH_FACTS: tuple[AppError, ...] = (
    *(errors.OfflineError(reason) for reason in OfflineReason),
    *(errors.BadAddressError(fault) for fault in AddressFault),
    *(RenderError(code) for code in RenderCode),
    WorkerLostError(RenderCode.HUNG),
    errors.DiskFullError(released=True),
    errors.DiskFullError(released=False),
    errors.OutdatedDraftError(AssignmentId("a"), packet=True, rubric=False),
    errors.OutdatedDraftError(AssignmentId("a"), packet=False, rubric=True),
    errors.RetryLaterError(503, None),
    errors.RetryLaterError(429, 30.0),
    errors.UncertainError(),
    errors.UncertainError(502),
    errors.RefusedError(PROBLEM),
    errors.RefusedError(UNKNOWN),
)


def test_every_error_a_screen_can_meet_has_a_sentence() -> None:
    told = {*words._SENTENCES, *words._BY_FACTS}  # noqa: SLF001 (the tables are the subject)
    untold = [
        kind.__name__
        for kind in every_error()
        if kind.__name__ not in INTERNAL and not told & set(kind.__mro__)
    ]

    assert untold == []


def test_errors_are_found_at_all() -> None:
    assert {errors.OfflineError, RenderError, errors.WrongPassphraseError} <= set(every_error())


@pytest.mark.parametrize("error", WITH_FACTS, ids=repr)
def test_a_sentence_ends_and_names_no_code(error: AppError) -> None:
    said = words.sentence(error)

    assert said.endswith(".")
    assert not re.search(r"Error|[a-z]_[a-z]|\b[45]\d\d\b", said)


def test_a_sentence_says_what_is_safe_when_the_network_is_gone() -> None:
    assert "safe" in words.sentence(errors.OfflineError(OfflineReason.NO_NETWORK))


def test_every_reason_to_be_offline_has_its_own_sentence() -> None:
    assert len({words.offline_sentence(reason) for reason in OfflineReason}) == len(OfflineReason)


def test_every_render_code_has_its_own_sentence() -> None:
    assert len({words.render_sentence(code) for code in RenderCode}) == len(RenderCode)


def test_an_error_nobody_thought_of_says_what_is_safe() -> None:
    assert "kept on this laptop" in words.sentence(AppError())
