"""The workbooks of the spreadsheet skill: a good one, a typed one, and one with a name in it."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from sample_maker.tables import Cell, comma_separated, workbook


@dataclass(frozen=True, slots=True)
class _Snack:
    name: str
    sold: int
    left: int
    price: float
    cost: float


_SNACKS = (
    _Snack("Apple", 187, 16, 0.40, 0.25),
    _Snack("Cheese roll", 241, 9, 0.90, 0.55),
    _Snack("Cereal bar", 163, 22, 0.60, 0.35),
    _Snack("Rice cakes", 58, 47, 0.50, 0.35),
    _Snack("Carrot sticks", 94, 31, 0.40, 0.25),
    _Snack("Juice", 212, 13, 0.60, 0.40),
)
_DAYS = 20
_WEEK_ONE_OF_RICE_CAKES = (3, 4, 2, 3, 3)


def _spread(total: int, days: int, rng: random.Random) -> list[int]:
    """Return `days` whole numbers near each other that add up to the total."""
    counts = [total // days] * days
    for _ in range(total - sum(counts)):
        counts[rng.randrange(days)] += 1
    for _ in range(days):
        giver, taker = rng.randrange(days), rng.randrange(days)
        if counts[giver] > 0:
            counts[giver] -= 1
            counts[taker] += 1
    return counts


def _sales() -> list[tuple[date, str, int, int]]:
    rng = random.Random(20)  # noqa: S311 (the same file every time)
    by_snack: list[tuple[list[int], list[int]]] = []
    for snack in _SNACKS:
        sold = _spread(snack.sold, _DAYS, rng)
        if snack.name == "Rice cakes":
            fixed = sum(_WEEK_ONE_OF_RICE_CAKES)
            sold = [*_WEEK_ONE_OF_RICE_CAKES, *_spread(snack.sold - fixed, _DAYS - 5, rng)]
        by_snack.append((sold, _spread(snack.left, _DAYS, rng)))
    return [
        (
            date(2026, 9, 14) + timedelta(days=day // 5 * 7 + day % 5),
            snack.name,
            sold[day],
            left[day],
        )
        for day in range(_DAYS)
        for snack, (sold, left) in zip(_SNACKS, by_snack, strict=True)
    ]


def _titles(book: Workbook, sheet: Worksheet, titles: tuple[str, ...]) -> None:
    bold = book.add_format({"bold": True, "bg_color": "#F6E3DC", "bottom": 1})
    for column, title in enumerate(titles):
        sheet.write_string(0, column, title, bold)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(titles) - 1, 16)


def _list_formulas(book: Workbook, listed: tuple[tuple[str, str, str], ...]) -> None:
    """Add a sheet with the formulas as text, which the required evidence asks for."""
    sheet = book.add_worksheet("Formulas")
    _titles(book, sheet, ("Cells", "Formula in the first", "What it does"))
    for row, cells in enumerate(listed, start=1):
        for column, text in enumerate(cells):
            sheet.write_string(row, column, text)
    sheet.set_column(1, 2, 52)


_FORMULAS_OF_SALES = (
    (
        "Result B2:B7",
        "=SUMIF(Sales!$B$2:$B$121,$A2,Sales!C$2:C$121)",
        "adds what was sold of a snack",
    ),
    ("Result C2:C7", "=SUMIF(Sales!$B$2:$B$121,$A2,Sales!D$2:D$121)", "adds what was left over"),
    ("Result D2:D7", "=C2/(B2+C2)", "left over of all that we had"),
    ("Result E2:E7", "=B2*Prices!B2", "income, with the price from the sheet Prices"),
    ("Result F2:F7", "=E2-(B2+C2)*Prices!C2", "profit: income without the cost of all pieces"),
    ("Result G2:G7", '=IF(F2<0,"stop","keep")', "says stop if we lose money"),
    ("Result B8:C8", "=SUM(B2:B7)", "all snacks together"),
    ("Result B10", "=SUM(Sales!C2:C121)", "the same total from the other sheet"),
    ("Result B11", '=IF(B8=B10,"yes","no")', "are the two totals the same?"),
)
_FORMULAS_OF_BEANS = (
    ("Means A2:A9", "=Window!A2", "the day, from the first sheet of measurements"),
    ("Means B2:B9", "=AVERAGE(Window!B2:G2)", "mean of the six window beans"),
    ("Means C2:C9", "=AVERAGE(Cupboard!B2:G2)", "mean of the six cupboard beans"),
    ("Means D2:D9", "=B2-C2", "how much taller the window beans are"),
    ("Means E2:E9", "=COUNT(Window!B2:G2)+COUNT(Cupboard!B2:G2)", "how many beans were counted"),
)


def _fill_sales(book: Workbook) -> None:
    sheet = book.add_worksheet("Sales")
    day = book.add_format({"num_format": "ddd d mmm"})
    _titles(book, sheet, ("Date", "Snack", "Sold (pieces)", "Left over (pieces)"))
    for row, (when, name, sold, left) in enumerate(_sales(), start=1):
        sheet.write_datetime(row, 0, when, day)
        sheet.write_string(row, 1, name)
        sheet.write_number(row, 2, sold)
        sheet.write_number(row, 3, left)
    sheet.data_validation(1, 1, 120, 1, {"validate": "list", "source": [s.name for s in _SNACKS]})


def _fill_prices(book: Workbook) -> None:
    sheet = book.add_worksheet("Prices")
    money = book.add_format({"num_format": "£0.00"})
    _titles(book, sheet, ("Snack", "Price (£)", "Cost (£)"))
    for row, snack in enumerate(_SNACKS, start=1):
        sheet.write_string(row, 0, snack.name)
        sheet.write_number(row, 1, snack.price, money)
        sheet.write_number(row, 2, snack.cost, money)


def _fill_result(book: Workbook) -> None:
    sheet = book.add_worksheet("Result")
    money = book.add_format({"num_format": "£0.00"})
    share = book.add_format({"num_format": "0 %"})
    _titles(
        book,
        sheet,
        ("Snack", "Sold", "Left over", "Left over of all", "Income (£)", "Profit (£)", "Stop?"),
    )
    for row, snack in enumerate(_SNACKS, start=1):
        line, every = row + 1, snack.sold + snack.left
        income = round(snack.sold * snack.price, 2)
        profit = round(income - every * snack.cost, 2)
        sheet.write_string(row, 0, snack.name)
        for column, letter, total in ((1, "C", snack.sold), (2, "D", snack.left)):
            formula = f"=SUMIF(Sales!$B$2:$B$121,$A{line},Sales!{letter}$2:{letter}$121)"
            sheet.write_formula(row, column, formula, None, total)
        sheet.write_formula(row, 3, f"=C{line}/(B{line}+C{line})", share, snack.left / every)
        sheet.write_formula(row, 4, f"=B{line}*Prices!B{line}", money, income)
        sheet.write_formula(row, 5, f"=E{line}-(B{line}+C{line})*Prices!C{line}", money, profit)
        stop = "stop" if profit < 0 else "keep"
        sheet.write_formula(row, 6, f'=IF(F{line}<0,"stop","keep")', None, stop)
    sheet.write_string(7, 0, "All")
    sheet.write_formula(7, 1, "=SUM(B2:B7)", None, sum(s.sold for s in _SNACKS))
    sheet.write_formula(7, 2, "=SUM(C2:C7)", None, sum(s.left for s in _SNACKS))
    sheet.write_string(9, 0, "Check: sold on sheet Sales")
    sheet.write_formula(9, 1, "=SUM(Sales!C2:C121)", None, sum(s.sold for s in _SNACKS))
    sheet.write_string(10, 0, "Check: the same?")
    sheet.write_formula(10, 1, '=IF(B8=B10,"yes","no")', None, "yes")


def tuck_shop() -> bytes:
    """Return the workbook of the tuck shop; its totals are those of the result page."""

    def fill(book: Workbook) -> None:
        for part in (_fill_sales, _fill_prices, _fill_result):
            part(book)
        _list_formulas(book, _FORMULAS_OF_SALES)

    return workbook(fill)


_STOCK = (
    ("Mon 5 Oct", "flour", "12 kg", "3 kg", "9"),
    ("", "rice", "8kg", "2,5 kg", "5,5"),
    ("", "onions", "2 nets (10 kg)", "1 net", "5"),
    ("", "oil", "6 l", "1.5 l", "4.5"),
    ("", "tomatoes tinned", "24 tins", "7", "17"),
    ("TOTAL MON", "", "", "", "41"),
    ("Wed 7 Oct", "flour", "9", "2.5kg", "6.5"),
    ("", "rice", "5,5 kg", "2 kg", "3.5"),
    ("", "lentils", "4 kg", "1kg", "3"),
    ("", "onions", "5 kg", "2 kg", "3"),
    ("", "oil/vinegar", "4.5 + 2 l", "1 / 0.5 l", "5"),
    ("TOTAL WED", "", "", "", "21"),
    ("Fri 9 Oct", "flour", "6.5 kg", "3 kg", "3.5"),
    ("", "rice", "3.5 kg", "2kg", "1.5 order!!"),
    ("", "lentils", "3 kg", "0.5", "2.5"),
    ("", "carrots (gift)", "ca. 8 kg", "5 kg", "3?"),
    ("", "tinned tomatos", "17", "8", "9"),
    ("TOTAL FRI", "", "", "", "19.5"),
    ("Mon 12 Oct", "flour", "15.5 kg (12 new)", "3 kg", "12.5"),
    ("", "rice", "11.5 kg", "2.5 kg", "9"),
    ("", "lentils", "2.5 kg", "1 kg", "1.5"),
    ("", "oil", "3.5 l", "1 l", "2.5"),
    ("", "onions", "13 kg", "3 kg", "10"),
    ("TOTAL MON", "", "", "", "35.5"),
)


def _fill_stock(book: Workbook) -> None:
    sheet = book.add_worksheet("Sheet1")
    bold = book.add_format({"bold": True})
    red = book.add_format({"font_color": "#B00020", "bold": True})
    sheet.merge_range(0, 0, 0, 4, "KITCHEN STOCK OCTOBER", bold)
    for row, cells in enumerate(_STOCK, start=2):
        for column, text in enumerate(cells):
            face = bold if cells[0].startswith("TOTAL") else red if "!!" in text else None
            sheet.write_string(row, column, text, face)
    sheet.write_string(28, 0, "used altogether", bold)
    sheet.write_string(28, 4, "51.5", bold)
    sheet.write_string(29, 0, "stock on Mon 12 Oct", bold)
    sheet.write_formula(29, 4, "=41+21+19.5", None, 81.5)
    sheet.set_column(0, 4, 18)


def kitchen_stock() -> bytes:
    """Return the workbook of the kitchen, in which almost nothing is calculated."""
    return workbook(_fill_stock)


def kitchen_result() -> bytes:
    """Return the kitchen's result: a list without units."""
    rows: list[tuple[Cell, ...]] = [("day", "rest"), ("Mon", 41), ("Wed", 21), ("Fri", 19.5)]
    return comma_separated([*rows, ("Mon", 35.5), ("all", 81.5)])


