"""Make `communes.geojson` of the demonstration: invented outlines for its invented communes.

    .venv/bin/python data/demo/dessiner.py

Each province is covered with small squares and cut in two again and again, until there
are as many pieces as it has communes. Their straight sides show that nobody surveyed them.
"""

import csv
import json
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
from matplotlib import path as outline

from utils.paths import DATA
from utils.reading import waves
from utils.reading.outlines import territory
from utils.survey.outlines import Shape

STEP = np.array([0.025, 0.016])  # of the squares, in degrees of longitude and latitude: about 1.8 km either way
Square = tuple[int, int]


def squares(province: Shape) -> list[Square]:
    """Return the squares whose middle lies in a province."""
    rings = [ring for polygon in province for ring in polygon]
    low, high = (getattr(np.vstack(rings), end)(axis=0) // STEP for end in ("min", "max"))
    columns, rows = (range(int(a), int(b) + 1) for a, b in zip(low, high, strict=True))
    found = [(column, row) for column in columns for row in rows]
    middles = (np.array(found) + 0.5) * STEP
    inside = np.sum([outline.Path(ring).contains_points(middles) for ring in rings], axis=0) % 2 == 1
    return [square for square, hit in zip(found, inside, strict=True) if hit]


def cut(piece: list[Square], parts: int) -> list[list[Square]]:
    """Cut a piece across its longer side, until there are `parts` of about one size."""
    if parts == 1:
        return [piece]
    long = int(np.argmax(np.ptp(np.array(piece), axis=0)))
    ordered = sorted(piece, key=lambda square: (square[long], square[1 - long]))
    middle = len(ordered) * (parts // 2) // parts
    return cut(ordered[:middle], parts // 2) + cut(ordered[middle:], parts - parts // 2)


def trace(piece: list[Square]) -> list[list[list[float]]]:
    """Return the rings around a piece, each with the piece on its left."""
    sides = set()
    for x, y in piece:
        corners = [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)]
        for side in zip(corners, corners[1:] + corners[:1], strict=True):
            if side[::-1] in sides:
                sides.remove(side[::-1])
            else:
                sides.add(side)
    onward = defaultdict(list)
    for start, end in sorted(sides):
        onward[start].append(end)
    rings = []
    while onward:
        ring = [min(onward)]
        while len(ring) == 1 or ring[-1] != ring[0]:
            ends = onward[ring[-1]]
            # Where two corners meet, turning left keeps each square with its own ring.
            way = (ring[-1][0] - ring[-2][0], ring[-1][1] - ring[-2][1]) if len(ring) > 1 else (0, 0)
            left = (ring[-1][0] - way[1], ring[-1][1] + way[0])
            ends.remove(end := left if left in ends else ends[0])
            if not ends:
                del onward[ring[-1]]
            ring.append(end)
        before = [ring[-2], *ring[:-2]]
        bends = [q for p, q, r in zip(before, ring, ring[1:], strict=False) if not _straight(p, q, r)]
        rings.append([[round(float(side), 3) for side in np.array(p) * STEP] for p in [*bends, bends[0]]])
    return rings


def _straight(p: Square, q: Square, r: Square) -> bool:
    return (q[0] - p[0]) * (r[1] - q[1]) == (q[1] - p[1]) * (r[0] - q[0])


def main(into: Path) -> None:
    """Write the file into a folder."""
    with (DATA / "demo" / "cadre.csv").open(encoding="utf-8", newline="") as file:
        frame = list(csv.DictReader(file))
    lines = []
    for province, shape in territory.provinces(waves.load("demo").codebook).shapes.items():
        codes = [row["ins"] for row in frame if row["province"] == province]
        for code, piece in zip(codes, cut(squares(shape), len(codes)), strict=True):
            geometry = {"type": "MultiPolygon", "coordinates": [[ring] for ring in trace(piece)]}
            feature = {"type": "Feature", "properties": {"ins": code}, "geometry": geometry}
            lines.append(json.dumps(feature, separators=(",", ":")))
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
    (into / "communes.geojson").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DATA / "demo")
