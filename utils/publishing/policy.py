"""What a page may load and run: its Content-Security-Policy, in its head and, for all pages, among a host's headers.

Text that nobody escaped could still be no script of ours: only those files and those lines run
that stood in the page when it was made. Pages of figures are for other sites' frames, so no
policy says who may show a page.
"""

__all__ = ["HEADERS", "digest", "guarded", "headers"]

import base64
import hashlib
import re
from collections.abc import Iterable

HEADERS = "_headers"  # the file that Netlify, Cloudflare Pages and others of their kind read at a site's root
_ALWAYS = "default-src 'none'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'"
_LAST = "base-uri 'none'"
_HEAD = re.compile(r"<head\b[^>]*>")
_INLINE = re.compile(r"<(?P<tag>script|style)\b(?P<attributes>[^>]*)>(?P<body>.*?)</(?P=tag)>", re.DOTALL)
_DATA = re.compile(r'type="application/(?:ld\+)?json"')  # described, not run
_HASH = re.compile(r"'sha256-[A-Za-z0-9+/=]+'")
_META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')


def guarded(page: str) -> str:
    """Return a page that says first in its head what it may load and run: what it loads and runs now.

    Examples
    --------
    >>> guarded("<head><title>Présence</title></head>")[:61]
    '<head><meta http-equiv="Content-Security-Policy" content="def'
    """
    found = {"script": set(), "style": set()}
    for inline in _INLINE.finditer(page):
        if not _DATA.search(inline["attributes"]) and inline["body"]:
            found[inline["tag"]].add(digest(inline["body"]))
    scripts = found["script"] if re.search(r"<script\b", page) else None
    written = f'<meta http-equiv="Content-Security-Policy" content="{_policy(scripts, found["style"])}">'
    return _HEAD.sub(lambda head: head.group() + written, page, count=1)


def headers(pages: Iterable[str]) -> str:
    """Return the file of headers for a site: what any of its pages may run, none may go beyond."""
    found = {"script": set(), "style": set()}
    for page in pages:
        policy = _META.search(page)
        for directive in policy[1].split("; ") if policy else ():
            kind = directive.partition("-src")[0]
            if kind in found:
                found[kind].update(_HASH.findall(directive))
    policy = _policy(found["script"], found["style"])
    return f"/*\n  Content-Security-Policy: {policy}\n  X-Content-Type-Options: nosniff\n"


def _policy(scripts: set[str] | None, styles: set[str]) -> str:
    """Write a policy: of a page that runs no script, none may run."""
    allowed = {"script": scripts, "style": styles}
    told = [" ".join([f"{kind}-src 'self'", *sorted(of)]) for kind, of in allowed.items() if of is not None]
    return "; ".join([_ALWAYS, *told, _LAST])


def digest(body: str) -> str:
    """Return what a policy calls a script or a style sheet that stands in its page."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(body.encode('utf-8')).digest()).decode()}'"
