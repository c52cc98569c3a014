"""What can be looked at in a packet, in words: parts, artifacts, agreements, the credential."""

from PySide6.QtCore import QCoreApplication

from assessor_app.domain.evidence import (
    Block,
    Heading,
    ListItem,
    Paragraph,
    Picture,
    Table,
    TextView,
)
from assessor_app.domain.packet import (
    Artifact,
    ArtifactKind,
    ArtifactState,
    Microcredential,
    Packet,
    Part,
    Prompt,
)
from assessor_app.domain.quotes import table_text
from assessor_app.domain.word_limit import count_words, crossing
from assessor_app.ui.evidence.notice import NoticeAction, NoticeState
from assessor_app.ui.evidence.pane import SourceState
from assessor_app.ui.evidence.reading_text import Form, Link, Passage
from assessor_app.ui.when import moment

AGREEMENTS, CREDENTIAL = "agreements", "credential"
UNREADABLE, INACCESSIBLE, ASK = "unreadable", "inaccessible", "ask"
FORBIDDEN_STATUS = 401, 403

ICONS = {
    ArtifactKind.DOCUMENT: "file-text",
    ArtifactKind.PRESENTATION: "presentation",
    ArtifactKind.TABLE: "table",
    ArtifactKind.TEXT: "file-type",
    ArtifactKind.IMAGE: "image",
    ArtifactKind.VIDEO: "video",
    ArtifactKind.AUDIO: "audio-lines",
    ArtifactKind.ARCHIVE: "archive",
    ArtifactKind.LINK: "link",
    ArtifactKind.OTHER: "file",
}


def tr(words: str) -> str:
    """Translate words of the desk."""
    return QCoreApplication.translate("desk", words)


def kind_word(artifact: Artifact) -> str:
    """Return what an artifact is, in a word."""
    return {
        ArtifactKind.DOCUMENT: tr("Document"),
        ArtifactKind.PRESENTATION: tr("Slides"),
        ArtifactKind.TABLE: tr("Table"),
        ArtifactKind.TEXT: tr("Text"),
        ArtifactKind.IMAGE: tr("Image"),
        ArtifactKind.VIDEO: tr("Video"),
        ArtifactKind.AUDIO: tr("Audio"),
        ArtifactKind.ARCHIVE: tr("Archive"),
        ArtifactKind.LINK: tr("Link"),
        ArtifactKind.OTHER: tr("File"),
    }[artifact.kind]


def source_of_artifact(artifact: Artifact) -> SourceState:
    """Return the head of the evidence pane for an artifact."""
    detail = f"{artifact.id} · {kind_word(artifact)}"
    return SourceState(
        key=artifact.id, icon=ICONS[artifact.kind], title=artifact.title, detail=detail
    )


def source_of_part(part: Part) -> SourceState:
    """Return the head of the evidence pane for the responses of a part."""
    count = len(part.prompts)
    detail = tr("1 response") if count == 1 else tr("{0} responses").format(count)
    return SourceState(key=part.id, icon="text-align-start", title=part_title(part), detail=detail)


def part_title(part: Part) -> str:
    """Return "Part 1 · Overview"."""
    return tr("Part {0} · {1}").format(part.number, part.title)


def response_source(part: Part, prompt: Prompt) -> str:
    """Return the source under which pins of a response are kept."""
    return f"{part.id}/{prompt.id}"


def passages_of_part(part: Part, packet: Packet) -> tuple[Passage, ...]:
    """Return prompts and responses, with the declarations beside Part 1."""
    passages = [Passage(form=Form.TITLE, text=part_title(part))]
    for prompt in part.prompts:
        passages += _passages_of_prompt(part, prompt)
    if part.number == 1:
        passages += _declarations(packet)
    return tuple(passages)


def _passages_of_prompt(part: Part, prompt: Prompt) -> list[Passage]:
    over = crossing(prompt.response, prompt.word_limit)
    count = count_words(prompt.response)
    if prompt.word_limit is None:
        words = tr("{0} words").format(count)
    elif over is None:
        words = tr("{0} of {1} words").format(count, prompt.word_limit)
    else:
        words = tr("{0} words, {1} over the limit of {2}").format(
            count, count - prompt.word_limit, prompt.word_limit
        )
    links = tuple(Link(m.start, m.end, m.artifact) for m in prompt.mentions)
    return [
        Passage(form=Form.PROMPT, text=prompt.text),
        Passage(form=Form.NOTE, text=words),
        Passage(
            form=Form.PARAGRAPH,
            text=prompt.response or tr("No response was given."),
            source=response_source(part, prompt) if prompt.response else "",
            links=links,
            over_limit_from=over,
        ),
    ]


def _declarations(packet: Packet) -> list[Passage]:
    ai, shared = packet.ai, packet.collaboration
    used = tr("Used.") if ai.used else tr("Not used.")
    people = shared.people
    worked = tr("With {0} others.").format(people) if people else tr("Worked alone.")
    lines = [
        (tr("Generative tools, as declared by the earner"), (used, ai.why, ai.how)),
        (
            tr("Collaboration, as declared by the earner"),
            (worked, shared.nature, shared.division),
        ),
    ]
    passages: list[Passage] = []
    for heading, texts in lines:
        passages.append(Passage(form=Form.PROMPT, text=heading))
        passages.append(Passage(form=Form.PARAGRAPH, text=" ".join(t for t in texts if t)))
    return passages


