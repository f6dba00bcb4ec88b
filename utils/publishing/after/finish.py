"""What is done to an edition's pages once they are written: nothing here knows what wrote them."""

__all__ = ["finish"]

from pathlib import Path

from utils.french import typeset
from utils.publishing.after import alike, embeds, search, sharing, styles
from utils.publishing.after.pages import written
from utils.publishing.hosting import doorway, presentation
from utils.publishing.policy import guarded
from utils.survey.wave import Wave


def finish(folder: Path, wave: Wave, address: str, first: str) -> None:
    """Give written pages their style sheet, search, titles, pictures, figures' own pages, communes' and site map.

    Parameters
    ----------
    folder : Path
        The pages of one edition; changed.
    wave : Wave
    address : str
        Where the edition will be published.
    first : str
        The name of its first page: `chapters/00_synthese`.
    """
    pages = written(folder)
    for page in pages:
        sharing.introduce(page, wave, address, folder, first)
    chapters = [page for page in pages if page.is_chapter]
    search.index(chapters, folder)
    pages += [figure for chapter in chapters for figure in embeds.offer(chapter, wave, address, folder)]
    pages += [group for chapter in chapters for group in alike.offer(chapter, wave, folder)]
    styles.dress(pages, folder)
    for page in pages:
        page.text = guarded(page.text)
        page.write()
    if not wave.about.fictif:
        (folder / "sitemap.xml").write_text(sharing.sitemap_of(chapters, address), encoding="utf-8")
    # How the generator was configured, for its own next run: of no use to a reader, and not the same everywhere.
    (folder / ".buildinfo").unlink(missing_ok=True)
    if first != "index":
        # The generator's own way from the edition's root to its first page has neither language nor title.
        title = sharing.whole_title(wave, typeset(wave.about.titre), first=True)
        leading = doorway(
            title,
            presentation(wave),
            f"{first}.html",
            f"{address}{first}.html",
            "_static/favicon.svg",
            listed=not wave.about.fictif,
        )
        (folder / "index.html").write_text(leading, encoding="utf-8")
