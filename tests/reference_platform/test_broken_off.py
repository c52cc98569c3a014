"""A client may die in the middle of what it sends: nothing comes of it, not even in the log."""

import logging
import socket
import struct
import threading
import time
from urllib.parse import urlsplit

import pytest

from assessor_app.reference_platform.service import Platform
from assessor_app.wire import routes
from assessor_app.wire.codec import dump
from tests.reference_platform.factory import review
from tests.reference_platform.serving import Hand, receipt

PATIENCE_S = 10.0


def send_part(hand: Hand, *, share: float, is_reset: bool) -> None:
    """Begin to put a review, and die after a share of its body."""
    sealed = review(hand.only())
    body = dump(sealed)
    told = {
        **hand.envelope(body, 1),
        "Host": "platform",
        "Authorization": f"Bearer {hand.token}",
        "Content-Length": str(len(body)),
    }
    head = f"PUT {routes.review(sealed.assignment, sealed.review)} HTTP/1.1\r\n"
    lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    at = urlsplit(hand.url)
    with socket.create_connection((at.hostname, at.port)) as line:
        line.sendall(f"{head}{lines}\r\n".encode() + body[: int(len(body) * share)])
        if is_reset:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def wait_for_the_answer(platform: Platform) -> int:
    """Return the status the platform gave the last PUT, though nobody heard it."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        found = [one.status for one in platform.log.requests() if one.method == "PUT"]
        if found:
            return found[-1]
        threading.Event().wait(0.01)
    raise AssertionError("no answer was ever given")


@pytest.mark.parametrize("is_reset", [False, True])
@pytest.mark.parametrize("share", [0.0, 0.5])
def test_a_client_that_dies_while_it_sends_is_answered_quietly(
    platform: Platform,
    first: Hand,
    lent: str,
    caplog: pytest.LogCaptureFixture,
    share: float,
    is_reset: bool,  # noqa: FBT001 (a case, given by name)
) -> None:
    with caplog.at_level(logging.WARNING):
        send_part(first, share=share, is_reset=is_reset)
        status = wait_for_the_answer(platform)

    assert (status, caplog.records) == (400, [])
    assert receipt(first.put(review(first.only()), 1)).sequence == 1
