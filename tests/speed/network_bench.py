"""P11, P12 and the thin link: downloads over bad links, beside curl and beside themselves uncut.

Each link is a pair of devices of its own. Link A of P11 runs alone, because its goal is within 5 %
of the peer; the others run at the same time, because the peer takes over seven minutes on C.
"""

import contextlib
import json
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assessor_app.reference_platform.service import Platform
from tests.faults.cuts_line import Line, Way, Weather
from tests.journeys.house import ROOT, Town, platform_process
from tests.journeys.laptop import Assessor
from tests.speed.link import Kind, Link, Links, can_emulate
from tests.speed.report import Figure, keep, load

SEED = 20261125
PORT = 8765
FILE_PORT = 8766
MEGABIT = 1_000_000.0
HALF_WAY_S = 0.15
BAD_LINKS = {
    "A": Kind(rate_bit_s=MEGABIT, delay_s=HALF_WAY_S),
    "B": Kind(rate_bit_s=MEGABIT, delay_s=HALF_WAY_S, lost=0.01),
    "C": Kind(rate_bit_s=MEGABIT, delay_s=HALF_WAY_S, lost=0.05),
    "D": Kind(rate_bit_s=MEGABIT, delay_s=HALF_WAY_S, lost=0.05, control="bbr"),
}
ALONE = "A"
APART_S = 8.0
"""The other links begin so long after each other, so that not all starts are paid at once."""

CUTS_S = (0.0, 10.0, 40.0)
CUT_AFTER_S = 8.0
WHOLE_GOAL, SAME_GOAL, LOSSY_GOAL, CUT_GOAL = 0.75, 0.95, 3.0, 1.10
LOGS = ROOT / "build" / "reports"
THIN_BYTES_S = 80_000.0
THIN_CUT_EVERY_S = 3.0
TWICE_GOAL = 0.03


@dataclass(frozen=True, slots=True)
class Goods:
    """A platform's folder, a profile that has pulled nothing, and how much there is to pull."""

    platform: Path
    profile: Path
    key: str
    size: int


def goods(folder: Path, *, packets: int, page_bytes: int) -> Goods:
    """Lend submissions to an assessor and sign in."""
    platform = Platform(folder / "platform", clock=lambda: datetime.now(UTC), draw=lambda: 1.0)
    assessor = Assessor(folder / "laptop")
    with platform_process(folder / "platform") as url:
        loan = Town(folder / "platform", platform, url).lend(packets=packets, page_bytes=page_bytes)
        opened = assessor.sign_in(url, loan.token)
        opened.close()
    platform.close()
    size = sum(len(blob) for built in loan.built for blob in built.blobs.values())
    (secret,) = assessor.vault.secrets.values()
    return Goods(folder / "platform", opened.folder, secret.hex(), size)


