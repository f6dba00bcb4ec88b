"""The data package: what the Frictionless tool itself accepts, for every edition and odd data too."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from support import holdings
from support.damages import DAMAGES

from utils.offering.bundle import offered
from utils.offering.tidy import held
from utils.reading import waves

TOOL = Path(sys.executable).with_name("frictionless")


def write(files, folder):
    for file in files:
        (folder / file.name).write_bytes(file.content)
    [package] = folder.glob("*.json")
    return package


def described(edition):
    [content] = [f.content for f in holdings.files(edition).values() if f.media_type == "application/json"]
    return json.loads(content)


def validated(package):
    command = [str(TOOL), "validate", package.name, "--json"]
    done = subprocess.run(command, cwd=package.parent, capture_output=True, text=True, check=False)
    return json.loads(done.stdout)


@pytest.mark.parametrize("edition", ["2017", "demo"])
def test_frictionless_accepts_the_package(edition, tmp_path):
    report = validated(write(holdings.files(edition).values(), tmp_path))
    assert report["valid"], report
    assert [task["name"] for task in report["tasks"]] == list(held(holdings.edition(edition)))
    assert not report["warnings"]


@pytest.mark.parametrize("damage", ["nobody", "five_points"])
def test_frictionless_accepts_what_little_a_wave_holds(damage, data, tmp_path):
    DAMAGES[damage](data)
    report = validated(write(offered(waves.load("2017", data)), tmp_path))
    assert report["valid"], report


@pytest.mark.parametrize(
    ("file", "before", "after", "error"),
    [
        (".csv", b",59,140,", b",-9,140,", "constraint-error"),
        (".csv", b",59,140,", b",many,140,", "type-error"),
        (".csv", b"medias,actives,ensemble", b"media,actives,ensemble", "foreign-key"),
        ("-strates.csv", b"province,namur", b"province,liege", "primary-key"),
    ],
)
def test_it_refuses_damaged_tables(file, before, after, error, tmp_path):
    package = write(holdings.files("2017").values(), tmp_path)
    table = package.with_name(f"{package.stem}{file}")
    content = table.read_bytes()
    assert before in content
    table.write_bytes(content.replace(before, after))
    descriptor = described("2017")
    for resource in descriptor["resources"]:
        # Else the checksum alone would betray the change.
        resource.pop("bytes"), resource.pop("hash")
    package.write_text(json.dumps(descriptor), encoding="utf-8")
    report = validated(package)
    assert not report["valid"]
    assert error in {found["type"] for task in report["tasks"] for found in task["errors"]}


def test_the_package_names_its_licence_its_source_and_its_language():
    package = described("2017")
    assert [licence["name"] for licence in package["licenses"]] == ["CC-BY-4.0"]
    assert "FuturoCité" in package["sources"][0]["title"]
    assert package["languages"] == ["fr"]
    assert {contributor["role"] for contributor in package["contributors"]} == {"publisher", "wrangler"}
    assert package["fictif"] is False
    for resource in package["resources"]:
        assert all(field["description"] for field in resource["schema"]["fields"])


def test_invented_data_says_so():
    package = described("demo")
    assert package["fictif"] is True
    for text in (package["name"], package["description"], *(r["description"] for r in package["resources"])):
        assert "fictives" in text
