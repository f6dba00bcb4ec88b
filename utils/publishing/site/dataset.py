"""The edition as a set of data, in the words that search engines for data read (schema.org)."""

__all__ = ["connect", "dataset", "embedded"]

import json
from collections.abc import Iterable
from typing import Any, Protocol

from docutils import nodes
from sphinx.application import Sphinx

from utils.french import typeset
from utils.offering.publication import makers
from utils.publishing.hosting import presentation
from utils.publishing.site.addresses import canonical
from utils.publishing.site.downloads import distributions
from utils.publishing.site.edition import written
from utils.survey.wave import Wave

LICENCE = "https://creativecommons.org/licenses/by/4.0/"


class File(Protocol):
    """What a file that readers may take says of itself."""

    path: str
    name: str
    media_type: str
    size: int
    description: str


def connect(app: Sphinx) -> None:
    """Have the first page say what the edition offers; invented data is not offered as data."""
    app.connect("html-page-context", _describe)


def _describe(app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document) -> None:  # noqa: ARG001
    wave = written(app)
    if pagename == app.config.root_doc and not wave.about.fictif:
        told = dataset(wave, app.config.html_baseurl, canonical(app, pagename), distributions(app))
        context["metatags"] = context.get("metatags", "") + f"\n    {embedded(told)}"


def embedded(told: dict[str, Any]) -> str:
    """Return a description as an element for a page's head."""
    # A text may hold "</script>".
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{text}</script>'


def dataset(wave: Wave, base: str, page: str, files: Iterable[File]) -> dict[str, Any]:
    """Return the description of an edition's data.

    Parameters
    ----------
    wave : Wave
    base : str
        Address of the edition's root.
    page : str
        Address of the page that presents the data.
    files : iterable of File
        What can be downloaded, by its path from the edition's root.
    """
    about = wave.about
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": typeset(f"{about.titre}, édition {wave.id}"),
        "description": typeset(f"{presentation(wave)} Enquête : {about.organisateur}."),
        "url": page,
        "inLanguage": "fr",
        "license": LICENCE,
        "isAccessibleForFree": True,
        "creator": [{"@type": "Organization", "name": maker} for maker in makers(about)],
        "temporalCoverage": f"{about.periode.debut}/{about.periode.fin}",
        "spatialCoverage": {"@type": "Place", "name": wave.codebook.territory.place},
        "variableMeasured": [
            {"@type": "PropertyValue", "name": question.id, "description": typeset(question.libelle)}
            for question in wave.codebook.questions
            if question.type != "texte"  # what was written in free words is not published
        ],
        "distribution": [
            {
                "@type": "DataDownload",
                "name": file.name,
                "description": file.description,
                "encodingFormat": file.media_type,
                "contentUrl": f"{base}{file.path}",
                "contentSize": f"{file.size} B",
            }
            for file in files
        ],
    }
