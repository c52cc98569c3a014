"""Several accounts on one laptop: each with its own work, none in another's name."""

from dataclasses import dataclass, field
from pathlib import Path

from assessor_app.domain.ids import AssignmentId
from assessor_app.domain.outbox import OutboxState
from assessor_app.sync.rounds import Link
from assessor_app.usecases.accounts import KnownAccount, Unsent, list_accounts, tag_of
from assessor_app.usecases.outbox import count_places, list_outbox
from assessor_app.usecases.packet import open_packet
from assessor_app.usecases.profiles import (
    Access,
    OpenProfile,
    list_known,
    open_with_keyring,
    open_with_passphrase,
    sign_in,
)
from assessor_app.usecases.review import save_draft
from tests.journeys.house import Town
from tests.journeys.laptop import (
    Assessor,
    first_row,
    now,
    queue_of,
    sync,
    wall_clock,
    write_and_seal,
)
from tests.journeys.plaintext import leaks
from tests.journeys.writing import revisions

PASSPHRASE = "a long walk home"  # noqa: S105 (of this test)


@dataclass
class Two:
    """Two people's accounts at one laptop; the first wrote a draft and sealed another review."""

    town: Town
    laptop: Assessor
    folders: list[Path] = field(default_factory=list)

    def begin(self) -> None:
        first = self.laptop.sign_in(self.town.url, self.town.lend(packets=2).token)
        sync(first)
        sealed, drafted = queue_of(first).rows
        write_and_seal(first, sealed.assignment)
        self.draft(first, drafted.assignment)
        first.close()
        second = self.laptop.sign_in(self.town.url, self.town.lend().token)
        second.close()
        self.folders = [first.folder, second.folder]

    def draft(self, opened: OpenProfile, assignment: AssignmentId) -> None:
        packet = opened.workbench.prepare(open_packet, assignment, now=now())()
        one, *_ = revisions(packet.draft.review, packet.packet, packet.rubric)
        opened.workbench.prepare(save_draft, one, now=now())()

    def open(self, which: int) -> OpenProfile:
        return open_with_keyring(self.folders[which], self.laptop.vault, wall_clock())

    def known(self, *, but: Path | None = None) -> tuple[KnownAccount, ...]:
        return list_accounts(self.laptop.root, self.laptop.vault, but=but)


def test_nothing_of_one_account_leaves_while_another_is_signed_in(
    town: Town, assessor: Assessor
) -> None:
    two = Two(town, assessor)
    two.begin()
    before = town.query("SELECT count(*) FROM review")

    second = two.open(1)
    assert sync(second).link is Link.ONLINE
    assert second.workbench.prepare(list_outbox)() == ()
    second.close()
    assert town.query("SELECT count(*) FROM review") == before

    first = two.open(0)
    assert sync(first).received
    (act,) = first.workbench.prepare(list_outbox)()
    first.close()
    assert act.state in (OutboxState.RECEIVED, OutboxState.SETTLED)
    assert town.live_reviews(act.assignment) == [act.review]


def test_changing_the_account_and_back_keeps_every_draft_and_needs_no_token(
    town: Town, assessor: Assessor
) -> None:
    two = Two(town, assessor)
    two.begin()

    two.open(1).close()
    first = two.open(0)

    places = first.workbench.prepare(count_places)()
    assert (places.laptop, places.outbox) == (1, 1)
    assert sync(first).link is Link.ONLINE
    first.close()


def test_what_is_only_on_this_laptop_is_told_of_accounts_that_are_not_open(
    town: Town, assessor: Assessor
) -> None:
    two = Two(town, assessor)
    two.begin()

    second = two.open(1)
    (other,) = two.known(but=second.folder)
    second.close()

    assert (other.platform_url, other.unsent) == (town.url, Unsent(drafts=1, sealed=1))
    assert other.tag == tag_of(two.folders[0]) != tag_of(two.folders[1])


def test_the_account_used_last_comes_first(town: Town, assessor: Assessor) -> None:
    two = Two(town, assessor)
    two.begin()
    assert [known.folder for known in list_known(assessor.root)] == two.folders[::-1]

    two.open(0).close()

    assert [known.folder for known in list_known(assessor.root)] == two.folders
    assert [known.folder for known in two.known()] == two.folders


def test_behind_a_passphrase_the_numbers_are_known_and_no_word(
    town: Town, assessor: Assessor
) -> None:
    access = Access(typed_address=town.url, token=town.lend().token, passphrase=PASSPHRASE)
    opened = sign_in(assessor.root, access, assessor.vault, wall_clock())
    sync(opened)
    write_and_seal(opened, first_row(opened).assignment)
    opened.close()

    (known,) = list_accounts(assessor.root, assessor.vault)

    assert (known.needs_passphrase, known.platform_url) == (True, "")
    assert known.unsent == Unsent(drafts=0, sealed=1)
    assert leaks([opened.folder], [town.url, town.url.partition("://")[2]]) == []
    again = open_with_passphrase(known.folder, PASSPHRASE, wall_clock())
    assert sync(again).received
    again.close()
    assert list_accounts(assessor.root, assessor.vault)[0].unsent == Unsent(0, 0)


def test_without_its_key_an_account_still_tells_how_much_is_only_here(
    town: Town, assessor: Assessor
) -> None:
    two = Two(town, assessor)
    two.begin()
    assessor.vault.secrets.clear()

    assert two.known()[1].unsent == Unsent(drafts=1, sealed=1)
    assert two.known()[1].platform_url == ""
