"""The chapter of obstacles on items that have each a scale of their own: built, and nothing left to explain."""

import pytest
from support import running
from support.scales import CASES, rated

from utils.paths import CHAPTERS
from utils.reading import waves

pytestmark = pytest.mark.chapters


@pytest.mark.parametrize("case", CASES)
def test_the_obstacles_are_built_whatever_their_scales(case, tmp_path, monkeypatch):
    edition = rated(tmp_path / "data", case)
    running.sketched(monkeypatch)
    monkeypatch.setattr(waves, "load", lambda _: edition)
    found = running.named(CHAPTERS / "27_obstacles.ipynb")
    assert found["obstacles-rangs|caption"].startswith("Rang de chaque obstacle")
    assert len([name for name in found if name.startswith("obstacles-rangs|Manque de")]) == 4
