import base64
from pathlib import Path

import pytest

from tests.journeys.plaintext import leaks

TEXT = "Twenty-four pupils in class 7."


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        *(base64.b64encode(b"#" * before + TEXT.encode() + b"!?") for before in range(4)),
    ],
)
def test_a_text_is_found_in_each_encoding(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "file").write_bytes(b"\0noise" + content + b"noise\0")

    assert len(leaks((tmp_path,), (TEXT,))) == 1


def test_nothing_is_found_where_nothing_is(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"noise" * 1000)

    assert leaks((tmp_path,), (TEXT,)) == []
