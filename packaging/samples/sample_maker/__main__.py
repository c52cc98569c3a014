"""Writes every binary artifact of the samples: `python -m sample_maker resources/samples`."""

import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import MappingProxyType

from sample_maker import tables, workbooks
from sample_maker.drawings import PHOTOS, number_talk
from sample_maker.office import document, slides
from sample_maker.pages import pdf
from sample_maker.video import film

SOURCES = Path(__file__).parent.parent / "sources"
NAME = "Orla Quenneville-Strand"

Maker = Callable[[], bytes]


@cache
def _pdf(name: str) -> bytes:
    return pdf(SOURCES / f"{name}.typ", root=SOURCES)


def _page(name: str) -> Maker:
    return lambda: _pdf(name)


def _photo(name: str) -> Maker:
    return PHOTOS[name].jpeg


def _text(name: str) -> Maker:
    return (SOURCES / name).read_bytes


def _docx(name: str, *, author: str = "", font: str = "Calibri") -> Maker:
    return lambda: document((SOURCES / name).read_text("utf-8"), author=author, font=font)


def _pptx(name: str, accent: str) -> Maker:
    return lambda: slides((SOURCES / name).read_text("utf-8"), accent=accent)


def _video() -> bytes:
    return film(number_talk())


_SHARED_SCIENCE: dict[str, Maker] = {
    "claims and evidence - goal.pptx": _pptx("shared-science/goal.md", "6A3D1C"),
    "claims and evidence - plan.pdf": _page("shared-science/unit-plan"),
    "conversations 22 September.docx": _docx("shared-science/transcripts.md", font="Cambria"),
    "changes and why.docx": _docx("shared-science/changes.md", font="Cambria"),
    "poster chalk.jpg": _photo("poster-first"),
    "poster sugar.jpg": _photo("poster-second"),
}

ARTIFACTS = MappingProxyType(
    {
        "number-talks": {
            "shared goal and agreement.docx": _docx("number-talks/agreement.md"),
            "coaching plan.pdf": _page("number-talks/coaching-plan"),
            "conversation 27 October.docx": _docx("number-talks/transcript.md"),
            "S8 September.jpg": _photo("ticket-before"),
            "S8 November.jpg": _photo("ticket-after"),
            "number talk 4.avi": _video,
            "exit tickets.csv": tables.exit_tickets,
            "log.md": _text("number-talks/log.md"),
        },
        "ward-handover": {
            "kick-off.pptx": _pptx("ward-handover/kick-off.md", "1D5C54"),
            "handover plan v3.pdf": _page("ward-handover/plan"),
            "sheet September bed 12.jpg": _photo("sheet-before"),
            "card November bed 12.jpg": _photo("card-after"),
            "audit.xlsx": tables.audit,
            "log of adjustments.docx": _docx("ward-handover/log.md", font="Arial"),
        },
        "shared-science-first": _SHARED_SCIENCE,
        "shared-science-second": _SHARED_SCIENCE,
        "peer-feedback-first-attempt": {
            "Coaching Plan Peer Feedback.pdf": _page("peer-feedback-first/plan"),
            "conversation.txt": _text("peer-feedback-first/conversation.txt"),
            "student comment.jpg": _photo("comment-before"),
            "changes.txt": _text("peer-feedback-first/changes.txt"),
        },
        "peer-feedback-second-attempt": {
            "how we found the goal.docx": _docx("peer-feedback-second/goal.md"),
            "plan second cycle.pdf": _page("peer-feedback-second/plan"),
            "conversation 19 October.docx": _docx("peer-feedback-second/transcript.md"),
            "comment before.jpg": _photo("comment-before"),
            "comment after.jpg": _photo("comment-after"),
            "comments sorted.csv": tables.comments,
            "changes.md": _text("peer-feedback-second/changes.md"),
        },
        "reading-portfolio": {
            "portfolio complete.pdf": _page("reading-portfolio/portfolio"),
            "poster of the evening.jpg": _photo("soup-poster"),
            "changes.md": _text("reading-portfolio/note.md"),
        },
        "tuck-shop": {
            "tuck shop.xlsx": workbooks.tuck_shop,
            "result.pdf": _page("tuck-shop/result"),
            "checks.txt": _text("tuck-shop/checks.txt"),
            "week 1 on paper.jpg": _photo("tally"),
        },
        "kitchen-stock": {
            "stock october NEW.xlsx": workbooks.kitchen_stock,
            "result.csv": workbooks.kitchen_result,
            "checks.txt": _text("kitchen-stock/checks.txt"),
        },
        "bean-growth": {
            "Quenneville-Strand beans.xlsx": workbooks.bean_growth,
            "report Orla Quenneville-Strand.pdf": _page("bean-growth/report"),
            "checks Harrow Fen Academy.docx": _docx("bean-growth/notes.md", author=NAME),
            "beans measured quenneville-strand.csv": workbooks.bean_measurements,
            "IMG_2041 Orla Quenneville-Strand.jpg": _photo("by-hand"),
        },
    }
)


def write_artifacts(samples: Path) -> int:
    """Write every artifact below `samples/submissions` and return their bytes together."""
    total = 0
    for submission, artifacts in ARTIFACTS.items():
        folder = samples / "submissions" / submission / "artifacts"
        folder.mkdir(parents=True, exist_ok=True)
        for name, make in artifacts.items():
            total += (folder / name).write_bytes(make())
    return total


if __name__ == "__main__":
    print(f"{write_artifacts(Path(sys.argv[1])):,} bytes")  # noqa: T201 (a command's answer)
