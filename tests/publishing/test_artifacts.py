"""What no tag holds is an artifact, and what a tag holds is none."""

import pikepdf
import pytest

from utils.publishing.paper.artifacts import mark, marked

HEAD = "BT (Titre courant) Tj ET"
TEXT = "/P <</MCID 0>> BDC BT (Texte) Tj ET EMC"


def rewritten(content):
    document = pikepdf.new()
    steps = marked(pikepdf.parse_content_stream(document.make_stream(content.encode("latin-1"))))
    return " ".join(pikepdf.unparse_content_stream(steps).decode("latin-1").split())


@pytest.mark.parametrize(
    ("painted", "expected"),
    [
        (TEXT, TEXT),
        (HEAD, f"/Artifact BMC {HEAD} EMC"),
        (f"{HEAD} {TEXT}", f"/Artifact BMC {HEAD} EMC {TEXT}"),
        (f"{TEXT} 0 0 9 9 re f", f"{TEXT} /Artifact BMC 0 0 9 9 re f EMC"),
        # One artifact for all that stands between two tags.
        (f"{HEAD} q 1 0 0 rg 0 0 9 9 re f Q {TEXT}", f"/Artifact BMC {HEAD} q 1 0 0 rg 0 0 9 9 re f Q EMC {TEXT}"),
        # A path that only clips is not seen.
        (f"q 0 0 9 9 re W n {TEXT} Q", f"q 0 0 9 9 re W n {TEXT} Q"),
        # What says how a drawn letter is read is no tag.
        (
            f"BT /Span <</ActualText (ff)>> BDC (x) Tj EMC ET {TEXT}",
            f"/Artifact BMC BT /Span << /ActualText (ff) >> BDC (x) Tj EMC ET EMC {TEXT}",
        ),
        ("", ""),
    ],
)
def test_what_is_not_tagged_is_an_artifact(painted, expected):
    assert rewritten(painted) == expected.replace("<</MCID 0>>", "<< /MCID 0 >>")


def test_a_page_in_several_streams_is_marked_as_one():
    document = pikepdf.new()
    document.add_blank_page()
    parts = (HEAD, "0 0 9 9 re", "f", TEXT)
    document.pages[0].obj.Contents = pikepdf.Array([document.make_stream(part.encode()) for part in parts])
    mark(document)
    steps = [str(operator) for _, operator in pikepdf.parse_content_stream(document.pages[0])]
    assert steps == ["BMC", "BT", "Tj", "ET", "re", "f", "EMC", "BDC", "BT", "Tj", "ET", "EMC"]
