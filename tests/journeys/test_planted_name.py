"""The planted earner: read in the intake folder, then nowhere on an assessor's laptop."""

import gzip
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest
import requests
from PIL import Image
from sqlalchemy import MetaData, select

from assessor_app.domain.packet import Packet
from assessor_app.usecases.packet import open_packet, page_image
from assessor_app.usecases.profiles import Access, Clock, OpenProfile, sign_in
from assessor_app.usecases.queue import list_queue
from assessor_app.usecases.samples import ASSESSOR, LocalPlatform, fresh_samples
from assessor_app.usecases.workbench import Transaction
from tests.fakes import Vault
from tests.journeys.plaintext import leaks, spellings

NAMES = ("Quenneville", "quenneville", "Orla Q", "Harrow Fen", "harrowfen", "HarrowFen")
CLOCK = Clock(now=partial(datetime.now, UTC))

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalPlatform]:
    folder = tmp_path_factory.mktemp("planted")
    samples = fresh_samples(folder / "samples", datetime.now(UTC))
    made = LocalPlatform(folder / "platform")
    made.take_in([path for path in samples if path.name == "bean-growth"])
    made.serve()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def token(platform: LocalPlatform) -> str:
    token = platform.command("token", ASSESSOR).strip()
    platform.command("assign", "--all", ASSESSOR)
    return token


@pytest.fixture(scope="module")
def opened(
    platform: LocalPlatform, token: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OpenProfile]:
    access = Access(typed_address=platform.url, token=token, passphrase=None)
    made = sign_in(tmp_path_factory.mktemp("laptop"), access, Vault(), CLOCK)
    made.sync_round(lambda _progress: None, threading.Event())
    yield made
    made.close()


def contents(content: bytes) -> Iterator[bytes]:
    """Yield bytes as they are and, where they are packed, what is in them."""
    yield content
    if content.startswith(b"\x1f\x8b"):
        yield gzip.decompress(content)


def told(content: bytes) -> list[str]:
    return [
        name
        for name in NAMES
        for spelling in spellings(name)
        for unpacked in contents(content)
        if spelling in unpacked
    ]


def everything(at: Transaction) -> list[bytes]:
    """Return every cell of every table of the decrypted store."""
    tables = MetaData()
    tables.reflect(at.session.connection())
    cells = [
        cell
        for table in tables.sorted_tables
        for row in at.session.execute(select(table))
        for cell in row
    ]
    return [cell if isinstance(cell, bytes) else str(cell).encode() for cell in cells]


def packet_of(opened: OpenProfile) -> Packet:
    now = CLOCK.now()
    row = opened.workbench.prepare(list_queue, now=now)().rows[0]
    return opened.workbench.prepare(open_packet, row.assignment, now=now)().packet


def test_the_name_is_in_the_intake_folder(platform: LocalPlatform, tmp_path: Path) -> None:
    folder = fresh_samples(tmp_path, datetime.now(UTC))[0].parent / "bean-growth"

    assert leaks([folder], NAMES[:1])
    assert any("Quenneville" in path.name for path in folder.rglob("*"))


def test_no_answer_of_the_platform_tells_it(platform: LocalPlatform, token: str) -> None:
    def ask(path: str) -> bytes:
        answer = requests.get(
            f"{platform.url}{path}", headers={"Authorization": f"Bearer {token}"}, timeout=30
        )
        assert answer.ok
        assert told(str(answer.headers).encode()) == []
        return answer.content

    lent = requests.get(
        f"{platform.url}/v1/assignments",
        headers={"Authorization": f"Bearer {token}"},
        timeout=30,
    ).json()["assignments"][0]
    packet, rubric = lent["packet"], lent["rubric"]
    manifest = f"/v1/packets/{packet['id']}/v/{packet['version']}/manifest"
    answers = [
        ask(path)
        for path in (
            "/v1/meta",
            "/v1/me",
            "/v1/feed",
            "/v1/assignments",
            f"/v1/assignments/{lent['id']}",
            f"/v1/rubrics/{rubric['id']}/v/{rubric['version']}",
            manifest,
        )
    ]
    blobs = requests.get(
        f"{platform.url}{manifest}", headers={"Authorization": f"Bearer {token}"}, timeout=30
    ).json()["blobs"]
    answers += [ask(f"/v1/blobs/{name['blob_id']}") for name in blobs]

    assert len(answers) == 7 + len(blobs) > 10
    assert [name for answer in answers for name in told(answer)] == []


def test_the_decrypted_profile_tells_it_nowhere(opened: OpenProfile) -> None:
    cells = opened.workbench.prepare(everything)()
    blobs = [
        opened.workbench.prepare(page_image, blob)() or b"" for blob in packet_of(opened).blobs()
    ]

    assert all(blobs)
    assert [name for content in (*cells, *blobs) for name in told(content)] == []


def test_where_the_name_was_the_page_is_blank(opened: OpenProfile) -> None:
    """A masked word leaves one flat grey; a page of the report has some."""
    packet = packet_of(opened)
    blank = 0
    for artifact in packet.artifacts:
        for page in artifact.pages:
            content = opened.workbench.prepare(page_image, page.image)()
            image = Image.open(BytesIO(content or b"")).convert("RGB")
            colours = image.getcolors(image.width * image.height) or []
            blank += sum(count for count, colour in colours if colour == (160, 160, 160))

    assert packet.blinding.hits_masked > 0
    assert blank > 1000
