"""What `check` accepts is built: a survey drawn at random; `tests/buildable.py` tries as many as one likes."""

import pytest
from buildable import checked_and_built

pytestmark = pytest.mark.chapters


def test_a_survey_that_is_accepted_is_built(tmp_path):
    refused, failed = checked_and_built(4, tmp_path)
    assert not refused
    assert not failed
