"""An edition is made again from its receipt: what was changed in it, or in what it is made of, is told."""

import hashlib
import json

import pytest

from utils import paths
from utils.publishing import provenance, verify
from utils.publishing.failures import Failure


@pytest.fixture
def told():
    return json.loads(provenance.receipt("2017", "", "https://exemple.be/"))


def test_a_receipt_names_every_file_with_its_hash(told):
    path = paths.DATA / "2017" / "effectifs.csv"
    hashes = {one["fichier"]: one["sha256"] for one in told["donnees"]}
    assert hashes["data/2017/effectifs.csv"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert "data/questionnaire.yml" in hashes
    assert not any("demo" in name for name in hashes)


def test_a_receipt_names_what_is_locked_as_it_is_installed(told):
    lock = (paths.ROOT / "requirements.lock").read_text()
    assert f"pandas=={told['bibliotheques']['pandas']} " in lock
    assert "pytest" not in told["bibliotheques"]


def test_the_files_of_respondents_have_no_hash():
    """Whoever knows all rows but one could try what that one says."""
    told = json.loads(provenance.receipt("demo", "2017", "https://exemple.be/", ["demo"]))
    hashes = {one["fichier"]: one["sha256"] for one in told["donnees"]}
    assert hashes["data/demo/reponses.csv"] is None
    assert hashes["data/2017/effectifs.csv"]


def test_what_an_edition_was_made_of_and_is_no_more_is_told(told):
    then = json.loads(json.dumps(told))
    then["python"] = "3.9.1"
    then["bibliotheques"] |= {"pandas": "1.0.0", "disparue": "1"}
    then["donnees"][0]["sha256"] = "0" * 64
    then["donnees"].append({"fichier": "data/2017/perdu.csv", "sha256": "1" * 64})
    now = told["bibliotheques"]["pandas"]
    assert verify._changed(told, told) == []
    assert verify._changed(then, told) == [
        f"Python : 3.9.1 alors, {told['python']} maintenant",
        f"pandas : 1.0.0 alors, {now} maintenant",
        "disparue : 1 alors, absente maintenant",
        f"{told['donnees'][0]['fichier']} : n’est plus le même",
        "data/2017/perdu.csv : absent maintenant",
    ]


def test_an_edition_that_is_not_published_is_not_verified(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "SITE", tmp_path)
    with pytest.raises(Failure, match=r"recu\.json manque : publier d’abord"):
        verify.verify("2017")


@pytest.mark.site
def test_the_published_edition_is_made_again_byte_for_byte():
    """Elsewhere, from nothing, under another seed of hashes."""
    found = verify.verify("2017")
    assert found.files > 400
    assert found.different == found.changed == ()


def test_a_page_that_was_touched_differs(tmp_path):
    for place, text in (("a", "<p>Deux.</p>"), ("b", "<p>Trois.</p>")):
        (tmp_path / place).mkdir()
        (tmp_path / place / "x.html").write_text(text)
        (tmp_path / place / "y.html").write_text(f"<!-- livre-pdf -->{place}<!-- /livre-pdf -->")
        (tmp_path / place / "recu.json").write_text(place)
    one, other = (verify._tree(tmp_path / place) for place in ("a", "b"))
    assert {name for name in one if one[name] != other[name]} == {"x.html"}
