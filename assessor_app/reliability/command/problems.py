"""What is wrong with a file, by line. Nothing is guessed and nothing is computed from it."""

from dataclasses import dataclass

from assessor_app.reliability.errors import ReliabilityError

LISTED = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class BadRow:
    """One line and what is wrong with it."""

    line: int
    problem: str


@dataclass(eq=False)
class FileProblemError(ReliabilityError):
    """A file cannot be used: a sentence about the whole, and lines where they are to blame."""

    file: str
    problem: str
    rows: tuple[BadRow, ...] = ()

    def text(self) -> str:
        """Return the sentence and the lines, at most `LISTED` of them."""
        lines = [f"{self.file}: {self.problem}"]
        lines += [f"  line {row.line}: {row.problem}" for row in self.rows[:LISTED]]
        if len(self.rows) > LISTED:
            lines.append(f"  and {len(self.rows) - LISTED} more lines")
        return "\n".join(lines)
