"""The script and the style of one page, which no other page loads."""

__all__ = ["load"]


def load(context: dict, folder: str, name: str) -> None:
    """Ask for `<folder>/<name>.css` and `.js` in the head of the page whose context this is."""
    style, script = (context["pathto"](f"{folder}/{name}.{kind}", resource=True) for kind in ("css", "js"))
    context["metatags"] = context.get("metatags", "") + (
        f'\n<link rel="stylesheet" href="{style}">\n<script type="module" src="{script}"></script>'
    )
