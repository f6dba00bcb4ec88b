"""What a page tells those who show it elsewhere: search engines, messages, social networks."""

__all__ = ["PREVIEWS", "connect"]

import json
from pathlib import Path
from typing import Any

from docutils import nodes
from markupsafe import Markup, escape
from sphinx.application import Sphinx

from utils.french import typeset
from utils.publishing.hosting import doorway, presentation, sitemap
from utils.publishing.site import downloads, previews
from utils.publishing.site.addresses import canonical, within
from utils.publishing.site.dataset import dataset
from utils.publishing.site.descriptions import summary
from utils.publishing.site.edition import written

PREVIEWS = "apercus"
INVENTED = "Données fictives"


def connect(app: Sphinx) -> None:
    """Give every page its title, description, picture and address, and the edition its list of pages."""
    app.connect("html-page-context", _introduce)
    app.connect("build-finished", _write)


def _introduce(app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document) -> None:  # noqa: ARG001
    if app.builder.name != "html":
        return
    wave = written(app)
    title = Markup(context.get("title") or "").striptags()
    said = summary(context.get("body") or "<p></p>", presentation(wave), f"{INVENTED}." if wave.about.fictif else "")
    context["whole_title"] = _whole_title(app, pagename, title)
    picture = f"{PREVIEWS}/{pagename}.png"
    notice = f"{INVENTED} : aucune commune réelle n’est décrite." if wave.about.fictif else ""
    shown = said.finding or said.description
    book = typeset(wave.about.titre)
    previews.draw(Path(app.outdir) / picture, title, shown, book, f"Édition {wave.id}", typeset(notice))
    tags = [_meta("name", "description", said.description)]
    if wave.about.fictif:
        tags.append(_meta("name", "robots", "noindex"))
    properties = {
        "og:title": _own_title(app, title),
        "og:description": said.description,
        "og:type": "website" if pagename == app.config.root_doc else "article",
        "og:url": canonical(app, pagename),
        "og:locale": "fr_BE",
        "og:site_name": book,
        "og:image": within(app, picture),
        "og:image:type": "image/png",
        "og:image:width": str(previews.SIZE[0]),
        "og:image:height": str(previews.SIZE[1]),
        "og:image:alt": typeset(f"{f'{INVENTED}. ' if notice else ''}{title}. {shown}"),
    }
    tags += [_meta("property", name, content) for name, content in properties.items()]
    tags.append(_meta("name", "twitter:card", "summary_large_image"))
    # Invented data is not offered as data.
    if pagename == app.config.root_doc and not wave.about.fictif:
        files = downloads.distributions(app)
        tags.append(_embedded(dataset(wave, app.config.html_baseurl, canonical(app, pagename), files)))
    context["metatags"] = context.get("metatags", "") + "".join(f"\n    {tag}" for tag in tags)


def _own_title(app: Sphinx, title: str) -> str:
    """Return the title of a page without that of its book, but not without the word that its data is invented."""
    return typeset(f"{title} ({INVENTED.lower()})" if written(app).about.fictif else title)


def _whole_title(app: Sphinx, pagename: str, title: str) -> str:
    wave = written(app)
    own, book = _own_title(app, title), typeset(f"{wave.about.titre}, édition {wave.id}")
    # The first page bears the name of the book.
    same = pagename == app.config.root_doc and title == wave.about.titre
    return book if same else f"{own} — {book}"


def _meta(kind: str, name: str, content: str) -> str:
    return f'<meta {kind}="{escape(name)}" content="{escape(content)}">'


def _embedded(told: dict[str, Any]) -> str:
    # A text may hold "</script>".
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{text}</script>'


def _write(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.name != "html":
        return
    wave, folder, root = written(app), Path(app.outdir), app.config.root_doc
    if not wave.about.fictif:
        pages = (canonical(app, name) for name in sorted(app.env.found_docs))
        (folder / "sitemap.xml").write_text(sitemap(pages), encoding="utf-8")
    if root != "index":
        # Sphinx's own way from the edition's root to its first page has neither language nor title.
        page = doorway(
            _whole_title(app, root, typeset(wave.about.titre)),
            presentation(wave),
            f"{root}.html",
            canonical(app, root),
            "_static/favicon.svg",
            listed=not wave.about.fictif,
        )
        (folder / "index.html").write_text(page, encoding="utf-8")
