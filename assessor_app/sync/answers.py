"""The answer table: what one HTTP answer means, before anybody looks for a receipt in it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime

from assessor_app.sync.errors import (
    OfflineError,
    OfflineReason,
    RefusedError,
    RetryLaterError,
    Seen,
    UnauthorisedError,
    UncertainError,
)
from assessor_app.wire.codec import parse
from assessor_app.wire.errors import MalformedError
from assessor_app.wire.messages import Problem

JSON = "application/json"
PROBLEM = "application/problem+json"
BYTES = "application/octet-stream"
WEB_PAGES = ("text/html", "application/xhtml+xml")

PAUSES_EVERYTHING = (429, 503, 507)
NETWORK_LOGIN_REQUIRED = 511
MAX_RETRY_AFTER_S = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One whole answer. Header names are in lower case; nothing in it is checked yet."""

    status: int
    headers: Mapping[str, str]
    untrusted_body: bytes = field(repr=False)

    @property
    def content_type(self) -> str:
        """The media type without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


def judge(answer: Answer, *, wanted: str = JSON) -> Answer:
    """Return a successful answer of the wanted media type.

    Raises:
        OfflineError: Not the platform's words: a redirect, a wrong content type.
        UncertainError: 408 or 5xx.
        RetryLaterError: 429, 503 or 507.
        UnauthorisedError: 401.
        RefusedError: Any other problem document.
    """
    judge_status(answer.status, answer.headers)
    if 200 <= answer.status < 300:  # noqa: PLR2004 (HTTP's classes)
        if answer.content_type != wanted:
            raise _somebody_else(answer)
        return answer
    raise _refusal(answer)


def judge_status(status: int, headers: Mapping[str, str]) -> None:
    """Raise for what the status alone decides; success and refusals pass."""
    if status in PAUSES_EVERYTHING:
        raise RetryLaterError(status, retry_after_s(headers))
    if status == NETWORK_LOGIN_REQUIRED or not 200 <= status < 600 or 300 <= status < 400:  # noqa: PLR2004
        raise OfflineError(OfflineReason.NOT_THE_PLATFORM, _seen_in(status))
    if status == 408 or status >= 500:  # noqa: PLR2004 (HTTP's own numbers)
        raise UncertainError(status)


def retry_after_s(headers: Mapping[str, str]) -> float | None:
    """Return the seconds of `Retry-After`; a date counts from the same server's `Date`."""
    told = headers.get("retry-after", "").strip()
    if re.fullmatch(r"\d{1,9}", told):
        return min(float(told), MAX_RETRY_AFTER_S)
    try:
        wait = parsedate_to_datetime(told) - parsedate_to_datetime(headers["date"])
    except (KeyError, ValueError, TypeError, OverflowError):
        return None
    return min(max(wait.total_seconds(), 0.0), MAX_RETRY_AFTER_S)


def _refusal(answer: Answer) -> UnauthorisedError | RefusedError | OfflineError:
    if answer.content_type != PROBLEM:
        return _somebody_else(answer)
    try:
        problem = parse(Problem, answer.untrusted_body)
    except MalformedError:
        return _somebody_else(answer)
    if problem.status != answer.status:
        return _somebody_else(answer)
    if answer.status == 401:  # noqa: PLR2004 (HTTP's own number)
        return UnauthorisedError()
    return RefusedError(problem)


def _somebody_else(answer: Answer) -> OfflineError:
    is_page = answer.content_type in WEB_PAGES
    seen = Seen.WEB_PAGE if is_page else Seen.OTHER_WORDS
    return OfflineError(OfflineReason.NOT_THE_PLATFORM, seen)


def _seen_in(status: int) -> Seen:
    if status == NETWORK_LOGIN_REQUIRED:
        return Seen.NETWORK_SIGN_IN
    return Seen.SENT_ELSEWHERE if 300 <= status < 400 else Seen.OTHER_WORDS  # noqa: PLR2004
