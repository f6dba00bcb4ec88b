"""An address is one that pages can be read at, and every edition is a folder of it."""

import pytest
import yaml

from utils import paths
from utils.__main__ import main
from utils.publishing import build
from utils.publishing.hosting import address, site_address


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://exemple.be", "https://exemple.be/"),
        ("https://exemple.be/", "https://exemple.be/"),
        ("https://exemple.be/medias//", "https://exemple.be/medias/"),
        ("http://localhost:8000/", "http://localhost:8000/"),
        ("http://127.0.0.1:8000/livre", "http://127.0.0.1:8000/livre/"),
    ],
)
def test_an_address_ends_in_one_slash(typed, kept):
    assert site_address(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "exemple.be",
        "//exemple.be/",
        "/livre/",
        "ftp://exemple.be/",
        "javascript:alert(1)",
        "file:///livre/",
        "https://",
        "https:///livre",
        "https://exemple.be/?page=1",
        "https://exemple.be/#livre",
        "https://exemple.be/mon livre/",
        'https://exemple.be/"><script>',
        "https://quelqu-un@exemple.be/",
        "https://exemple.be:port/",
        "https://[exemple.be/",
    ],
)
def test_what_is_no_address_of_a_site_is_refused(typed):
    with pytest.raises(ValueError, match="attendu : une adresse complète"):
        site_address(typed)


@pytest.mark.parametrize("command", [["build", "2017"], ["site"]])
def test_a_bad_address_is_refused_before_anything_runs(command, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(paths, "SITE", tmp_path / "_site")
    monkeypatch.setattr(paths, "BUILD", tmp_path / "_build")
    assert main([*command, "--url", "exemple.be"]) == 1
    assert "Adresse du site « exemple.be » ; attendu : une adresse complète" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_the_book_is_published_where_it_is_said_to_be():
    assert yaml.safe_load(build._config("2017", "https://exemple.be/"))["html"]["baseurl"] == "https://exemple.be/"
    assert address("https://exemple.be") == "https://exemple.be/"
    # What `make book` says to read it at.
    assert address("") == "http://localhost:8000/"
