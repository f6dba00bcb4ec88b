"""The script of one page, which no other page loads."""

__all__ = ["load"]


def load(context: dict, folder: str, name: str) -> None:
    """Name `<folder>/<name>.js` in the head of the page whose context this is; `static/propre.js` asks for it."""
    script = context["pathto"](f"{folder}/{name}.js", resource=True)
    context["metatags"] = context.get("metatags", "") + f'\n<meta name="script-de-la-page" content="{script}">'
