"""The edition as a Frictionless data package: what each file holds, for machines to check and to join."""

__all__ = ["datapackage", "file_name"]

import hashlib
import json
from collections.abc import Mapping

from utils.french import typeset
from utils.offering.fields import tables
from utils.offering.layouts import Field, Layout
from utils.offering.publication import LICENCE, Publication
from utils.survey.codebook import Codebook


def datapackage(files: Mapping[str, bytes], about: Publication, codebook: Codebook) -> str:
    """Return the descriptor (Data Package, version 1) of an edition's tables, as JSON.

    Parameters
    ----------
    files : mapping of str to bytes
        The CSV file of each table of `fields.TABLES`, by table.
    about : Publication
    codebook : Codebook
        Of the edition: which bases its answers can be of.
    """
    layouts = tables(codebook)
    name, title, address = LICENCE
    package = {
        "profile": "tabular-data-package",
        "name": about.name,
        "title": about.title,
        "description": " ".join(filter(None, [about.warning, _says(about), about.citation])),
        "version": about.version,
        "created": f"{about.date.isoformat()}T00:00:00Z",
        "languages": ["fr"],
        "keywords": [*about.keywords],
        "fictif": bool(about.warning),
        "licenses": [{"name": name, "title": title, "path": address}],
        "sources": [{"title": about.source}],
        "contributors": [
            {"title": about.asked_by, "role": "publisher"},
            {"title": about.authors, "role": "wrangler"},
        ],
        "resources": [_resource(layouts[table], content, about) for table, content in files.items()],
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _says(about: Publication) -> str:
    return typeset(
        "Les réponses comptées, question par question, telles que le livre les publie : part, intervalle à 95 %, "
        f"ventilation par {about.territory.strate.singulier} et par taille de commune. Un effectif qui dévoilerait la "
        "réponse de quelques communes n’est pas publié : il est vide, et « statut » vaut [c]."
    )


def file_name(table: str, about: Publication) -> str:
    """Return the name of a table's CSV file: it tells the edition, and that invented data is."""
    return f"{about.name}.csv" if table == "resultats" else f"{about.name}-{table}.csv"


def _resource(layout: Layout, content: bytes, about: Publication) -> dict:
    return {
        "profile": "tabular-data-resource",
        "name": layout.name,
        "path": file_name(layout.name, about),
        "title": layout.title,
        "description": typeset(f"Une ligne : {layout.says}.") + (f" {about.warning}" if about.warning else ""),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": {
            "fields": [_field(field) for field in layout.fields],
            "missingValues": [""],
            "primaryKey": list(layout.key),
            "foreignKeys": [
                {"fields": list(columns), "reference": {"resource": table, "fields": list(columns)}}
                for columns, table in layout.refers
            ],
        },
    }


def _field(field: Field) -> dict:
    stated = {
        "required": field.required or None,
        "enum": list(field.allowed) or None,
        "pattern": field.pattern or None,
        "minimum": field.least,
        "maximum": field.most,
    }
    kept = {name: value for name, value in stated.items() if value is not None}
    described = {"name": field.name, "type": field.type, "title": field.title, "description": typeset(field.says)}
    return described | ({"constraints": kept} if kept else {})
