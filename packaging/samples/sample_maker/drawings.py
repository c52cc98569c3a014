"""What is on the photographed papers."""

import random
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFilter

from sample_maker.handwriting import Pen
from sample_maker.photos import Photo

PENCIL = (74, 74, 80)
BLUE = (32, 52, 130)
RED = (176, 44, 40)
GREEN = (36, 112, 62)
BLACK = (34, 32, 34)


def _lines(pen: Pen, at: tuple[float, float], texts: tuple[str, ...], step: float) -> None:
    for number, text in enumerate(texts):
        pen.write((at[0] + pen.rng.uniform(-5, 5), at[1] + number * step), text)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """A table drawn by hand; the cells of a row are separated by bars."""

    rows: tuple[str, ...]
    widths: tuple[float, ...]
    height: float

    def draw(self, pen: Pen, at: tuple[float, float]) -> None:
        edges = [at[0]]
        for width in self.widths:
            edges.append(edges[-1] + width)
        for left in edges:
            pen.line((left, at[1]), (left, at[1] + len(self.rows) * self.height))
        for number in range(len(self.rows) + 1):
            top = at[1] + number * self.height
            pen.line((edges[0], top), (edges[-1], top))
        for number, row in enumerate(self.rows):
            base = at[1] + (number + 0.72) * self.height
            for left, text in zip(edges, row.split("|"), strict=False):
                pen.write((left + 18, base), text)


def _ticket_before(pen: Pen) -> None:
    pen.colour, pen.width, pen.size = PENCIL, 3.6, 33
    _lines(pen, (150, 188), ("S8", "4 people → 6 cups", "10 people → 15 cups"), 128)
    pen.size = 31
    _lines(pen, (150, 572), ("4 × 2.5 = 10", "6 × 2.5 = 15"), 64)
    pen.write((150, 764), "Yes they are equally strong.")
    pen.line((152, 776), (300, 780))
    pen.write((150, 828), "Because I timesed it by 2.5")


def _ticket_after(pen: Pen) -> None:
    pen.colour, pen.width, pen.size = PENCIL, 3.4, 30
    pen.write((96, 120), "S8")
    pen.write((96, 196), "Bus A")
    first = _Table(
        rows=("seats|3|6|9|12", "people|4|8|12|16"), widths=(168, 126, 126, 126, 126), height=84
    )
    first.draw(pen, (92, 226))
    pen.write((96, 500), "Bus B")
    second = _Table(rows=("seats|4|8|12", "people|6|12|18"), widths=(168, 126, 126, 126), height=84)
    second.draw(pen, (92, 530))
    pen.colour = BLUE
    _lines(
        pen,
        (96, 804),
        (
            "Not the same. When both have 12",
            "seats, A has 16 people and B has 18.",
            "So in B 2 more have to stand.",
            "For 1 seat: A is 1 and a third,",
            "B is 1 and a half.",
        ),
        76,
    )
    pen.stroke([(600, 430), (640, 448), (664, 384)])
    pen.draw.ellipse((632, 322, 744, 394), outline=RED, width=4)
    pen.draw.ellipse((508, 622, 618, 694), outline=RED, width=4)


def _sheet_before(pen: Pen) -> None:
    pen.colour, pen.width, pen.size = BLACK, 2.8, 24
    rows = ("bed|12", "pain|", "drip|running, 80 ml/h", "temp.|38.1 at 18h", "plan|")
    _Table(rows=rows, widths=(190, 420), height=118).draw(pen, (80, 110))
    pen.colour = BLUE
    _lines(pen, (84, 790), ("had a difficult afternoon, family", "was here. rest as usual."), 62)


def _card_after(pen: Pen) -> None:
    pen.colour, pen.width, pen.size = BLACK, 3.2, 27
    for y in (250, 480, 690):
        pen.line((70, y), (1080, y))
    _lines(pen, (84, 140), ("Pain",), 1)
    pen.write((84, 330), "If → then")
    pen.write((84, 560), "Tomorrow")
    pen.write((84, 770), "Ask me")
    pen.colour, pen.size = BLUE, 26
    _lines(
        pen, (330, 140), ("bed 12: 3 of 10 now. last relief", "at 19.30, it helped a little"), 60
    )
    _lines(
        pen,
        (330, 320),
        ("if over 38.5 again → bloods, then", "ring. doctor knows, orders are in"),
        62,
    )
    _lines(
        pen, (330, 550), ("scan at 9, nothing to drink after", "2. patient knows, is worried"), 62
    )
    _lines(pen, (330, 770), ("'may the daughter ring late?'", "yes, until 11"), 62)


