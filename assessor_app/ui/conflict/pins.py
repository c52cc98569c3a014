"""What became of a pin on the present version, in words, and what the assessor can say of it."""

from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication

from assessor_app.domain.packet import Packet
from assessor_app.domain.review import Pin, Place, PlaceKind
from assessor_app.ui.desk.places import pin_words
from assessor_app.ui.parts.pin_chip import PinState
from assessor_app.usecases.renewal import Comparison, CriterionChange, PinChange

TAKE_AWAY, TAKE_BACK = "away", "back"
"""The ways beside the numbers of spots."""

SHOWN_PLACES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class PinWay:
    """Something the assessor can say of a pin; `key` is a spot's number or one of the two."""

    key: str
    words: str
    spoken: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PinLine:
    """One pin, what became of it where that is worth a word, and the ways on."""

    chip: PinState = field(repr=False)
    becomes: str = ""
    waits: bool = False
    ways: tuple[PinWay, ...] = ()


def pin_lines(comparison: Comparison, change: CriterionChange) -> tuple[PinLine, ...]:
    """Return the pins of a criterion, those that wait first."""
    lines = [_line(pin, comparison) for pin in change.pins]
    return tuple(sorted(lines, key=lambda line: not line.waits))


def _line(change: PinChange, comparison: Comparison) -> PinLine:
    before, now = comparison.before.packet, comparison.now.packet
    pin = change.found.pin
    place, quote = pin_words(pin, before)
    if change.place is not None:
        place, _ = pin_words(_at(pin, change.place), now)
    is_lost = change.waits or change.is_taken_away
    chip = PinState(pin_id=pin.id, place=place, quote=quote, is_lost=is_lost, is_then=True)
    ways: tuple[PinWay, ...] = (_back(place),) if change.is_chosen else ()
    if change.waits:
        ways = (*_spot_ways(change, now), _away(place))
    return PinLine(chip=chip, becomes=_becomes(change), waits=change.waits, ways=ways)


def _becomes(change: PinChange) -> str:
    was = change.found.pin.place
    if change.is_taken_away:
        return _tr("Taken away; it does not go along.")
    if change.is_chosen:
        return _tr("Goes where you said.")
    if change.place is not None:
        moved = (change.place.source, change.place.page) != (was.source, was.page)
        return _tr("Found again by its words.") if moved else ""
    return _asks(change)


def _asks(change: PinChange) -> str:
    was, found = change.found.pin.place, change.found
    if not found.is_here:
        return _tr("Not all pages are on this laptop yet, so this is not certain.")
    if was.kind in (PlaceKind.REGION, PlaceKind.MOMENT) and found.spots:
        return _tr("What is there has changed. Is it still the place you mean?")
    if found.spots:
        return _tr("Its words stand there {0} times. Which ones do you mean?").format(
            len(found.spots)
        )
    return _tr("Its words were not found again. Pin them anew on the desk, or take it away.")


def _spot_ways(change: PinChange, now: Packet) -> tuple[PinWay, ...]:
    pin, spots = change.found.pin, change.found.spots[:SHOWN_PLACES]
    ways: list[PinWay] = []
    for number, spot in enumerate(spots):
        name, _ = pin_words(_at(pin, spot.place), now)
        around = " ".join(spot.around.split())
        words = f"{name}: … {around} …" if around else name
        spoken = _tr("The pin belongs at {0}").format(words)
        if len(spots) == 1:
            words = _tr("Keep at {0}").format(name)
        ways.append(PinWay(key=str(number), words=words, spoken=spoken))
    return tuple(ways)


def _at(pin: Pin, place: Place) -> Pin:
    return Pin(id=pin.id, criterion=pin.criterion, place=place)


def _away(place: str) -> PinWay:
    return PinWay(
        key=TAKE_AWAY,
        words=_tr("Take it away"),
        spoken=_tr("Take the pin {0} away").format(place),
    )


def _back(place: str) -> PinWay:
    return PinWay(
        key=TAKE_BACK,
        words=_tr("Undo"),
        spoken=_tr("Undo what you said of the pin {0}").format(place),
    )


def _tr(words: str) -> str:
    return QCoreApplication.translate("conflict", words)
