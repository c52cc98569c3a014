from assessor_app.store import settings as stored
from assessor_app.store.opening import Store
from assessor_app.usecases.settings import (
    Settings,
    Theme,
    account_facts,
    load_own_words,
    load_settings,
    save_own_words,
    save_settings,
    sign_out,
)
from assessor_app.usecases.workbench import Workbench
from tests.sync.bench import EPOCH


def test_settings_come_back_as_they_were_saved(bench: Workbench) -> None:
    assert bench.prepare(load_settings)() == Settings()
    chosen = Settings(theme=Theme.DARK, text_scale=1.5, letter_keys=False)

    bench.prepare(save_settings, chosen)()

    assert bench.prepare(load_settings)() == chosen


def test_what_an_older_version_saved_outlives_a_new_setting(store: Store, bench: Workbench) -> None:
    with store.sessions.begin() as session:
        stored.put_setting(session, "settings", '{"theme":"dark","gone":1}')

    assert bench.prepare(load_settings)() == Settings(theme=Theme.DARK)


def test_settings_of_another_version_are_replaced_by_defaults(
    store: Store, bench: Workbench
) -> None:
    with store.sessions.begin() as session:
        stored.put_setting(session, "settings", '{"theme":"sepia"}')

    assert bench.prepare(load_settings)() == Settings()


def test_own_words_are_kept_without_blanks(bench: Workbench) -> None:
    bench.prepare(save_own_words, (" Quillfeather ", "", "  "))()

    assert bench.prepare(load_own_words)() == ("Quillfeather",)


def test_signing_out_forgets_the_token_alone(bench: Workbench) -> None:
    bench.prepare(sign_out)()

    facts = bench.prepare(account_facts)()
    assert facts is not None
    assert (facts.is_signed_in, facts.account, facts.epoch) == (False, "account-1", EPOCH)