_DAYS_OF_BEANS = tuple(range(0, 22, 3))
_WINDOW = (0, 1.2, 4.1, 8.3, 13.2, 17.6, 21.4, 24.5)
_CUPBOARD = (0, 1.9, 5.2, 8.6, 11.4, 13.9, 15.8, 17.2)
_DAY_12_WINDOW = (12.4, 13.9, 12.8, 14.1, 13.3, 12.7)
_LEAN = (-0.6, 0.5, -0.3, 0.7, 0.1, -0.4)


def _heights(mean: float) -> list[float]:
    """Return six heights with this mean, to a millimetre."""
    heights = [round(mean * (1 + lean / 12), 1) for lean in _LEAN[:5]]
    return [*heights, round(6 * mean - sum(heights), 1)]


def _fill_beans(book: Workbook) -> None:
    result = book.add_worksheet("Means")
    one = book.add_format({"num_format": "0.0"})
    _titles(
        book, result, ("Day", "Window (cm)", "Cupboard (cm)", "Difference (cm)", "Beans measured")
    )
    for place, means in (("Window", _WINDOW), ("Cupboard", _CUPBOARD)):
        sheet = book.add_worksheet(place)
        names = tuple(f"{place[0]}{number} (cm)" for number in range(1, 7))
        _titles(book, sheet, ("Day", *names))
        for row, (day, mean) in enumerate(zip(_DAYS_OF_BEANS, means, strict=True), start=1):
            measured = place == "Window" and day == 12  # noqa: PLR2004 (the day on the photo)
            sheet.write_number(row, 0, day)
            for column, height in enumerate(
                _DAY_12_WINDOW if measured else _heights(mean), start=1
            ):
                sheet.write_number(row, column, height, one)
    sheet = book.get_worksheet_by_name("Window")
    sheet.write_string(10, 0, "Measured by Orla Quenneville-Strand, Harrow Fen Academy")
    sheet.write_comment(0, 0, "Photos on request: orla.quenneville-strand@harrowfen.example")
    for row, (day, window, cupboard) in enumerate(
        zip(_DAYS_OF_BEANS, _WINDOW, _CUPBOARD, strict=True), start=1
    ):
        line = row + 1
        result.write_formula(row, 0, f"=Window!A{line}", None, day)
        result.write_formula(row, 1, f"=AVERAGE(Window!B{line}:G{line})", one, window)
        result.write_formula(row, 2, f"=AVERAGE(Cupboard!B{line}:G{line})", one, cupboard)
        result.write_formula(row, 3, f"=B{line}-C{line}", one, round(window - cupboard, 1))
        count = f"=COUNT(Window!B{line}:G{line})+COUNT(Cupboard!B{line}:G{line})"
        result.write_formula(row, 4, count, None, 12)
    _list_formulas(book, _FORMULAS_OF_BEANS)


def bean_measurements() -> bytes:
    """Return the beans' heights as noted down, with a first line that names the earner."""
    rows: list[tuple[Cell, ...]] = [
        ("measured by Orla Quenneville-Strand", "class of Harrow Fen Academy", "", "", "", "", ""),
        ("day", "W1", "W2", "W3", "W4", "W5", "W6", "C1", "C2", "C3", "C4", "C5", "C6"),
    ]
    for day, window, cupboard in zip(_DAYS_OF_BEANS, _WINDOW, _CUPBOARD, strict=True):
        heights = _DAY_12_WINDOW if day == 12 else _heights(window)  # noqa: PLR2004 (as above)
        rows.append((day, *heights, *_heights(cupboard)))
    return comma_separated(rows)


def bean_growth() -> bytes:
    """Return the workbook of the beans, whose author, a cell and a comment name the earner."""
    return workbook(_fill_beans, author="Orla Quenneville-Strand")
