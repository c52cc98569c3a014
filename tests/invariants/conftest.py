"""A laptop with every sample on it; what the samples say is seasoned with addresses and files."""

import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from assessor_app.usecases.profiles import Access, Clock, sign_in
from assessor_app.usecases.samples import ASSESSOR, LocalPlatform, fresh_samples
from tests.fakes import Vault

LURES = (
    "<img src='{url}/beacon.png'> ![plan]({url}/beacon.svg) [open]({file}) {url}/x",
    "<img src='{file}'><link rel=stylesheet href='{url}/a.css'> {file}",
)


@dataclass(frozen=True, slots=True)
class Laptop:
    """A profile with every sample on it, the key, and the file that nobody may open.

    `forms` is what the earners' side knows of each submission.
    """

    folder: Path
    vault: Vault
    forms: tuple[dict[str, Any], ...]
    canary: Path
    beacon: socket.socket


def lure(submission: Path, beacon: str, canary: Path) -> None:
    """Let responses, texts and Markdown name an address and a file, as HTML and as links."""
    words = [lure.format(url=beacon, file=canary.as_uri()) for lure in LURES]
    path = submission / "submission.json"
    form = json.loads(path.read_text("utf-8"))
    for response in form["responses"]:
        response["text"] = f"{words[0]} {words[1]} {response['text']}"
    path.write_text(json.dumps(form), "utf-8")
    for artifact in (submission / "artifacts").iterdir():
        if artifact.suffix in (".md", ".txt", ".csv"):
            artifact.write_text("\n\n".join((*words, artifact.read_text("utf-8"))), "utf-8")


@pytest.fixture(scope="session")
def laptop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Laptop]:
    folder = tmp_path_factory.mktemp("viewing")
    canary = folder / "canary.png"
    canary.write_bytes(b"nobody may open this")
    beacon = socket.create_server(("127.0.0.1", 0))
    beacon.settimeout(0)
    samples = fresh_samples(folder / "samples", datetime.now(UTC))
    for submission in samples:
        lure(submission, f"http://127.0.0.1:{beacon.getsockname()[1]}", canary)
    forms = tuple(json.loads((path / "submission.json").read_text("utf-8")) for path in samples)
    platform = LocalPlatform(folder / "platform")
    platform.take_in(samples)
    platform.serve()
    vault = Vault()
    try:
        access = Access(
            typed_address=platform.url, token=platform.command("token", ASSESSOR).strip()
        )
        platform.command("assign", "--all", ASSESSOR)
        opened = sign_in(folder / "laptop", access, vault, Clock(now=partial(datetime.now, UTC)))
        opened.sync_round(lambda _progress: None, threading.Event())
        opened.close()
        yield Laptop(opened.folder, vault, forms, canary, beacon)
    finally:
        platform.stop()
        beacon.close()