def _poster_first(pen: Pen) -> None:
    pen.colour, pen.width, pen.size, pen.wobble = RED, 9, 52, 0.06
    pen.write((110, 150), "Does chalk dissolve?")
    pen.colour, pen.width, pen.size = BLACK, 5, 36
    _lines(
        pen,
        (96, 270),
        (
            "We think chalk does not dissolve,",
            "because when we let it stand, it",
            "goes to the bottom. You can see it.",
        ),
        76,
    )
    for left, label, level in ((150, "stirred", 0), (480, "after 10 min", 1), (810, "next day", 2)):
        _cup(pen, (left, 560), level)
        pen.colour, pen.size, pen.width = BLACK, 27, 4
        pen.write((left - 10, 900), label)
    pen.colour, pen.size, pen.width = GREEN, 33, 5
    _lines(
        pen,
        (96, 1020),
        (
            "My neighbour checked: the cup on",
            "the window sill. White at the",
            "bottom, clear on top. Yes!",
        ),
        74,
    )


def _poster_second(pen: Pen) -> None:
    pen.colour, pen.width, pen.size, pen.wobble = BLUE, 9, 54, 0.06
    pen.write((130, 150), "Sugar is gone??")
    pen.colour, pen.width, pen.size = BLACK, 5, 36
    _lines(
        pen,
        (96, 270),
        ("I think sugar dissolves,", "because when the saucer dried", "there were crystals again."),
        76,
    )
    pen.draw.ellipse((330, 520, 820, 700), outline=BLACK, width=6)
    pen.draw.ellipse((420, 560, 730, 664), outline=BLACK, width=4)
    for _ in range(26):
        x, y = pen.rng.uniform(455, 690), pen.rng.uniform(582, 640)
        pen.draw.rectangle((x, y, x + 9, y + 9), outline=BLUE, width=2)
    pen.colour, pen.size = GREEN, 33
    _lines(
        pen,
        (96, 830),
        (
            "My neighbour checked: looked with",
            "the magnifier. Little squares.",
            "We did not check the salt.",
        ),
        74,
    )


def _cup(pen: Pen, at: tuple[float, float], level: int) -> None:
    x, y = at
    if level == 0:
        for _ in range(120):
            px, py = x + pen.rng.uniform(20, 180), y + pen.rng.uniform(70, 250)
            pen.draw.ellipse((px, py, px + 5, py + 5), fill=(196, 190, 176))
    else:
        depth = 20 * level + 14
        pen.draw.polygon(
            [
                (x + 26, y + 256 - depth),
                (x + 176, y + 256 - depth),
                (x + 170, y + 256),
                (x + 32, y + 256),
            ],
            fill=(226, 220, 204),
        )
    pen.colour, pen.width = BLACK, 5
    pen.line((x, y), (x + 30, y + 260))
    pen.line((x + 30, y + 260), (x + 172, y + 260))
    pen.line((x + 172, y + 260), (x + 200, y))
    pen.colour, pen.width = BLUE, 3
    pen.line((x + 8, y + 62), (x + 194, y + 60))


def _comment_before(pen: Pen) -> None:
    pen.colour, pen.width, pen.size = BLACK, 3, 27
    _lines(
        pen,
        (150, 186),
        (
            "The door opened and he came in.",
            "She did not look up from the",
            "letter. He put his wet coat on the",
            "chair, and said that it was late.",
            "She knew that. The dog came back",
            "and lay down between them.",
        ),
        64,
    )
    pen.colour, pen.size = RED, 29
    _lines(pen, (150, 762), ("Good job! I liked the dog.", "Check your commas."), 64)


def _comment_after(pen: Pen) -> None:
    pen.colour, pen.width, pen.size = BLACK, 3, 27
    _lines(
        pen,
        (150, 186),
        (
            "The door opened and her brother",
            "came in. She did not look up from",
            "the letter. He put his coat on",
            "the chair where their father used",
            "to put his, and said it was late.",
        ),
        64,
    )
    pen.colour, pen.size = GREEN, 27
    _lines(
        pen,
        (150, 634),
        (
            "When he comes in I thought it was",
            "the father. Say sooner who it is",
            "or let her see his face.",
        ),
        64,
    )
    pen.stroke([(132, 640), (108, 480), (132, 200)])
    pen.colour = BLUE
    _lines(
        pen,
        (150, 890),
        ("→ did something else: brother in", "the first line, father in the coat"),
        64,
    )


def _soup_poster(pen: Pen) -> None:
    pen.colour, pen.width, pen.size, pen.wobble = BLACK, 8, 46, 0.06
    _lines(pen, (90, 150), ("What helps me when", "I am stuck?"), 96)
    items = (
        (BLUE, "put it away and knit the other sleeve"),
        (GREEN, "someone who is not in a hurry"),
        (RED, "coffee"),
        (BLUE, "read the line before again"),
        (BLACK, "hum the tune without the words"),
        (GREEN, "if someone shows me at once,"),
        (GREEN, "I never learn it"),
    )
    for number, (colour, text) in enumerate(items):
        pen.colour, pen.width, pen.size = colour, 5, 31
        pen.write((100 + (number % 3) * 24, 390 + number * 104), text)


