"""Cells of option columns, as tools tick them."""

import pytest

from utils.reading.forms.answers import Answers, UnreadError
from utils.reading.forms.labels import Labels

MEDIA = Answers("medias", Labels({"facebook": "Facebook", "youtube": "YouTube"}, {}), "csv")


@pytest.mark.parametrize("text", ["1", "Y", "x", "Oui", "VRAI", "Checked", "Coché", "cochée", "Selected", "Facebook"])
def test_a_tick(text):
    assert MEDIA.tick(text, "facebook") == "facebook"


@pytest.mark.parametrize("text", ["", "0", "N", "Non", "FAUX", "Unchecked", "Non coché", "Not Selected"])
def test_no_tick(text):
    assert MEDIA.tick(text, "facebook") == ""


@pytest.mark.parametrize("text", ["YouTube", "peut-être", "2"])
def test_neither(text):
    with pytest.raises(UnreadError, match="oui, non ou rien"):
        MEDIA.tick(text, "facebook")
