import gzip
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor_app.domain.evidence import (
    Heading,
    ListItem,
    PageLayer,
    Paragraph,
    Picture,
    Table,
    TextView,
    Word,
)
from assessor_app.wire import evidence
from assessor_app.wire.errors import MalformedError

VIEW = TextView(
    (
        Heading(1, "Plan"),
        Paragraph("Zwölf\nZeilen"),
        ListItem(level=2, ordered=True, text="first"),
        Table((("a", "b"), ("c",))),
        Picture(3, "a drawing"),
    )
)
LAYER = PageLayer((Word(text="naïve", left=0, top=1, right=9999, bottom=2),))

ordinary = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
blocks = st.one_of(
    st.builds(Heading, st.integers(1, 6), ordinary),
    st.builds(Paragraph, ordinary),
    st.builds(ListItem, level=st.integers(0, 8), ordered=st.booleans(), text=ordinary),
    st.builds(Table, st.lists(st.lists(ordinary, max_size=3).map(tuple), max_size=3).map(tuple)),
    st.builds(Picture, st.integers(0, 99), ordinary),
)


def packed(value: Any) -> bytes:
    return gzip.compress(json.dumps(value).encode())


def test_a_layer_comes_back_equal() -> None:
    assert evidence.parse_layer(evidence.dump_layer(LAYER)) == LAYER


@given(st.lists(blocks, max_size=6).map(tuple))
def test_a_view_comes_back_equal_and_its_bytes_are_its_own(made: tuple[Any, ...]) -> None:
    data = evidence.dump_text_view(TextView(made))

    parsed = evidence.parse_text_view(data)
    assert parsed == TextView(made)
    assert evidence.dump_text_view(parsed) == data


@pytest.mark.parametrize(
    ("value", "pointer"),
    [
        ([], ""),
        ({"version": 1}, ""),
        ({"version": 2, "words": []}, "/version"),
        ({"version": True, "words": []}, "/version"),
        ({"version": 1, "words": {}}, "/words"),
        ({"version": 1, "words": [], "more": 1}, ""),
        ({"version": 1, "words": [["a", 0, 0, 1]]}, "/words/0"),
        ({"version": 1, "words": [["a", 0, 0, 1, 10_000]]}, "/words/0/4"),
        ({"version": 1, "words": [["a", 0, 0, 1.0, 1]]}, "/words/0/3"),
        ({"version": 1, "words": [["a b", 0, 0, 1, 1]]}, "/words/0"),
        ({"version": 1, "words": [["a", 5, 0, 1, 1]]}, "/words/0"),
        ({"version": 1, "words": [["\ud800", 0, 0, 1, 1]]}, "/words/0/0"),
        ({"version": 1, "words": [["a" * 2000, 0, 0, 1, 1]]}, "/words/0/0"),
    ],
)
def test_a_layer_that_breaks_a_rule_is_refused(value: Any, pointer: str) -> None:
    with pytest.raises(MalformedError) as refused:
        evidence.parse_layer(packed(value))

    assert refused.value.pointer == pointer


@pytest.mark.parametrize(
    "block",
    [
        7,
        {},
        {"kind": "script", "text": ""},
        {"kind": ["paragraph"], "text": ""},
        {"kind": "paragraph"},
        {"kind": "paragraph", "text": None},
        {"kind": "heading", "level": 7, "text": ""},
        {"kind": "list_item", "level": 0, "ordered": 1, "text": ""},
        {"kind": "table", "rows": [["a", 1]]},
        {"kind": "table", "rows": [["a"] * 300]},
        {"kind": "picture", "index": -1, "alt": ""},
    ],
)
def test_a_block_that_breaks_a_rule_is_refused(block: Any) -> None:
    with pytest.raises(MalformedError):
        evidence.parse_text_view(packed({"version": 1, "blocks": [block]}))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        gzip.compress(b"{"),
        gzip.compress(b"[" * 100_000),
        evidence.dump_layer(LAYER)[:-9],
        evidence.dump_layer(LAYER) + b"more",
        gzip.compress(b'{"version":1,"words":[]}' + b" " * evidence.MAX_VIEW_BYTES),
        gzip.compress(b'{"version":1,"blocks":[]}' + b" " * evidence.MAX_VIEW_BYTES),
    ],
)
def test_bytes_that_are_not_gzipped_json_are_refused(data: bytes) -> None:
    with pytest.raises(MalformedError):
        evidence.parse_layer(data)
    with pytest.raises(MalformedError):
        evidence.parse_text_view(data)
