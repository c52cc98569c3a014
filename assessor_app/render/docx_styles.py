"""What the styles and the numbering of a Word document make of its paragraphs and runs."""

import re
from collections.abc import Iterator

from assessor_app.render.ooxml import Element, child, is_on, local, value

_LONGEST_CHAIN = 20
_SMALLEST_HALF_POINTS = 4
_WHITE = frozenset({"ffffff", "white"})
_HEADING = re.compile(r"heading (\d)")


class Styles:
    """Looks styles up by id, along what they are based on."""

    def __init__(self, styles: Element | None, numbering: Element | None) -> None:
        self._styles = {value(style, "styleId"): style for style in _named(styles, "style")}
        kinds = {value(kind, "abstractNumId"): kind for kind in _named(numbering, "abstractNum")}
        self._lists = {
            value(number, "numId"): kinds.get(value(child(number, "abstractNumId")))
            for number in _named(numbering, "num")
        }

    def heading_level(self, paragraph: Element) -> int | None:
        """Return the level of a heading, or None."""
        for style in self._chain(value(child(paragraph, "pPr", "pStyle"))):
            name = (value(child(style, "name")) or "").lower()
            if name == "title":
                return 1
            if found := _HEADING.fullmatch(name):
                return int(found[1])
        outline = value(child(paragraph, "pPr", "outlineLvl"))
        return int(outline) + 1 if outline in set("012345") else None

    def list_place(self, paragraph: Element) -> tuple[int, bool] | None:
        """Return level and whether it is numbered, if the paragraph is an item of a list."""
        holders = (paragraph, *self._chain(value(child(paragraph, "pPr", "pStyle"))))
        for holder in holders:
            numbers = child(holder, "pPr", "numPr")
            if numbers is not None:
                number = value(child(numbers, "numId"))
                if number in {None, "0"}:
                    return None
                level = value(child(numbers, "ilvl")) or "0"
                return (int(level) if level.isdecimal() else 0, self._is_numbered(number, level))
        return None

    def hides(self, run: Element, paragraph: Element, *, on_ground: bool) -> bool:
        """Return whether nobody sees a run: hidden, tiny, or white on nothing.

        `on_ground`: it stands in a table, whose cells may be dark.
        """
        properties = tuple(self._run_properties(run, paragraph))
        if any(is_on(child(one, "vanish")) for one in properties[:1]) or any(
            is_on(child(one, "vanish")) for one in properties[1:] if not _shows(properties[0])
        ):
            return True
        size = next((v for one in properties if (v := value(child(one, "sz")))), "")
        if size.isdecimal() and int(size) < _SMALLEST_HALF_POINTS:
            return True
        colour = next((v for one in properties if (v := value(child(one, "color")))), "")
        shaded = on_ground or child(paragraph, "pPr", "shd") is not None
        marked = any(child(one, mark) is not None for one in properties for mark in _GROUNDS)
        return colour.lower() in _WHITE and not shaded and not marked

    def _run_properties(self, run: Element, paragraph: Element) -> Iterator[Element | None]:
        own = child(run, "rPr")
        yield own
        for style in self._chain(value(child(own, "rStyle"))):
            yield child(style, "rPr")
        for style in self._chain(value(child(paragraph, "pPr", "pStyle"))):
            yield child(style, "rPr")

    def _chain(self, style_id: str | None) -> Iterator[Element]:
        for _ in range(_LONGEST_CHAIN):
            style = self._styles.get(style_id) if style_id else None
            if style is None:
                return
            yield style
            style_id = value(child(style, "basedOn"))

    def _is_numbered(self, number: str | None, level: str) -> bool:
        kind = self._lists.get(number)
        for found in _named(kind, "lvl"):
            if value(found, "ilvl") == level:
                return value(child(found, "numFmt")) not in {"bullet", "none", None}
        return False


_GROUNDS = ("shd", "highlight")


def _shows(own: Element | None) -> bool:
    """Return whether a run switches a style's hiding off."""
    vanish = child(own, "vanish")
    return vanish is not None and not is_on(vanish)


def _named(element: Element | None, name: str) -> Iterator[Element]:
    return (found for found in (element if element is not None else ()) if local(found) == name)