@contextmanager
def served(link: Link, made: Goods, folder: Path) -> Generator[str]:
    """Yield the address of a copy of a platform at the far end of a link."""
    shutil.copytree(made.platform, folder)
    command = [sys.executable, "-m", "tests.speed.network_ends", "serve", link.far, str(PORT)]
    with subprocess.Popen(
        link.inside(*command, str(folder)), cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


@contextmanager
def file_served(link: Link, folder: Path, size: int) -> Generator[str]:
    """Yield the address of one file at the far end."""
    folder.mkdir()
    (folder / "file").write_bytes(random.Random(SEED).randbytes(size))  # noqa: S311
    command = [sys.executable, "-m", "http.server", str(FILE_PORT), "--bind", link.far]
    with subprocess.Popen(
        link.inside(*command, "--directory", str(folder), "--protocol", "HTTP/1.1"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            threading.Event().wait(1.0)
            yield f"http://{link.far}:{FILE_PORT}/file"
        finally:
            process.terminate()


def pull(url: str, made: Goods, folder: Path) -> subprocess.Popen[str]:
    """Begin to pull everything into a copy of the profile."""
    shutil.copytree(made.profile, folder)
    command = [sys.executable, "-m", "tests.speed.network_ends", "pull", url, str(folder), made.key]
    command.append(str(LOGS / f"requests {folder.name}.txt"))
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def curl(url: str) -> subprocess.Popen[str]:
    command = ["curl", "-s", "-o", "/dev/null", "-w", "%{time_total} %{size_download}", url]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def last_line(process: subprocess.Popen[str]) -> dict[str, Any]:
    told, _ = process.communicate()
    found: dict[str, Any] = json.loads(told.strip().splitlines()[-1])
    return found


@dataclass(frozen=True, slots=True)
class Pulled:
    """What came of both ends on each link: seconds and bytes by the link's name."""

    seconds: dict[str, float]
    fetched: dict[str, int]


def pulled(folder: Path, made: Goods) -> tuple[Pulled, Pulled]:
    """Return our pull and the peer's file, each on links of its own, at the same time."""
    chance = random.Random(SEED)  # noqa: S311 (losses, not secrets)
    links = [
        {name: Link(kind, 2 * n + end, chance) for n, (name, kind) in enumerate(BAD_LINKS.items())}
        for end in (0, 1)
    ]
    with Links((*links[0].values(), *links[1].values())), contextlib.ExitStack() as stack:
        pulls = {
            name: (
                stack.enter_context(served(link, made, folder / f"platform {name}")),
                folder / f"laptop {name}",
            )
            for name, link in links[0].items()
        }
        files = {
            name: stack.enter_context(file_served(link, folder / f"file {name}", made.size))
            for name, link in links[1].items()
        }
        running: dict[str, subprocess.Popen[str]] = {}
        peers: dict[str, subprocess.Popen[str]] = {}
        for name, (url, laptop) in pulls.items():
            running[name] = pull(url, made, laptop)
            peers[name] = curl(files[name])
            if name == ALONE:
                running[name].wait()
                peers[name].wait()
            else:
                threading.Event().wait(APART_S)
        found = {name: last_line(process) for name, process in running.items()}
        told = {name: process.communicate()[0].split() for name, process in peers.items()}
    return (
        Pulled(
            {name: one["seconds"] for name, one in found.items()},
            {name: one["fetched"] for name, one in found.items()},
        ),
        Pulled(
            {name: float(one[0]) for name, one in told.items()},
            {name: int(one[1]) for name, one in told.items()},
        ),
    )


def on_bad_links(folder: Path, *, packets: int = 100, total_bytes: int = 10_000_000) -> None:
    """P11: the first pull of many packets, beside one file of equal size through curl."""
    made = goods(folder / "made", packets=packets, page_bytes=total_bytes // packets - 700)
    before = load()
    ours, theirs = pulled(folder, made)
    link_s = made.size * 8 / MEGABIT
    shares = {name: round(link_s / took, 3) for name, took in ours.seconds.items()}
    ratios = {name: round(theirs.seconds[name] / took, 3) for name, took in ours.seconds.items()}
    is_whole = min(ours.fetched.values()) >= made.size == min(theirs.fetched.values())
    reached = (
        is_whole
        and min(shares.values()) >= WHOLE_GOAL
        and ratios["A"] >= SAME_GOAL
        and ratios["C"] >= LOSSY_GOAL
    )
    p11 = Figure(
        peer="curl, one file of equal size; packet-level emulator (TUN, network namespace)",
        ours={"seconds": ours.seconds, "share_of_link": shares},
        theirs={
            "seconds": theirs.seconds,
            "share_of_link": {n: round(link_s / took, 3) for n, took in theirs.seconds.items()},
        },
        ratio=min(shares.values()),
        goal=">= 0.75 of the link on A, B, C, D; >= 0.95 x curl on A, >= 3 x on C",
        reached=reached,
        pairs=1,
        more={
            "ratios": {f"{name} to curl": ratio for name, ratio in ratios.items()},
            "load": before,
            "bytes": made.size,
            "fetched_twice_bytes": {n: got - made.size for n, got in ours.fetched.items()},
        },
    )
    keep("P11", p11)


def with_cuts(folder: Path, *, packets: int = 20, total_bytes: int = 4_000_000) -> None:
    """P12: the same download uncut, cut for 10 s and for 40 s."""
    made = goods(folder / "made", packets=packets, page_bytes=total_bytes // packets - 700)
    chance = random.Random(SEED)  # noqa: S311 (losses, not secrets)
    links = [Link(BAD_LINKS["A"], 20 + n, chance) for n in range(len(CUTS_S))]
    with Links(tuple(links)), contextlib.ExitStack() as stack:
        running: list[subprocess.Popen[str]] = []
        for number, (link, cut_s) in enumerate(zip(links, CUTS_S, strict=True)):
            url = stack.enter_context(served(link, made, folder / f"platform {number}"))
            running.append(pull(url, made, folder / f"laptop {number}"))
            threading.Thread(target=cut, args=(link, running[-1], cut_s)).start()
        found = [last_line(process) for process in running]
    uncut = found[0]["seconds"]
    ratios = {
        f"{cut_s:.0f} s": round(one["seconds"] / (uncut + cut_s), 3)
        for cut_s, one in zip(CUTS_S, found, strict=True)
        if cut_s
    }
    twice = [one["fetched"] - made.size for one in found]
    small = max(twice) <= 64 * 1024 and max(twice) <= TWICE_GOAL * made.size
    p12 = Figure(
        peer="the same download uncut, plus the cut",
        ours={f"{c:.0f} s": round(o["seconds"], 1) for c, o in zip(CUTS_S, found, strict=True)},
        theirs={f"{cut_s:.0f} s": round(uncut + cut_s, 1) for cut_s in CUTS_S if cut_s},
        ratio=max(ratios.values()),
        goal="<= 1.10 both; <= 64 KiB and <= 3 % fetched twice",
        reached=max(ratios.values()) <= CUT_GOAL and small,
        pairs=1,
        more={"ratios": ratios, "fetched_twice_bytes": twice, "load": load()},
    )
    keep("P12", p12)


def cut(link: Link, running: subprocess.Popen[str], cut_s: float) -> None:
    """Cut a link some seconds after the first byte of a download."""
    assert running.stdout is not None
    running.stdout.readline()
    threading.Event().wait(CUT_AFTER_S)
    link.is_cut = bool(cut_s)
    threading.Event().wait(cut_s)
    link.is_cut = False


def on_a_thin_link(folder: Path, *, page_bytes: int = 20_000_000) -> None:
    """A packet of 20 MB over 64 kbit/s with a cut every 30 s, ten times faster."""
    made = goods(folder / "made", packets=1, page_bytes=page_bytes)
    chance = random.Random(SEED)  # noqa: S311 (weather, not secrets)
    over = threading.Event()
    cuts = 0
    with platform_process(made.platform) as upstream, Line(upstream, chance) as line:
        line.weather = Weather(rate_bytes_s=THIN_BYTES_S)
        line.arm(None)
        began = time.monotonic()
        running = pull(line.url, made, folder / "laptop")

        def cut_again_and_again() -> None:
            nonlocal cuts
            while not over.wait(THIN_CUT_EVERY_S):
                line.cut_all()
                cuts += 1

        cutting = threading.Thread(target=cut_again_and_again)
        cutting.start()
        found = last_line(running)
        over.set()
        cutting.join()
        seconds = time.monotonic() - began
        carried = line.carried[Way.DOWN]
    twice = found["fetched"] - made.size
    thin = Figure(
        peer="the bytes of the packet at the rate of the link; user-space proxy, all connections "
        "reset every 3 s",
        ours={
            "seconds": round(seconds, 1),
            "fetched_twice_bytes": twice,
            "carried_bytes": carried,
            "cuts": cuts,
        },
        theirs={"seconds": round(made.size / THIN_BYTES_S, 1), "bytes": made.size},
        ratio=round(carried / made.size, 4),
        goal="<= 3 % of the bytes twice, headers and what a cut caught on the way included",
        reached=max(twice, carried - made.size) <= TWICE_GOAL * made.size,
        pairs=1,
    )
    keep("thin link", thin)


def main() -> None:
    for work in (with_cuts, on_bad_links, on_a_thin_link):
        if work is not on_a_thin_link and not can_emulate():
            sys.stdout.write(f"{work.__name__}: needs root and /dev/net/tun, left out\n")
            continue
        with tempfile.TemporaryDirectory() as made:
            work(Path(made))


if __name__ == "__main__":
    main()
