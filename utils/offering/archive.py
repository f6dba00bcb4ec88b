"""Files packed so that the same content always gives the same bytes."""

__all__ = ["in_french", "packed"]

import datetime
import io
import zipfile
from collections.abc import Mapping

_UNIX, _READABLE = 3, 0o644 << 16  # whatever the machine: both are written beside each file


def packed(files: Mapping[str, bytes], date: datetime.date) -> bytes:
    """Return a zip of files by name, in their order, each dated midnight of one day.

    Examples
    --------
    >>> packed({"a": b"1"}, datetime.date(2026, 1, 1)) == packed({"a": b"1"}, datetime.date(2026, 1, 1))
    True
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, (date.year, date.month, date.day, 0, 0, 0))
            entry.create_system, entry.external_attr = _UNIX, _READABLE
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED, 9)
    return buffer.getvalue()


def in_french(book: bytes, date: datetime.date) -> bytes:
    """Say in a workbook's properties that it is in French, which XlsxWriter has no word for, and date its parts."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    core, end = "docProps/core.xml", b"</cp:coreProperties>"
    parts[core] = parts[core].replace(end, b"<dc:language>fr</dc:language>" + end)
    return packed(parts, date)
