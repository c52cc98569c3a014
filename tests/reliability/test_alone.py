"""The library stands alone: numpy, scipy, nothing else of the program and no window."""

import subprocess
import sys

ALLOWED = {"assessor_app", "assessor_app.reliability"}
CODE = """
import sys
import assessor_app.reliability
names = {name for name in sys.modules if name.startswith("assessor_app")}
print(*sorted(name for name in names if not name.startswith("assessor_app.reliability.")))
heavy = {"PySide6", "sqlalchemy", "pandas", "scipy.stats", "typst", "xlsxwriter"}
print(*sorted(heavy & set(sys.modules)))
"""


def test_the_library_imports_nothing_else_of_the_program() -> None:
    made = subprocess.run([sys.executable, "-c", CODE], check=True, capture_output=True, text=True)
    own, heavy = made.stdout.split("\n")[:2]

    assert set(own.split()) == ALLOWED
    assert heavy == ""