def _by_hand(pen: Pen) -> None:
    pen.colour, pen.width, pen.size = PENCIL, 3.4, 31
    pen.write((96, 126), "day 12, window")
    _lines(pen, (130, 236), ("12.4", "13.9", "12.8", "14.1", "13.3", "12.7"), 84)
    pen.write((84, 656), "+")
    pen.line((90, 690), (330, 692))
    pen.write((130, 770), "79.2")
    pen.line((128, 782), (258, 784))
    pen.line((130, 794), (256, 795))
    pen.colour = BLUE
    _lines(pen, (460, 320), ("79.2 / 6 =", "13.2"), 90)
    pen.draw.ellipse((440, 356, 600, 436), outline=BLUE, width=4)
    _lines(pen, (460, 560), ("the formula", "says 13.2 too!"), 84)


def _tally(pen: Pen) -> None:
    pen.colour, pen.width, pen.size = BLACK, 3.4, 27
    pen.write((96, 126), "week 1   rice cakes sold")
    counts = (("Mon", 3), ("Tue", 4), ("Wed", 2), ("Thu", 3), ("Fri", 3))
    for number, (day, count) in enumerate(counts):
        base = 252 + number * 126
        pen.write((100, base), day)
        for stroke in range(count):
            pen.line((300 + stroke * 42, base - 62), (292 + stroke * 42, base + 4))
        pen.write((640, base), str(count))
    pen.line((600, 800), (760, 802))
    pen.write((560, 880), "= 15")


def _two_students(scene: Image.Image, rng: random.Random) -> None:
    """Draw two children from behind, far out of focus, at the upper edge."""
    layer = Image.new("RGB", scene.size, (171, 176, 170))
    draw = ImageDraw.Draw(layer)
    for left, hair, shirt in (
        (150, (66, 46, 34), (178, 62, 58)),
        (760, (120, 86, 50), (58, 96, 150)),
    ):
        jolt = rng.randrange(-14, 15)
        draw.ellipse((left + jolt + 90, 20, left + jolt + 270, 230), fill=hair)
        draw.rounded_rectangle((left + jolt, 200, left + jolt + 360, 620), 110, fill=shirt)
    scene.paste(layer.filter(ImageFilter.GaussianBlur(11)))


PHOTOS = {
    "ticket-before": Photo(seed=11, size=(1040, 980), draw=_ticket_before, ruled="lines", turn=1.3),
    "ticket-after": Photo(
        seed=12, size=(1000, 1240), draw=_ticket_after, ruled="squares", turn=-1.7
    ),
    "sheet-before": Photo(
        seed=21, size=(1060, 960), draw=_sheet_before, turn=0.9, table=(196, 202, 204)
    ),
    "card-after": Photo(
        seed=22,
        size=(1150, 900),
        draw=_card_after,
        turn=-2.2,
        paper=(252, 246, 222),
        table=(196, 202, 204),
    ),
    "poster-first": Photo(
        seed=31,
        size=(1160, 1260),
        draw=_poster_first,
        turn=-0.8,
        paper=(250, 240, 206),
        table=(120, 128, 120),
    ),
    "poster-second": Photo(
        seed=32,
        size=(1060, 1080),
        draw=_poster_second,
        turn=1.9,
        paper=(222, 236, 244),
        behind=_two_students,
        top=300,
    ),
    "comment-before": Photo(
        seed=41, size=(1000, 940), draw=_comment_before, ruled="lines", turn=-1.1
    ),
    "comment-after": Photo(
        seed=42, size=(1000, 1080), draw=_comment_after, ruled="lines", turn=1.6
    ),
    "soup-poster": Photo(
        seed=51, size=(1060, 1180), draw=_soup_poster, turn=0.7, table=(206, 198, 182)
    ),
    "tally": Photo(
        seed=61, size=(900, 960), draw=_tally, ruled="squares", turn=-1.4, table=(92, 98, 108)
    ),
    "by-hand": Photo(
        seed=71,
        size=(960, 920),
        draw=_by_hand,
        ruled="squares",
        turn=1.2,
        owner="Orla Quenneville-Strand",
    ),
}


def _board(step: int) -> Image.Image:
    """Return a frame of the number talk: a board, on which sentences appear."""
    picture = Image.new("RGB", (480, 270), (206, 200, 188))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((40, 30, 440, 190), fill=(38, 66, 54), outline=(120, 92, 60), width=6)
    pen = Pen(draw=draw, rng=random.Random(5), colour=(228, 230, 222), width=2, size=13)  # noqa: S311
    texts = ("3 seats, 4 people", "4 seats, 6 people", "same?", "12 seats: 16 and 18")
    for number, text in enumerate(texts[: 1 + step]):
        pen.write((66, 72 + number * 32), text)
    for x in (90, 190, 290, 390):
        draw.ellipse((x - 20, 196, x + 20, 244), fill=(70 + x // 6, 52, 40))
        draw.rounded_rectangle((x - 36, 236, x + 36, 300), 18, fill=(60, 80 + x // 5, 120))
    return picture.filter(ImageFilter.GaussianBlur(1.2))


def number_talk() -> tuple[Image.Image, ...]:
    """Return the frames of the short film of a number talk."""
    return tuple(_board(step) for step in range(4) for _ in range(2))
