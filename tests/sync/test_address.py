import pytest

from assessor_app.sync.address import read_address
from assessor_app.sync.errors import AddressFault, BadAddressError


@pytest.mark.parametrize(
    "typed",
    [
        "platform.example.org",
        "https://platform.example.org/",
        " platform.example.org ",
        "https://Platform.example.org:443",
    ],
)
def test_an_address_is_a_host_and_encrypted(typed: str) -> None:
    assert str(read_address(typed)) == "https://platform.example.org"


def test_this_computer_may_be_reached_in_clear() -> None:
    assert str(read_address("http://127.0.0.1:8000")) == "http://127.0.0.1:8000"
    assert str(read_address("http://[::1]:8000")) == "http://[::1]:8000"
    assert str(read_address("http://localhost:80")) == "http://localhost"


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", AddressFault.UNREADABLE),
        ("https://", AddressFault.UNREADABLE),
        ("https://host:port", AddressFault.UNREADABLE),
        ("ftp://host", AddressFault.UNREADABLE),
        ("two words", AddressFault.UNREADABLE),
        ("http://platform.example.org", AddressFault.NOT_ENCRYPTED),
        ("http://127.0.0.1.example.org", AddressFault.NOT_ENCRYPTED),
        ("https://me:secret@host", AddressFault.MORE_THAN_A_HOST),
        ("https://host/path", AddressFault.MORE_THAN_A_HOST),
        ("https://host/?q=1", AddressFault.MORE_THAN_A_HOST),
    ],
)
def test_a_bad_address_says_what_is_wrong(typed: str, fault: AddressFault) -> None:
    with pytest.raises(BadAddressError) as raised:
        read_address(typed)

    assert raised.value.fault is fault
