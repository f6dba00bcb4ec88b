"""Which pages are written anew: those that were read anew and, where what pages tell each other has changed, all.

Sphinx writes pages whose source has changed, and leaves the others with the titles, numbers
and references that they had.
"""

__all__ = ["connect"]

from collections.abc import Mapping

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from utils.publishing import inputs


def connect(app: Sphinx) -> None:
    """Tell Sphinx what to write, once it knows the numbers of what it has read."""
    app.connect("env-get-updated", _outdated, priority=900)


def _outdated(app: Sphinx, env: BuildEnvironment) -> set[str]:  # noqa: ARG001 (Sphinx passes both)
    before, env.told_by_pages = getattr(env, "told_by_pages", ""), _told(env)
    if env.told_by_pages != before:
        return set(env.found_docs)
    # The register lists the numbers of all pages, whatever of them has changed.
    return {env.register_page} if hasattr(env, "register_page") else set()


def _told(env: BuildEnvironment) -> str:
    """Return the digest of what other pages say of a page: titles, places, numbers, targets, citations."""
    bibliography = env.get_domain("cite")
    told = {
        "titles": {page: title.astext() for page, title in env.titles.items()},
        "places": {page: toc.pformat() for page, toc in env.tocs.items()},
        "numbers": (env.toc_secnumbers, env.toc_fignumbers, env.toctree_includes),
        "targets": [env.get_domain(name).data for name in ("std", "math")],
        "sections": {page: metadata.get("myst_slugs") for page, metadata in env.metadata.items()},
        "files": (dict(env.images), dict(env.dlfiles)),
        "cited": sorted((ref.docname, *(target.key for target in ref.targets)) for ref in bibliography.citation_refs),
        "labels": {entry.key: (entry.citation_id, entry.formatted_entry.label) for entry in bibliography.citations},
    }
    return inputs.digest(repr(_ordered(told)))


def _ordered(told: object) -> object:
    """Return what is told whatever the order in which pages were read."""
    if isinstance(told, Mapping):
        return sorted((repr(name), _ordered(value)) for name, value in told.items())
    if isinstance(told, set):
        return sorted(map(repr, told))
    return [_ordered(part) for part in told] if isinstance(told, list | tuple) else repr(told)
