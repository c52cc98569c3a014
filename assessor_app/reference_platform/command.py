"""The commands of `assessor-app platform`: what an operator of a small platform does."""

import argparse
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TextIO

from assessor_app.domain.determination import Determination
from assessor_app.domain.errors import AppError
from assessor_app.reference_platform import letter_html, letter_text
from assessor_app.reference_platform.demands import Demands
from assessor_app.reference_platform.errors import NotOneAssessorError
from assessor_app.reference_platform.intake_command import take_in
from assessor_app.reference_platform.service import Platform
from assessor_app.reference_platform.status import Status
from assessor_app.reference_platform.words import sentence
from assessor_app.wire.codec import dump
from assessor_app.wire.messages import PROTOCOL, NoticeKind

FIRST_ASSESSOR = "assessor-1"
DATA = Path("assessor-platform")
PORT = 8765

Command = Callable[[Platform, argparse.Namespace], int]


def main(arguments: Sequence[str]) -> int:
    """Run one command; return 0 when it did its work, 1 when something stood in its way."""
    told = _parser().parse_args(arguments)
    command: Command = told.command
    try:
        platform = Platform(
            told.data,
            clock=partial(datetime.now, UTC),
            url=told.database,
            demands=Demands(
                oldest_protocol=getattr(told, "oldest_protocol", PROTOCOL),
                database_bytes=getattr(told, "database_mb", 0) * 1000**2,
                requests_a_minute=getattr(told, "requests_a_minute", 0),
            ),
        )
    except OSError as error:
        _say(f"The folder {told.data} cannot be used: {error.strerror}.", sys.stderr)
        return 1
    try:
        return command(platform, told)
    except AppError as error:
        _say(sentence(error), sys.stderr)
        return 1
    finally:
        platform.close()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="assessor-app platform", description="A small platform for pilots, demos and tests."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, command: Command, about: str, *positional: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=about, description=about)
        added.add_argument("--data", type=Path, default=DATA, help=f"data folder ({DATA})")
        added.add_argument("--database", metavar="URL", help="instead of SQLite in the data folder")
        for argument in positional:
            added.add_argument(argument)
        added.set_defaults(command=command)
        return added

    _add_lending(add)
    serve = add("serve", _serve, "Answer assessors until stopped; prints its URL when ready.")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--while-read", action="store_true", help="End with the standard input.")
    serve.add_argument("--port", type=int, default=PORT, help=f"0: a free one ({PORT})")
    _add_demands(serve)
    status = add("status", _status, "Say what the platform holds.")
    status.add_argument("--json", action="store_true")
    decide = add("decide", _decide, "Record the issuer's decision.", "submission")
    decide.add_argument("determination", type=Determination, choices=tuple(Determination))
    letter = add("letter", _letter, "Write the earner's letter as HTML and text.", "submission")
    letter.add_argument("--out", type=Path, default=Path())
    notice = add("notice", _notice, "Tell an assessor, or everybody, something.")
    notice.add_argument("notice", type=NoticeKind, choices=tuple(NoticeKind))
    notice.add_argument("assessor", nargs="?")
    add("reclaim", _reclaim, "Take back whatever was lent for too long.")
    add("backup", _backup, "Copy the database; prints the name of the copy.")
    add("restore", _restore, "Go back to a copy, as a new epoch.", "backup")
    return parser


def _add_demands(serve: argparse.ArgumentParser) -> None:
    for option, default, about in (
        ("--oldest-protocol", PROTOCOL, "reviews in an older one are refused (426)"),
        ("--database-mb", 0, "what the SQLite database may take (507); 0: no limit"),
        ("--requests-a-minute", 0, "what one token may ask (429); 0: no limit"),
    ):
        serve.add_argument(option, type=int, default=default, metavar="N", help=about)


def _add_lending(add: Callable[..., argparse.ArgumentParser]) -> None:
    intake = add("intake", take_in, "Take folders of submissions in.")
    intake.add_argument("folder", type=Path, nargs="+")
    intake.add_argument("--microcredentials", type=Path, help="(beside the folder of submissions)")
    add("release", _release, "End a hold for the issuer.", "submission")
    token = add("token", _token, "Make a token; prints it alone.")
    token.add_argument("assessor", nargs="?", default=FIRST_ASSESSOR, help="an opaque word")
    token.add_argument("--lead", action="store_true")
    assign = add("assign", _assign, "Lend a submission, or all that need a reader.")
    assign.add_argument("submission", nargs="?", help="any person's id of it; not with --all")
    assign.add_argument("assessor", nargs="?")
    assign.add_argument("--all", action="store_true")


