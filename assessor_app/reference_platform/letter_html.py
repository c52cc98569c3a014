"""How a letter looks: one HTML file that needs nothing else, prints well and reads well aloud."""

from collections.abc import Iterable, Iterator
from html import escape

from assessor_app.domain.determination import Determination
from assessor_app.reference_platform.letter import (
    KIND_WORDS,
    CriterionResult,
    GivenReason,
    Letter,
    Remark,
    day_in_words,
    decision_in_words,
)

_STYLE = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; padding: 40px 16px; background: #f5f5f3; color: #1d1c1a;
  font: 16px/1.55 Inter, system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
main { max-width: 720px; margin: 0 auto; padding: 56px 56px 48px; background: #fff;
  border: 1px solid #e2e1dc; border-radius: 8px; }
h1 { margin: 4px 0 0; font-size: 28px; line-height: 1.2; letter-spacing: -0.01em; }
h2 { margin: 44px 0 12px; padding-top: 20px; border-top: 1px solid #e2e1dc; font-size: 19px; }
h3 { margin: 0; font-size: 16px; }
p { margin: 8px 0 0; }
.issuer { margin: 0; color: #504e49; font-weight: 600; }
.facts { display: flex; flex-wrap: wrap; gap: 4px 32px; margin: 16px 0 0; color: #504e49; }
.facts dt { display: inline; } .facts dt::after { content: ": "; }
.facts dd { display: inline; margin: 0; color: #1d1c1a; font-weight: 600; }
.decision { margin-top: 28px; padding: 20px 24px; border-left: 4px solid; border-radius: 6px; }
.decision h2 { margin: 0; padding: 0; border: 0; font-size: 22px; }
.decision p { margin-top: 4px; }
.award { background: #e4f2e9; border-color: #1e6944; } .award h2 { color: #1e6944; }
.deny { background: #fcefd8; border-color: #855000; } .deny h2 { color: #6b4100; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 10px 12px 10px 0; border-bottom: 1px solid #e2e1dc; text-align: left;
  vertical-align: top; }
thead th { color: #504e49; font-size: 14px; } tbody th { font-weight: 600; }
td.state { white-space: nowrap; font-weight: 600; } .yes { color: #1e6944; } .no { color: #855000; }
section.criterion { margin-top: 28px; break-inside: avoid; }
.level { margin-top: 2px; color: #504e49; }
.remark { margin-top: 12px; padding-left: 16px; border-left: 3px solid #e2e1dc; }
.remark.challenge { border-color: #a67400; } .remark.praise { border-color: #1e6944; }
.remark.resource, .remark.connection { border-color: #7e9fd3; }
.remark strong { display: block; font-size: 14px; color: #504e49; }
.text { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
ol { margin: 12px 0 0; padding-left: 24px; } li { margin-top: 8px; padding-left: 4px; }
@media (max-width: 560px) { main { padding: 28px 20px; } }
@media print { body { padding: 0; background: none; font-size: 11pt; }
  main { max-width: none; padding: 0; border: 0; } h2, h3 { break-after: avoid; }
  .decision, tr, .remark { break-inside: avoid; } @page { margin: 20mm; } }
"""


def html_of(letter: Letter) -> str:
    """Return the letter as one HTML document."""
    body = "\n".join(_body(letter))
    title = escape(f"{decision_in_words(letter.decided)}: {letter.title}")
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _body(letter: Letter) -> Iterator[str]:
    yield "<header>"
    yield f'<p class="issuer">{escape(letter.issuer)}</p>'
    yield f"<h1>{escape(letter.title)}</h1>"
    yield '<dl class="facts">'
    yield f"<div><dt>Submission</dt><dd>{escape(letter.handle)}</dd></div>"
    yield f"<div><dt>Decided on</dt><dd>{day_in_words(letter.decided_on)}</dd></div>"
    yield "</dl>\n</header>"
    yield from _decision(letter)
    yield from _reasons(letter.reasons)
    yield from _levels(letter.results)
    yield from _feedback(letter)
    yield "<section>\n<h2>What you can do next</h2>\n<ol>"
    yield from (f"<li>{escape(step)}</li>" for step in letter.next_steps)
    yield "</ol>\n</section>"


def _decision(letter: Letter) -> Iterator[str]:
    awarded = letter.decided is Determination.AWARD
    yield f'<section class="decision {"award" if awarded else "deny"}">'
    yield f"<h2>{escape(decision_in_words(letter.decided))}</h2>"
    told = (
        "Your evidence shows what this micro-credential asks for."
        if awarded
        else "Your evidence does not yet show all that this micro-credential asks for."
    )
    yield f"<p>{told}</p>\n</section>"


def _levels(results: tuple[CriterionResult, ...]) -> Iterator[str]:
    yield "<section>\n<h2>Your levels</h2>\n<table>"
    yield (
        '<thead><tr><th scope="col">Criterion</th><th scope="col">Your level</th>'
        '<th scope="col">Level asked for</th><th scope="col">Reached</th></tr></thead>\n<tbody>'
    )
    for result in results:
        if not result.level:
            state = '<td class="state">Not rated</td>'
        elif result.reached:
            state = '<td class="state yes">✓ Yes</td>'
        else:
            state = '<td class="state no">Not yet</td>'
        yield (
            f'<tr><th scope="row">{result.number}. {escape(result.title)}</th>'
            f"<td>{escape(result.level) or '–'}</td><td>{escape(result.required)}</td>{state}</tr>"
        )
    yield "</tbody>\n</table>\n</section>"


def _feedback(letter: Letter) -> Iterator[str]:
    yield "<section>\n<h2>Feedback</h2>"
    for result in letter.results:
        if not (result.level or result.remarks):
            continue
        yield '<section class="criterion">'
        yield f"<h3>{result.number}. {escape(result.title)}</h3>"
        if result.level:
            yield f'<p class="level">{escape(result.level)}: {escape(result.descriptor)}</p>'
        yield from _remarks(result.remarks)
        yield "</section>"
    if letter.overall:
        yield '<section class="criterion">\n<h3>Your submission as a whole</h3>'
        yield from _remarks(letter.overall)
        yield "</section>"
    yield "</section>"


def _remarks(remarks: Iterable[Remark]) -> Iterator[str]:
    for remark in remarks:
        yield (
            f'<div class="remark {remark.kind}"><strong>{KIND_WORDS[remark.kind]}</strong>'
            f'<p class="text">{escape(remark.text)}</p></div>'
        )


def _reasons(reasons: tuple[GivenReason, ...]) -> Iterator[str]:
    if not reasons:
        return
    yield "<section>\n<h2>Why</h2>"
    for reason in reasons:
        about = f": {escape(reason.about)}" if reason.about else ""
        yield (
            f'<div class="remark challenge"><strong>{reason.words}{about}</strong>'
            f'<p class="text">{escape(reason.explanation)}</p></div>'
        )
    yield "</section>"
