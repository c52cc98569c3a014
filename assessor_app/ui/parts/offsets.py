"""Where a character is: Qt counts UTF-16 units, Python counts characters."""

from bisect import bisect_right

_LAST_BMP = 0xFFFF


class Offsets:
    """Translates positions in one text between Python and Qt.

    The two differ after every character beyond U+FFFF, such as an emoji.
    """

    def __init__(self, text: str) -> None:
        self._wide = [index for index, letter in enumerate(text) if ord(letter) > _LAST_BMP]
        self._wide_qt = [index + number for number, index in enumerate(self._wide)]
        self.length = len(text) + len(self._wide)

    def to_qt(self, index: int) -> int:
        """Return the UTF-16 position of a Python index."""
        return index + bisect_right(self._wide, index - 1)

    def to_python(self, position: int) -> int:
        """Return the Python index of a UTF-16 position."""
        return position - bisect_right(self._wide_qt, position - 1)
