"""Handwriting: letters as pen strokes, drawn unevenly as a hand would."""

import random
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

from PIL import ImageDraw

Point = tuple[float, float]

_STROKES = {
    "a": "55,80 30,100 5,75 5,30 25,0 48,20 56,80|57,100 55,25 75,0",
    "b": "5,165 5,0|5,60 30,95 58,70 56,25 30,0 5,15",
    "c": "58,82 32,100 5,65 8,20 32,0 60,18",
    "d": "56,75 30,98 5,65 8,20 30,0 55,30|58,165 56,20 72,0",
    "e": "6,48 58,55 50,95 22,98 4,50 20,3 58,15",
    "f": "55,150 35,165 22,130 22,0|0,92 48,95",
    "g": "55,80 30,100 6,70 10,25 32,8 54,35 57,95|57,95 55,-30 32,-60 6,-40",
    "h": "5,165 5,0|5,55 30,95 52,75 52,0",
    "i": "8,98 8,15 20,0|8,128 10,133",
    "j": "22,98 22,-35 5,-58 -10,-42|22,128 24,133",
    "k": "5,165 5,0|48,95 6,45|18,55 52,0",
    "l": "8,165 8,20 20,0",
    "m": "4,98 5,0|5,60 25,97 38,75 38,0|38,60 60,97 74,75 74,10 82,0",
    "n": "4,98 5,0|5,55 30,97 52,75 52,10 60,0",
    "o": "34,100 6,75 6,25 32,0 58,25 58,75 34,100",
    "p": "4,98 4,-60|4,60 30,98 58,72 54,25 28,0 4,22",
    "q": "55,80 30,100 5,70 8,25 30,5 54,35|56,98 56,-60 68,-45",
    "r": "4,98 5,0|5,55 22,92 45,92",
    "s": "50,85 28,100 8,80 28,52 50,28 30,0 4,14",
    "t": "20,150 18,20 30,0 48,10|0,100 45,102",
    "u": "4,98 6,20 28,0 50,30|53,98 53,15 64,0",
    "v": "2,98 26,0 52,98",
    "w": "2,98 18,0 38,70 56,0 76,98",
    "x": "4,98 54,0|52,98 2,0",
    "y": "4,98 28,20|54,98 28,5 8,-58",
    "z": "4,96 52,96 4,2 56,4",
    "A": "0,0 32,160 64,0|12,58 52,58",
    "B": "6,160 6,0|6,160 48,150 46,95 8,85|8,85 60,75 58,12 6,0",
    "C": "70,135 40,162 6,110 8,40 40,0 72,22",
    "D": "6,160 6,0|6,160 62,140 70,60 50,8 6,0",
    "E": "60,160 6,160 6,0 62,0|6,85 50,85",
    "F": "60,160 6,160 6,0|6,85 48,85",
    "G": "70,138 40,162 6,110 10,35 42,0 70,28 70,70 44,70",
    "H": "6,160 6,0|64,160 64,0|6,82 64,82",
    "I": "10,160 10,0",
    "J": "46,160 46,30 24,0 4,28",
    "K": "6,160 6,0|60,160 8,75|22,92 64,0",
    "L": "6,160 6,0 58,0",
    "M": "4,0 8,160 40,50 72,160 78,0",
    "N": "6,0 6,160 62,0 64,160",
    "O": "40,162 6,115 8,40 40,0 74,40 74,115 40,162",
    "P": "6,160 6,0|6,160 58,145 56,85 6,75",
    "R": "6,160 6,0|6,160 58,145 54,90 8,80|24,82 62,0",
    "S": "62,140 34,162 8,130 34,85 62,45 34,0 4,24",
    "T": "0,160 72,160|36,160 36,0",
    "U": "6,160 8,40 36,0 64,40 66,160",
    "W": "0,160 22,0 44,110 66,0 90,160",
    "Y": "2,160 32,80 62,160|32,80 32,0",
    "0": "32,155 6,110 8,40 32,0 58,40 58,110 32,155",
    "1": "8,125 28,155 28,0",
    "2": "6,125 30,157 56,120 40,70 4,2 60,4",
    "3": "8,140 34,157 54,125 28,85 58,45 32,0 4,20",
    "4": "44,0 44,155 2,50 62,52",
    "5": "56,155 14,155 10,90 40,98 58,50 34,0 4,14",
    "6": "52,150 18,100 6,40 30,0 56,35 40,75 8,50",
    "7": "4,152 58,154 24,0|16,78 50,80",
    "8": "32,85 10,120 32,157 54,120 32,85 6,40 32,0 58,40 32,85",
    "9": "56,110 34,155 8,115 30,80 56,115 50,40 34,0",
    ".": "6,4 8,2",
    ",": "10,8 2,-20",
    "?": "6,130 30,160 54,125 28,75 28,45|28,8 30,4",
    "!": "10,160 10,45|10,8 11,4",
    ":": "8,78 9,74|8,12 9,8",
    "-": "6,58 44,60",
    "+": "6,62 56,62|31,92 31,30",
    "=": "6,78 54,78|6,46 54,46",
    "/": "0,-10 44,165",
    "(": "28,175 6,110 8,30 28,-15",
    ")": "6,175 28,110 26,30 6,-15",
    "'": "8,165 6,135",
    "%": "62,155 4,0|14,155 4,130 16,112 26,135 14,155|54,46 42,22 54,0 64,22 54,46",
    "×": "8,92 48,30|48,92 8,30",
    "→": "2,60 76,60|52,85 78,60 52,35",
}  # fmt: skip
_SPACE = 42.0


