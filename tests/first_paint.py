"""A process of its own that says what is loaded when the queue is first painted."""

import json
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication, QTableView
from typing_extensions import override

from assessor_app.app import Options, Program
from assessor_app.usecases.first_page import FirstPage
from tests.fakes import Vault


class Stopping(Program):
    """The program, which stops where it would go on to load the rest."""

    @override
    def _on_first_page(self, page: FirstPage) -> None:
        self._frame.show_rows(page.rows)
        self.window.grab()
        (table,) = self.window.findChildren(QTableView)
        seen = {"rows": table.model().rowCount(), "modules": sorted(sys.modules)}
        sys.stdout.write(json.dumps(seen))
        self._app.quit()


def main(root: str, secrets: str) -> None:
    app = QApplication([])
    program = Stopping(app, Options(root=Path(root), vault=Vault.of_told(json.loads(secrets))))
    program.start()
    app.exec()
    program.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
