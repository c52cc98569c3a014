"""Charts as SVG: dots with their ranges. Every chart stands beside a table with its numbers."""

from dataclasses import dataclass
from html import escape

from assessor_app.reliability.estimate import Interval
from assessor_app.reliability.report.verdict_list import AssessorRow, CriterionRow

TEXT, SOFT, LINE, ACCENT, WARN = "#1D1C1A", "#504E49", "#E2E1DC", "#2A5CAA", "#855000"
_LABEL = 27  # characters
_ROW, _TOP, _WIDTH, _LEFT, _RIGHT = 34, 14, 720, 400, 600


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    label: str
    word: str
    count: str
    value: float
    interval: Interval | None
    flagged: bool
    solid: bool


def criteria_chart(rows: tuple[CriterionRow, ...]) -> str:
    """Return the chart of agreement by criterion, from 0 to 100 %."""
    lines = [
        _Line(
            label=row.name,
            word=row.word,
            count=f"{row.agreeing} of {row.n}",
            value=row.share,
            interval=row.interval,
            flagged=row.flagged,
            solid=row.interval is not None,
        )
        for row in rows
    ]
    ticks = [(share / 100, f"{share} %") for share in (0, 25, 50, 75, 100)]
    return _chart(lines, (0.0, 1.0), ticks, "Agreement of two reads by criterion")


def assessors_chart(rows: tuple[AssessorRow, ...], relative_to: str) -> str:
    """Return the chart of severities, in rubric levels; left is stricter."""
    lines = [
        _Line(
            label=row.name,
            word=row.word,
            count=f"{row.reads} reads",
            value=row.value,
            interval=row.interval,
            flagged=row.flagged,
            solid=row.enough,
        )
        for row in rows
    ]
    reach = max([0.5, *(abs(end) for row in rows for end in row.interval if row.enough)])
    reach = min(reach, 2.0)
    ticks = [
        (-0.5, "½ stricter"),
        (0.0, relative_to.removeprefix("the ")),
        (0.5, "½ lenient"),
    ]
    return _chart(lines, (-1.1 * reach, 1.1 * reach), ticks, "Severity by assessor")


def _chart(lines: list[_Line], scale: Interval, ticks: list[tuple[float, str]], title: str) -> str:
    bottom = _TOP + _ROW * len(lines)
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {bottom + 26}" '
            f'width="{_WIDTH}" height="{bottom + 26}" role="img" '
            f'font-family="Inter, Libertinus Serif, sans-serif" font-size="13">'
        ),
        f"<title>{escape(title)}</title>",
    ]
    for value, label in ticks:
        x = _place(value, scale)
        parts.append(f'<path d="M{x:.1f} {_TOP}V{bottom}" stroke="{LINE}"/>')
        parts.append(_text(x, bottom + 18, label, "middle", SOFT))
    for index, line in enumerate(lines):
        parts += _row(line, scale, _TOP + _ROW * index + _ROW / 2)
    return "\n".join([*parts, "</svg>"])


def _row(line: _Line, scale: Interval, y: float) -> list[str]:
    colour = WARN if line.flagged else ACCENT
    parts = [
        _text(0, y + 4, _short(line.label), "start", TEXT),
        _text(190, y + 4, line.word, "start", WARN if line.flagged else SOFT),
        _text(_WIDTH, y + 4, line.count, "end", SOFT),
    ]
    if line.interval is None:
        return parts
    low, high = (_place(end, scale) for end in line.interval)
    x = _place(line.value, scale)
    dash = "" if line.solid else ' stroke-dasharray="5 4"'
    parts.append(f'<path d="M{low:.1f} {y}H{high:.1f}" stroke="{colour}" stroke-width="2"{dash}/>')
    if line.solid:
        parts += [
            f'<path d="M{end:.1f} {y - 5}V{y + 5}" stroke="{colour}" stroke-width="2"/>'
            for end in (low, high)
        ]
    fill = colour if line.solid else "#FFFFFF"
    parts.append(
        f'<circle cx="{x:.1f}" cy="{y}" r="6" fill="{fill}" stroke="{colour}" stroke-width="2"/>'
    )
    return parts


def _short(label: str) -> str:
    """Return a label that fits its column; the table beside the chart has it whole."""
    return label if len(label) <= _LABEL else label[: _LABEL - 1].rstrip() + "…"


def _place(value: float, scale: Interval) -> float:
    low, high = scale
    share = (min(max(value, low), high) - low) / (high - low)
    return _LEFT + share * (_RIGHT - _LEFT)


def _text(x: float, y: float, text: str, anchor: str, colour: str) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">'
        f"{escape(text)}</text>"
    )


def shade(count: int, most: int) -> str:
    """Return the fill of a cell of a cross table; white for none."""
    share = 0.5 * count / most if most else 0.0
    channels = (round(255 + share * (channel - 255)) for channel in (0x2A, 0x5C, 0xAA))
    return "#" + "".join(f"{channel:02X}" for channel in channels)
