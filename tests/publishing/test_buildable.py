"""What `check` accepts is built: two surveys drawn at random; `tests/buildable.py` tries as many as one likes."""

import pytest
from buildable import checked_and_built

pytestmark = pytest.mark.chapters


@pytest.mark.parametrize("seed", [1, 4])
def test_a_survey_that_is_accepted_is_built(seed, tmp_path):
    refused, failed = checked_and_built(seed, tmp_path)
    assert not refused
    assert not failed
