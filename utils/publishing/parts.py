"""What an edition holds beside its chapters: files to keep, what its pages ask for. Each is made once: see `kept`."""

__all__ = ["commune", "downloads", "explorer", "library", "missing"]

import json
import pickle
from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import vl_convert

from utils.offering import bundle
from utils.offering import commune as communes
from utils.offering import explorer as exploring
from utils.offering.bundle import Offered
from utils.paths import CITATION
from utils.publishing import inputs, kept
from utils.publishing.processes import Reached, Work
from utils.reading import waves
from utils.survey.wave import Wave

# The addresses are names under which the package holds these modules: nothing is fetched. Its own way to Vega,
# Vega-Embed, would weigh half as much again, for Vega-Lite, which is not used.
_HELD = "https://cdn.jsdelivr.net/npm"
_SNIPPET = (
    f'import {{View, parse}} from "{_HELD}/vega@6.2.0/+esm";'
    f'import {{expressionInterpreter}} from "{_HELD}/vega-interpreter@2.0.0/+esm";'
    "export {View, parse, expressionInterpreter};"
)


def missing(wave: str, begun: str) -> dict[str, Work]:
    """Return what makes those parts of an edition of which nothing is kept, by their names; the longest first.

    What is made is kept only if nothing has changed since the digest of everything was `begun`.
    """
    return {
        part.told: partial(_work, name, wave, begun) for name, part in _PARTS.items() if not _place(name, wave).exists()
    }


def downloads(wave: str) -> tuple[Offered, ...]:
    """Return the files that an edition offers to keep: see `bundle.offered`."""
    return pickle.loads(_made("telechargements.pickle", wave).read_bytes())


def explorer(wave: str) -> dict:
    """Return what the explorer shows: see `explorer.explored`."""
    return json.loads(_made("explorateur.json", wave).read_bytes())


def commune(wave: str) -> bytes:
    """Return what « Ma commune » shows, as JSON; empty where no commune is known by name: see `commune.told`."""
    return _made("commune.json", wave).read_bytes()


def library() -> bytes:
    """Return Vega with all that it needs as one module."""
    return _made("vega.js", "").read_bytes()


class _Part(NamedTuple):
    """What it is in French, the module that it is made by (empty: a library alone), what makes its bytes of a wave."""

    told: str
    module: str
    make: Callable[[Wave], bytes]


def _json(told: object) -> bytes:
    return json.dumps(told, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8")


def _of_communes(wave: Wave) -> bytes:
    told = communes.told(wave)
    return b"" if told is None else _json(told)


_PARTS = {
    "telechargements.pickle": _Part(
        "les fichiers à télécharger", bundle.__name__, lambda wave: pickle.dumps(bundle.offered(wave))
    ),
    "explorateur.json": _Part("l’explorateur", exploring.__name__, lambda wave: _json(exploring.explored(wave))),
    "commune.json": _Part("« Ma commune »", communes.__name__, _of_communes),
    "vega.js": _Part("la bibliothèque de dessin", "", lambda _: vl_convert.javascript_bundle(_SNIPPET).encode("utf-8")),
}


def _work(name: str, wave: str, begun: str, reached: Reached) -> None:  # noqa: ARG001 (it tells nothing on its way)
    def made() -> bytes:
        content = _content(name, wave)
        inputs.check_unchanged(begun)
        return content

    kept.made(_place(name, wave), made)


def _made(name: str, wave: str) -> Path:
    return kept.made(_place(name, wave), lambda: _content(name, wave))


def _content(name: str, wave: str) -> bytes:
    part = _PARTS[name]
    return part.make(part.module and waves.load(wave))


def _place(name: str, wave: str) -> Path:
    return kept.path(name, _key(_PARTS[name], wave))


def _key(part: _Part, wave: str) -> str:
    if not part.module:
        return inputs.digest(version("vl-convert-python"), _SNIPPET)
    made_of = (inputs.code(part.module, __name__), inputs.data(wave), inputs.files(CITATION), inputs.versions())
    return inputs.digest(*made_of, wave)