def _serve(platform: Platform, told: argparse.Namespace) -> int:
    from assessor_app.reference_platform.serving import Serving  # noqa: PLC0415 (only `serve` pays)

    def ready(url: str) -> None:
        _say(json.dumps({"url": url}))

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stopped)
    if told.while_read:
        threading.Thread(target=_end_with_input, daemon=True).start()
    try:
        serving = Serving(platform, host=told.host, port=told.port, ready=ready)
    except OSError as error:
        _say(f"Port {told.port} of {told.host} cannot be used: {error.strerror}.", sys.stderr)
        return 1
    serving.run()
    return 0


def _end_with_input() -> None:
    """Stop when whoever started this process is gone: its end of the pipe closes then."""
    while sys.stdin.read(1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def _stopped(_number: int, _frame: object) -> None:
    """Take a signal that the server has answered already."""


def _token(platform: Platform, told: argparse.Namespace) -> int:
    _say(platform.token(told.assessor, is_lead=told.lead))
    return 0


def _assign(platform: Platform, told: argparse.Namespace) -> int:
    if told.all:
        lent = platform.assign_all(told.submission or _only_assessor(platform))
        _say(f"{len(lent)} lent")
        return 0
    if not told.submission:
        _say("Name a submission, or say --all.", sys.stderr)
        return 2
    platform.assign(told.submission, told.assessor or _only_assessor(platform))
    _say("1 lent")
    return 0


def _only_assessor(platform: Platform) -> str:
    known = platform.assessors()
    if len(known) != 1:
        raise NotOneAssessorError
    return known[0]


def _status(platform: Platform, told: argparse.Namespace) -> int:
    status = platform.status()
    if told.json:
        _say(dump(status).decode())
    else:
        for line in _lines(status):
            _say(line)
    return 0


def _lines(status: Status) -> list[str]:
    lines = [f"Epoch {status.epoch}, {status.receipts} receipts"]
    for held in status.submissions:
        state = f"decided: {held.decided}" if held.decided else f"due on {held.due_on}"
        waits = ", held for the issuer" if held.held else ""
        wanted = f", wanted: {held.next_read}" if held.next_read else ""
        lines.append(f"{held.submission}  {held.title}, {state}{waits}{wanted}")
        lines += [
            f"  {one.submission}  {one.assessor}: {one.state}, {one.reason}"
            f"{', asks' if one.asked_at else ''}"
            for one in status.assignments
            if one.earner_submission == held.submission
        ]
        ours = {a.id for a in status.assignments if a.earner_submission == held.submission}
        lines += [
            f"  {one.submission}  recommends {one.determination}"
            f"{'' if one.live else ', donated' if one.donated else ', void'}"
            for one in status.reviews
            if one.assignment in ours
        ]
    return lines


def _release(platform: Platform, told: argparse.Namespace) -> int:
    platform.release(told.submission)
    return 0


def _decide(platform: Platform, told: argparse.Namespace) -> int:
    platform.decide(told.submission, told.determination)
    return 0


def _letter(platform: Platform, told: argparse.Namespace) -> int:
    letter = platform.letter(told.submission)
    told.out.mkdir(parents=True, exist_ok=True)
    for suffix, content in (
        ("html", letter_html.html_of(letter)),
        ("txt", letter_text.text_of(letter)),
    ):
        path = told.out / f"letter-{letter.handle}.{suffix}"
        path.write_text(content, "utf-8")
        _say(str(path))
    return 0


def _notice(platform: Platform, told: argparse.Namespace) -> int:
    _say(f"{platform.notice(told.notice, told.assessor)} told")
    return 0


def _reclaim(platform: Platform, _told: argparse.Namespace) -> int:
    _say(f"{platform.reclaim()} taken back")
    return 0


def _backup(platform: Platform, _told: argparse.Namespace) -> int:
    _say(platform.back_up().name)
    return 0


def _restore(platform: Platform, told: argparse.Namespace) -> int:
    _say(platform.restore(told.backup))
    return 0


def _say(line: str, where: TextIO | None = None) -> None:
    out = where or sys.stdout
    out.write(f"{line}\n")
    out.flush()