def _parse(text: str) -> tuple[tuple[Point, ...], ...]:
    return tuple(
        tuple((float(x), float(y)) for x, y in (pair.split(",") for pair in stroke.split()))
        for stroke in text.split("|")
    )


GLYPHS = MappingProxyType({letter: _parse(text) for letter, text in _STROKES.items()})


def smooth(points: tuple[Point, ...] | list[Point], steps: int = 9) -> list[Point]:
    """Return a Catmull-Rom curve through the points."""
    if len(points) < 3:  # noqa: PLR2004 (two points are a line)
        return list(points)
    padded = [points[0], *points, points[-1]]
    curve: list[Point] = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for step in range(steps):
            t = step / steps
            curve.append(
                (
                    _spline(t, (a[0], b[0], c[0], d[0])),
                    _spline(t, (a[1], b[1], c[1], d[1])),
                )
            )
    return [*curve, points[-1]]


def _spline(t: float, p: tuple[float, float, float, float]) -> float:
    return 0.5 * (
        2 * p[1]
        + (p[2] - p[0]) * t
        + (2 * p[0] - 5 * p[1] + 4 * p[2] - p[3]) * t**2
        + (3 * p[1] - p[0] - 3 * p[2] + p[3]) * t**3
    )


@dataclass(slots=True, kw_only=True)
class Pen:
    """A pen in a hand: colour, width and how unsteady the hand is.

    `size` is the height of a small x in pixels.
    """

    draw: ImageDraw.ImageDraw
    rng: random.Random
    colour: tuple[int, int, int] = (38, 48, 92)
    width: float = 4.0
    size: float = 30.0
    wobble: float = 0.05

    def stroke(self, points: list[Point]) -> None:
        """Draw a line through points as a hand would: round, of uneven pressure."""
        phase = self.rng.random() * 6
        curve = _dense(smooth(points))
        for place, (x, y) in enumerate(curve):
            pressure = 0.9 + 0.16 * _wave(phase + place / 23)
            radius = self.width * pressure / 2
            self.draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=self.colour)

    def line(self, start: Point, end: Point) -> None:
        """Draw a straight line without a ruler."""
        bend = self.size * self.wobble * 1.6
        middle = [
            (
                start[0] + (end[0] - start[0]) * part + self.rng.uniform(-bend, bend),
                start[1] + (end[1] - start[1]) * part + self.rng.uniform(-bend, bend),
            )
            for part in (0.33, 0.66)
        ]
        self.stroke([start, *middle, end])

    def write(self, at: Point, text: str) -> float:
        """Write one line from its baseline start and return where it ended."""
        x, base = at
        scale = self.size / 100
        drift = 0.0
        for letter in text:
            if letter == " ":
                x += _SPACE * scale * self.rng.uniform(0.85, 1.2)
                continue
            drift = 0.7 * drift + self.rng.uniform(-1, 1) * self.size * self.wobble
            x = self._letter((x, base + drift), letter, scale * self.rng.uniform(0.94, 1.07))
        return x

    def _letter(self, at: Point, letter: str, scale: float) -> float:
        slant = self.rng.uniform(0.06, 0.16)
        jitter = self.wobble * 60
        for stroke in GLYPHS[letter]:
            placed = [
                (
                    at[0] + (x + y * slant + self.rng.uniform(-jitter, jitter)) * scale,
                    at[1] - (y + self.rng.uniform(-jitter, jitter)) * scale,
                )
                for x, y in stroke
            ]
            self.stroke(placed)
        reach = max(x for stroke in GLYPHS[letter] for x, _ in stroke)
        return at[0] + (reach + 17 + self.rng.uniform(-3, 4)) * scale


def _dense(points: list[Point]) -> list[Point]:
    """Return the points with others between, at most a pixel apart."""
    dense: list[Point] = []
    for (x0, y0), (x1, y1) in pairwise(points):
        steps = max(1, int(((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5 / 0.9))
        dense += [(x0 + (x1 - x0) * i / steps, y0 + (y1 - y0) * i / steps) for i in range(steps)]
    return [*dense, points[-1]]


def _wave(x: float) -> float:
    """Return a cheap triangle wave between -1 and 1, the same on every machine."""
    return abs((x % 2) - 1) * 2 - 1
