"""I5: no identity-bearing byte on the wrong side.

Of the earner on the assessor's laptop, of the assessor and the laptop on the way to the platform.
Beside these: `tests/reference_platform/test_blindness.py` (an assessor cannot tell what another
does, nor one earner from another; an earner's letter not one assessor from another),
`tests/journeys/test_planted_name.py` (no answer tells the planted name, in any encoding) and
`tests/samples/test_planted.py` (intake removes it from text, file names, metadata and pixels).
"""

import getpass
import json
import platform as machine
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import MetaData, select

from assessor_app.domain.identities import find
from assessor_app.domain.outbox import ActKind
from assessor_app.usecases.evidence import page_image
from assessor_app.usecases.packet import open_packet
from assessor_app.usecases.profiles import OpenProfile, open_with_keyring
from assessor_app.usecases.queue import list_queue
from assessor_app.usecases.seal import act
from assessor_app.usecases.settings import save_own_words
from assessor_app.usecases.workbench import Transaction
from assessor_app.wire.errors import MalformedError
from assessor_app.wire.evidence import parse_layer, parse_text_view
from tests.invariants.conftest import Laptop
from tests.journeys.conftest import assessor, town
from tests.journeys.house import Town
from tests.journeys.laptop import (
    Assessor,
    first_row,
    now,
    queue_of,
    sync,
    wall_clock,
    write_and_seal,
)
from tests.journeys.plaintext import spellings
from tests.journeys.proxy import Proxy, always_pass

__all__ = ["assessor", "town"]

pytestmark = pytest.mark.timeout(400)
OWN_WORDS = ("Philippa Wintergreen", "Wintergreen", "Quillfield District", "@pwintergreen")
HEADERS = {
    *("host", "connection", "accept", "accept-encoding", "user-agent", "authorization"),
    *("content-type", "content-length", "content-digest", "content-encoding"),
    *("if-match", "if-range", "if-none-match", "range", "assessor-epoch", "assessor-protocol"),
}
"""What a request may say beside its body. None of it says who or where."""

HEAD = re.compile(rb"(?:GET|PUT|POST) /v1/\S* HTTP/1\.1\r\n((?:[\w-]+: [^\r\n]*\r\n)+)\r\n")


@pytest.fixture
def opened(laptop: Laptop) -> Iterator[OpenProfile]:
    made = open_with_keyring(laptop.folder, laptop.vault, wall_clock())
    yield made
    made.close()


def cells(at: Transaction) -> list[str]:
    """Return every cell of every table of the decrypted store as text."""
    tables = MetaData()
    tables.reflect(at.session.connection())
    return [
        cell.decode("utf-8", "replace") if isinstance(cell, bytes) else str(cell)
        for table in tables.sorted_tables
        for row in at.session.execute(select(table))
        for cell in row
    ]


def words_of(content: bytes) -> str:
    """Return what a blob says: the words of a page or the text of a view; a picture says none."""
    try:
        return " ".join(word.text for word in parse_layer(content).words)
    except MalformedError:
        pass
    try:
        return json.dumps([repr(vars_of(block)) for block in parse_text_view(content).blocks])
    except MalformedError:
        return ""


def vars_of(block: object) -> list[object]:
    return [getattr(block, name) for name in getattr(block, "__slots__", ())]


def everything(opened: OpenProfile) -> tuple[list[str], bytes]:
    """Return all texts that this laptop knows, in clear, and the bytes of every blob."""
    told = opened.workbench.prepare(cells)()
    raw = bytearray()
    for row in opened.workbench.prepare(list_queue, now=now())().rows:
        packet = opened.workbench.prepare(open_packet, row.assignment, now=now())().packet
        for blob in packet.blobs():
            content = opened.workbench.prepare(page_image, blob)()
            assert content is not None
            told.append(words_of(content))
            raw += content
    return told, bytes(raw)


def identities(form: dict[str, object]) -> list[str]:
    known = form["identities"]
    assert isinstance(known, dict)
    return [name for names in known.values() for name in names]


def test_i05_nothing_on_the_laptop_names_an_earner(laptop: Laptop, opened: OpenProfile) -> None:
    told, raw = everything(opened)
    names = sorted({name for form in laptop.forms for name in identities(form)})
    handles = [str(form[key]) for form in laptop.forms for key in ("earner", "reference")]

    assert [text[span.start : span.end] for text in told for span in find(text, names)] == []
    assert [name for name in names for spelling in spellings(name) if spelling in raw] == []
    assert [handle for handle in handles if any(handle in text for text in told)] == []
    assert len(names) > 15
    assert sum(len(text) for text in told) > 100_000


def test_i05_what_is_sought_is_found_where_it_is(laptop: Laptop) -> None:
    """Each name stands in its own form, in the spelling that the search above uses."""
    for form in laptop.forms:
        text = json.dumps(form, ensure_ascii=False)
        assert all(find(text, (name,)) for name in identities(form))


def test_i05_no_byte_that_leaves_tells_who_or_where_the_assessor_is(
    town: Town, assessor: Assessor
) -> None:
    loan = town.lend()
    with Proxy(town.url, always_pass) as line:
        opened = assessor.sign_in(line.url, loan.token)
        opened.workbench.prepare(save_own_words, OWN_WORDS)()
        sync(opened)
        row = first_row(opened)
        opened.workbench.prepare(act, ActKind.ASK, row.assignment, now=now(), text="Part 2?")()
        write_and_seal(opened, row.assignment)
        sync(opened)
        assert queue_of(opened).places.received == 1
        opened.close()

    sent = bytes(line.sent)
    heads = HEAD.findall(sent)
    named = {
        each.partition(b":")[0].lower().decode()
        for head in heads
        for each in head.split(b"\r\n")
        if each
    }
    agents = set(re.findall(rb"User-Agent: ([^\r]*)", sent))
    here = (machine.node(), str(Path.home()), str(opened.folder), machine.release(), *OWN_WORDS)
    assert len(heads) > 8
    assert named <= HEADERS
    assert all(re.fullmatch(rb"assessor-app(/[\d.]+)?", agent) for agent in agents), agents
    told = sent.decode("latin-1").casefold()
    assert [word for word in here if len(word) > 5 and word.casefold() in told] == []
    assert f'"{getpass.getuser()}"' not in told
