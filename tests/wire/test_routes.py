from urllib.parse import urlsplit

import pytest

from assessor_app.domain.ids import AssignmentId, BlobId, ReviewId, RubricId
from assessor_app.wire import routes


@pytest.mark.parametrize("told", ["../../v1/me", "a?cursor=x", "a#b", "a b", "größe", "a%2fb"])
def test_an_id_is_one_segment_of_its_path_whatever_is_in_it(told: str) -> None:
    paths = (
        routes.blob(BlobId(told)),
        routes.rubric(RubricId(told), 3),
        routes.void(AssignmentId("a"), ReviewId(told)),
    )

    assert [urlsplit(path).path.count("/") for path in paths] == [3, 5, 6]
    assert all(urlsplit(path).path == path and path.isascii() for path in paths)


def test_the_ids_of_the_contract_stay_as_they_are() -> None:
    name = "0b0f9a5e-6f0e-4c58-9a51-3c6f0e6d1f2a"

    assert routes.assignment(AssignmentId(name)) == f"/v1/assignments/{name}"
