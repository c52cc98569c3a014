"""The confined process. Started by the host as `python -m assessor_app.render.worker PROFILE`.

It loads one profile, warms it, gives up everything else and answers requests until the host
closes the pipe. It knows nothing: no key, no address, no file name, no person.
"""

import logging
import os
import sys
import warnings
from collections.abc import Iterator

from assessor_app.render.channel import Channel, HostGoneError
from assessor_app.render.confine import WRITE_FD, confine
from assessor_app.render.errors import RenderCode, RenderError
from assessor_app.render.frames import Frame, FrameError, FrameKind
from assessor_app.render.profiles import Message, Profile, ProfileName


def load(name: ProfileName) -> Profile:
    """Import one profile, and with it its decoders.

    Raises:
        ImportError: The decoders are not installed.
    """
    if name is ProfileName.VIEWER:
        from assessor_app.render import viewer  # noqa: PLC0415 (the other profile stays unloaded)

        return viewer.PROFILE
    from assessor_app.render import rebuilder  # noqa: PLC0415 (needs the extra `platform`)

    return rebuilder.PROFILE


def serve(profile: Profile, channel: Channel) -> None:
    """Answer requests until the host is gone."""
    while True:
        frame = channel.receive()
        try:
            for kind, items in _answer(profile, frame):
                channel.send(kind, items)
        except RenderError as error:
            channel.refuse(error.code)
        except MemoryError:
            channel.refuse(RenderCode.TOO_LARGE)
        except HostGoneError:
            return
        except Exception:  # noqa: BLE001 (whatever a decoder says of a hostile file is one code)
            channel.refuse(RenderCode.BROKEN)


def _answer(profile: Profile, frame: Frame) -> Iterator[Message]:
    handler = profile.handlers.get(frame.kind)
    if handler is None:
        raise RenderError(RenderCode.UNSUPPORTED)
    yield from handler(frame.reader())
    yield FrameKind.DONE, ()


def hush() -> None:
    """Let nothing print: a line that a decoder prints must neither cross nor open a source file."""
    os.dup2(1, WRITE_FD)
    os.dup2(2, 1)
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    sys.unraisablehook = _say_nothing


def forbid_imports() -> None:
    """Make a late import an ordinary error instead of a forbidden system call."""
    sys.path.clear()
    sys.path_hooks.clear()
    sys.path_importer_cache.clear()
    sys.meta_path.clear()


def _say_nothing(unraisable: object) -> None:
    del unraisable


def run(profile: Profile, channel: Channel) -> None:
    """Warm, confine, say so, serve."""
    profile.warm()
    confinement = confine(memory_bytes=profile.memory_bytes)
    forbid_imports()
    channel.send(FrameKind.HELLO, [confinement.value])
    try:
        serve(profile, channel)
    except (HostGoneError, FrameError, BrokenPipeError):
        return


def main(profile_name: str) -> None:
    """Load a profile and run it."""
    hush()
    channel = Channel()
    try:
        profile = load(ProfileName(profile_name))
    except ImportError:
        channel.refuse(RenderCode.UNAVAILABLE)
        return
    run(profile, channel)


if __name__ == "__main__":
    main(sys.argv[1])
    # The interpreter's own clean-up may make calls that are forbidden by now.
    os._exit(0)