def passages_of_view(artifact: Artifact, view: TextView) -> tuple[Passage, ...]:
    """Return the blocks of a text view as passages to read and pin."""
    return tuple(
        _passage_of_block(artifact, number, block) for number, block in enumerate(view.blocks)
    )


def _passage_of_block(artifact: Artifact, index: int, block: Block) -> Passage:
    source = str(artifact.id)
    match block:
        case Heading(level, text):
            form = Form.TITLE if level == 1 else Form.HEADING
            return Passage(form=form, text=text, level=level, source=source, index=index)
        case Paragraph(text):
            return Passage(form=Form.PARAGRAPH, text=text, source=source, index=index)
        case ListItem(level=level, ordered=ordered, text=text):
            marker = "–" if ordered else "•"
            return Passage(
                form=Form.ITEM, text=text, level=level, marker=marker, source=source, index=index
            )
        case Table(rows):
            text = table_text(rows)
            return Passage(form=Form.TABLE, rows=rows, text=text, source=source, index=index)
        case Picture(number, alt):
            return Passage(form=Form.PICTURE, text=alt, picture=number)


def passages_of_agreements(packet: Packet) -> tuple[Passage, ...]:
    """Return the earner's three agreements and what blinding did, in sentences."""
    signed = (
        (tr("Ready for review"), packet.agreements.ready_for_review),
        (tr("Confirm release: no student data, releases given"), packet.agreements.confirm_release),
        (tr("Confirm work: original, collaboration stated"), packet.agreements.confirm_work),
    )
    agreed, open_ = tr("agreed"), tr("not agreed")
    report = packet.blinding
    masked = tr("{0} places that could name the earner were covered.").format(report.hits_masked)
    return (
        Passage(form=Form.TITLE, text=tr("Agreements of the earner")),
        *(
            Passage(
                form=Form.ITEM,
                marker="✓" if yes else "–",
                text=f"{text}: {agreed if yes else open_}",
            )
            for text, yes in signed
        ),
        Passage(form=Form.HEADING, level=2, text=tr("How this packet was anonymised")),
        Passage(form=Form.PARAGRAPH, text=masked),
        *(Passage(form=Form.ITEM, marker="•", text=line) for line in report.removed),
    )


def passages_of_credential(card: Microcredential) -> tuple[Passage, ...]:
    """Return the micro-credential's own card."""
    return (
        Passage(form=Form.TITLE, text=card.title),
        Passage(form=Form.NOTE, text=tr("Issued by {0}").format(card.issuer)),
        Passage(form=Form.HEADING, level=2, text=tr("Competency")),
        Passage(form=Form.PARAGRAPH, text=card.competency),
        Passage(form=Form.HEADING, level=2, text=tr("Key method")),
        Passage(form=Form.PARAGRAPH, text=card.key_method),
        *(
            passage
            for component in card.components
            for passage in (
                Passage(form=Form.PROMPT, text=component.title),
                Passage(form=Form.PARAGRAPH, text=component.text),
            )
        ),
        Passage(form=Form.HEADING, level=2, text=tr("Required evidence")),
        *(
            Passage(form=Form.ITEM, marker="•", text=f"{item.title}: {item.description}")
            for item in card.required_evidence
        ),
        Passage(form=Form.HEADING, level=2, text=tr("Research and resources")),
        *(
            Passage(form=Form.ITEM, marker="•", text=f"{item.title}. {item.reference}")
            for item in (*card.research, *card.resources)
        ),
    )


def notice_of(artifact: Artifact) -> NoticeState:
    """Return what stands in place of an artifact that has nothing to see."""
    ask = NoticeAction(ASK, tr("Ask the lead"), "circle-question-mark")
    if artifact.state is ArtifactState.INACCESSIBLE:
        reason = NoticeAction(INACCESSIBLE, tr("Use as reason: inaccessible artifact"), "flag")
        text = tr("The packet holds the proof of the try instead. You can still rate the rest.")
        title = tr("The platform could not open this link")
        return NoticeState(
            icon="unlink",
            title=title,
            text=text,
            facts=_proof(artifact),
            actions=(reason, ask),
            needs_you=True,
        )
    if artifact.state is ArtifactState.NOT_CAPTURED:
        text = tr("The platform has no copy of this link, and you never open a link yourself.")
        title = tr("This link was not captured")
        return NoticeState(icon="link-2-off", title=title, text=text, actions=(ask,))
    if artifact.state is ArtifactState.KEPT_AT_PLATFORM:
        text = tr("This kind of file has no offline view yet. It is safe at the platform.")
        title = tr("Kept at the platform")
        return NoticeState(icon="archive", title=title, text=text, actions=(ask,))
    reason = NoticeAction(UNREADABLE, tr("Mark as unreadable…"), "file-x")
    text = tr("It is whole at the platform and was not changed. You can still rate the rest.")
    return NoticeState(
        icon="file-x",
        title=tr("This file can’t be shown"),
        text=text,
        facts=(artifact.problem,) if artifact.problem else (),
        actions=(ask, reason),
    )


def _proof(artifact: Artifact) -> tuple[str, ...]:
    if artifact.capture is None:
        return ()
    status = artifact.capture.status
    said = tr("access needed") if status in FORBIDDEN_STATUS else tr("no page")
    return (f"{moment(artifact.capture.at)} · {status or '–'}, {said}",)
