"""What is rebuilt after a change is what would be built from nothing; longer runs: `tests/rebuilt.py`."""

import shutil

import pytest
import rebuilt

from utils import paths
from utils.publishing import kept
from utils.publishing.elsewhere import copied


@pytest.mark.site
@pytest.mark.parametrize("change", ["un titre de chapitre"])
def test_nothing_stale_is_left(change, tmp_path):
    """Of a changed title every page is another, of a changed text only its own: the first is what can be missed."""
    project = tmp_path / "livre"
    project.mkdir()
    copied(project, "data")
    # What chapters show was made by the build before these tests: a copy has the same digests.
    shutil.copytree(paths.BUILD / kept.FOLDER, project / "_build" / kept.FOLDER)
    other = tmp_path / "autre"
    other.mkdir()
    assert rebuilt.different(change, 1, project, other) == ""
