"""What screens work with, built once by the composition root and passed down."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from assessor_app.render.host import RenderHost
from assessor_app.ui.tasks import Tasks
from assessor_app.usecases.workbench import Workbench


def _always() -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """What a controller may use.

    `own_words` gives what names the assessor now, for the leak check. `shows_images` says no where
    artifacts cannot be decoded in confinement: then only their text is shown.
    """

    tasks: Tasks
    workbench: Workbench
    render: RenderHost
    clock: Callable[[], datetime]
    own_words: Callable[[], tuple[str, ...]] = field(default=tuple, repr=False)
    shows_images: Callable[[], bool] = _always
