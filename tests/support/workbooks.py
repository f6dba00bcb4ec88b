"""Workbooks as spreadsheets write them, cell by cell."""

import zipfile
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DAY, MOMENT = 1, 2  # the styles of a date and of a date with its time


def write_workbook(path, sheets, hidden=()):
    """Write a workbook: `{sheet: rows}`, a cell being text, a number, a bool, None or (number, style)."""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml"'
        f' ContentType="application/xml"/><Default Extension="rels"'
        f' ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1"'
        f' Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/>'
        '<xf numFmtId="22"/></cellXfs></styleSheet>',
    }
    listed, linked = "", f'<Relationship Id="s" Type="{LINKS}/styles" Target="styles.xml"/>'
    for place, (title, rows) in enumerate(sheets.items(), 1):
        state = ' state="hidden"' if title in hidden else ""
        listed += f'<sheet name="{escape(title)}" sheetId="{place}"{state} r:id="rId{place}"/>'
        linked += f'<Relationship Id="rId{place}" Type="{LINKS}/worksheet" Target="worksheets/{place}.xml"/>'
        body = "".join(f'<row r="{line}">{_cells(row, line)}</row>' for line, row in enumerate(rows, 1))
        parts[f"xl/worksheets/{place}.xml"] = f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'
    parts["xl/workbook.xml"] = f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>{listed}</sheets></workbook>'
    parts["xl/_rels/workbook.xml.rels"] = f'<Relationships xmlns="{PACKAGE}/relationships">{linked}</Relationships>'
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


def _cells(row, line):
    written = ""
    for column, cell in enumerate(row):
        place = f'r="{chr(65 + column)}{line}"'
        if isinstance(cell, str):
            written += f'<c {place} t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
        elif isinstance(cell, bool):
            written += f'<c {place} t="b"><v>{int(cell)}</v></c>'
        elif isinstance(cell, tuple):
            written += f'<c {place} s="{cell[1]}"><v>{cell[0]}</v></c>'
        elif cell is not None:
            written += f"<c {place}><v>{cell}</v></c>"
    return written
