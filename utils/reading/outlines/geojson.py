"""Outlines as a map file holds them: GeoJSON in longitudes and latitudes, every fault told.

Knows the format, and in what country the places are; not what the outlines are of.
"""

__all__ = ["read_outlines"]

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from utils.french import count, listing
from utils.reading import limits
from utils.reading.files import display_path, read_text
from utils.reading.problems import Problem
from utils.survey.outlines import Outlines, Shape
from utils.survey.territory import Extent, Territory

EARTH = Extent(ouest=-180, sud=-90, est=180, nord=90)
WORLD = 180.0  # no longitude is further
_SYSTEMS = ("CRS84", "EPSG::4326", "EPSG:4326")  # how files name degrees of WGS 84
WGS = "des longitudes et latitudes en degrés (WGS 84, EPSG:4326)"
RING = "un anneau fermé d’au moins quatre positions [longitude, latitude]"


class _Faults:
    """Equal faults of many features, to be told once."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], list[tuple[int, str | None]]] = {}

    def add(self, feature: int, where: str, expected: str, value: object = None) -> None:
        told = None if value is None else str(value)
        hits = self._found.setdefault((where, expected), [])
        if not hits or hits[-1][0] != feature:  # once a feature, however many rings it has
            hits.append((feature, told))

    def problems(self, file: str) -> Iterator[Problem]:
        for (where, expected), hits in self._found.items():
            (first, value), many = hits[0], len(hits)
            rest = f" (de même dans {count(many - 1, 'autre entité', 'autres entités')})" if many > 1 else ""
            column = ".".join(filter(None, ("features", str(first), where)))
            yield Problem(file, expected + rest, column=column, value=value, count=many)


def read_outlines(
    path: Path,
    key: str,
    problems: list[Problem],
    *,
    within: Territory | None = None,
    kept: Mapping[str, str] | None = None,
) -> Outlines | None:
    """Read the outlines of a GeoJSON file; None, and the problems noted, if anything in it is wrong.

    Parameters
    ----------
    path : Path
    key : str
        The property that identifies a place; text or a whole number, once in the file.
    problems : list of Problem
        Receives what is wrong.
    within : Territory, optional
        In whose country every position must lie.
    kept : mapping, optional
        Property -> value: only the features that hold it are read, the others are of no concern.

    Examples
    --------
    >>> from utils.paths import DATA
    >>> sorted(read_outlines(DATA / "frontieres" / "provinces.geojson", "province", []).shapes)
    ['brabant_wallon', 'hainaut', 'liege', 'luxembourg', 'namur']
    """
    before, file = len(problems), display_path(path)
    document = _document(path, file, problems)
    if document is None:
        return None
    faults, shapes, labels = _Faults(), {}, {}
    for place, feature in enumerate(document["features"]):
        properties = feature.get("properties") if isinstance(feature, dict) else None
        if not isinstance(properties, dict) or feature.get("type") != "Feature":
            faults.add(place, "", "une entité (Feature) avec ses propriétés")
            continue
        if unknown := [name for name in kept or {} if name not in properties]:
            faults.add(place, "properties", f"la propriété « {unknown[0]} » que nomme `filtre`", _listed(properties))
            continue
        if any(str(properties[name]) != value for name, value in (kept or {}).items()):
            continue
        identifier = properties.get(key)
        if not isinstance(identifier, str | int) or isinstance(identifier, bool) or identifier == "":
            found = _listed(properties) if key not in properties else identifier
            faults.add(
                place, "properties", f"un identifiant, texte ou nombre entier, dans la propriété « {key} »", found
            )
            continue
        if str(identifier) in shapes:
            finer = "un découpage plus fin, comme les secteurs statistiques, se fusionne d’abord"
            faults.add(place, f"properties.{key}", f"une seule entité par identifiant ; {finer}", identifier)
            continue
        shapes[str(identifier)] = _shape(feature.get("geometry"), place, within, faults)
        if "etiquette" in properties:
            if label := _position(properties["etiquette"]):
                labels[str(identifier)] = label
            else:
                faults.add(place, "properties.etiquette", "une position [longitude, latitude]")
    problems.extend(faults.problems(file))
    if not shapes and len(problems) == before:
        expected = "au moins une entité que `filtre` retienne" if kept else "au moins une entité"
        problems.append(Problem(file, expected, column="features"))
    source = document.get("source")
    return Outlines(shapes, source if isinstance(source, str) else "", labels) if len(problems) == before else None


def _document(path: Path, file: str, problems: list[Problem]) -> dict | None:
    text = read_text(path, problems, limits.MAP)
    if text is None:
        return None
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        problems.append(Problem(file, "un document GeoJSON (du JSON valide)", error.lineno))
        return None
    except ValueError:  # of the number, Python says no line
        problems.append(Problem(file, "un document GeoJSON, sans nombre de milliers de chiffres"))
        return None
    except RecursionError:
        problems.append(Problem(file, "un document GeoJSON, moins imbriqué"))
        return None
    kind = document.get("type") if isinstance(document, dict) else None
    if kind != "FeatureCollection" or not isinstance(document.get("features"), list):
        hint = " ; un TopoJSON se convertit d’abord en GeoJSON" if kind == "Topology" else ""
        expected = f"un GeoJSON de type FeatureCollection, avec ses entités sous `features`{hint}"
        problems.append(Problem(file, expected, column="type", value=None if kind is None else str(kind)))
        return None
    if system := document.get("crs"):
        properties = system.get("properties") if isinstance(system, dict) else None
        name = str(properties.get("name", system) if isinstance(properties, dict) else system)
        if not name.endswith(_SYSTEMS):
            expected = f"{WGS} : exporter de nouveau le fichier dans ce système"
            problems.append(Problem(file, expected, column="crs", value=name))
            return None
    return document


def _position(value: object) -> tuple[float, float] | None:
    numbers = isinstance(value, list) and all(type(part) in (int, float) and abs(part) <= WORLD for part in value)
    return (float(value[0]), float(value[1])) if numbers and len(value) == 2 else None


def _listed(properties: Mapping[str, object]) -> str:
    return ", ".join(properties) or "aucune propriété"


def _shape(geometry: object, place: int, within: Territory | None, faults: _Faults) -> Shape:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        faults.add(place, "geometry.type", f"{listing(['Polygon', 'MultiPolygon'])} seulement", kind or "rien")
        return ()
    polygons = geometry.get("coordinates")
    polygons = [polygons] if kind == "Polygon" else polygons
    if not _lists(polygons) or not all(map(_lists, polygons)):
        faults.add(place, "geometry.coordinates", RING)
        return ()
    shape = tuple(tuple(_ring(ring, place, within, faults) for ring in polygon) for polygon in polygons)
    return () if any(ring is None for polygon in shape for ring in polygon) else shape


def _lists(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, list) for item in value)


def _ring(ring: list, place: int, within: Territory | None, faults: _Faults) -> np.ndarray | None:
    try:
        positions = np.array(ring, dtype=float)
    except (TypeError, ValueError, OverflowError):
        positions = np.empty(0)
    usable = positions.ndim == 2 and len(positions) >= 4 and positions.shape[1] in (2, 3)
    if not usable or not np.isfinite(positions).all() or (positions[0] != positions[-1]).any():
        faults.add(place, "geometry.coordinates", RING)
        return None
    positions = positions[:, :2]  # a height is allowed, and of no use
    extent = (within and within.etendue) or EARTH
    least, most = np.array([extent.ouest, extent.sud]), np.array([extent.est, extent.nord])
    outside = ~((positions >= least) & (positions <= most)).all(axis=1)
    if not outside.any():
        return positions
    first = positions[outside][0]
    if (np.abs(first) > WORLD).any():
        expected = f"{WGS}, non des mètres : exporter en WGS 84 un fichier en Lambert 72 ou 2008"
    elif ((first[::-1] >= least) & (first[::-1] <= most)).all():
        expected = "la longitude d’abord, la latitude ensuite"
    else:
        where = within.pays.lieu if within and within.pays else "dans l’`etendue` du territoire"
        expected = f"{WGS} qui soient {where}"
    faults.add(place, "geometry.coordinates", expected, ", ".join(f"{side:g}" for side in first))
    return None
