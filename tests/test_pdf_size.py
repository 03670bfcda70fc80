"""PDFs made to exhaust a machine are refused before they do, and harm nothing else; ordinary large ones are read."""

from __future__ import annotations

import functools
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from askdesk import Desk
from askdesk.reading import read
from making import pdf, pdf_file, pdf_stream
from storing import environment

FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]"
TEXT = b"BT /F1 9 Tf 20 20 Td (Seventeen cranes stand in the harbour of Orsa.) Tj ET\n"


def page(content: bytes, resources: bytes, *objects: bytes, about: bytes = b"") -> bytes:
    """A PDF of one page; ``objects`` are numbered from 6 on, the font is 3 where no other is given, the content 5."""
    font = b"" if b"/Font" in resources else b"/Font<</F1 3 0 R>>"
    return pdf_file(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[4 0 R]>>",
            FONT,
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<%s%s>>/Contents 5 0 R>>" % (font, resources),
            pdf_stream(content, about),
            *objects,
        ]
    )


def nested(
    last: bytes, called: bytes = b"/X Do ", times: int = 20, levels: int = 6, own: bool = True, odd: bytes = b""
) -> bytes:
    """Forms that show each other, ``times`` in each, from object 6 on; the last shows ``last``; ``odd`` stands among
    the page's resources."""
    forms = []
    for number in range(7, 6 + levels):
        resources = b"/Resources<</XObject<</X %d 0 R>>>>" % number
        forms.append(pdf_stream(called * times, FORM + resources))
    forms.append(pdf_stream(last * times, FORM + (b"/Resources<</Font<</F1 3 0 R>>>>" if own else b"")))
    return page(TEXT + called, odd or b"/XObject<</X 6 0 R>>", *forms)


@functools.cache
def packed(size: int, *, times: int = 1) -> bytes:
    """Spaces, ``size`` bytes of them, packed ``times`` over."""
    squeeze = zlib.compressobj(9)
    data = b"".join(squeeze.compress(b" " * 1_000_000) for _ in range(size // 1_000_000)) + squeeze.flush()
    for _ in range(times - 1):
        data = zlib.compress(data, 9)
    return data


def drawn_font() -> bytes:
    """A font whose one character is drawn by nested forms."""
    forms = [pdf_stream(b"/X Do " * 20, FORM + b"/Resources<</XObject<</X %d 0 R>>>>" % n) for n in range(9, 14)]
    font = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/FirstChar 97/LastChar 97/Widths[9]"
        b"/Encoding<</Type/Encoding/Differences[97/a]>>/CharProcs<</a 7 0 R>>/Resources<</XObject<</X 8 0 R>>>>>>"
    )
    glyph = pdf_stream(b"9 0 0 0 9 9 d1 /X Do")
    return page(
        b"BT /F2 9 Tf (aaa) Tj ET", b"/XObject<</Y 8 0 R>>/Font<</F2 6 0 R>>", font, glyph, *forms,
        pdf_stream(b"0 0 1 1 re f " * 20, FORM),
    )  # fmt: skip


def in_object_stream() -> bytes:
    """A stream of objects that unfolds to gigabytes, in a file whose table of objects is a stream."""
    bomb = pdf_stream(packed(2_000_000_000), b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode")
    head = pdf_file([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[5 0 R]>>", FONT, bomb])
    head = head[: head.index(b"xref\n0 ")]
    rows = [0, *(head.index(b"%d 0 obj" % number) for number in range(1, 5))]
    table = b"".join(b"\x01" + place.to_bytes(4, "big") + b"\0" for place in rows) + b"\x02\0\0\0\x04\0"
    table += b"\x01" + len(head).to_bytes(4, "big") + b"\0"
    stream = pdf_stream(table, b"/Type/XRef/W[1 4 1]/Size 7/Root 1 0 R")
    return head + b"6 0 obj\n" + stream + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(head)


def many_times_the_same() -> bytes:
    content = pdf_stream(zlib.compress(TEXT * 20_000), b"/Filter/FlateDecode")
    return pdf_file(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[4 0 R]>>",
            FONT,
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents[%s]>>"
            % (b"5 0 R " * 5_000),
            content,
        ]
    )


HOSTILE: dict[str, Callable[[], bytes]] = {
    "forms in forms": lambda: nested(b"BT /F1 9 Tf (a) Tj ET "),
    "forms in forms without text": lambda: nested(b"0 0 1 1 re f "),
    "forms with the page's resources": lambda: nested(b"BT /F1 9 Tf (a) Tj ET ", own=False),
    "forms by escaped names": lambda: nested(b"0 0 1 1 re f ", b"/#58 Do "),
    "forms with a comment between": lambda: nested(b"0 0 1 1 re f ", b"/X%c\nDo "),
    "forms beside what is none": lambda: nested(b"0 0 1 1 re f ", odd=b"/XObject<</W 7/X 6 0 R/Y(a)/Z 99 0 R>>"),
    "forms beside a font that is none": lambda: nested(
        b"0 0 1 1 re f ", odd=b"/XObject<</X 6 0 R>>/Font<</F1 3 0 R/Q 7/R[1]>>"
    ),
    "a form that shows itself": lambda: page(
        TEXT + b"/X Do", b"/XObject<</X 6 0 R>>", pdf_stream(b"/X Do " * 20, FORM + b"/Resources<</XObject<</X 6 0 R>>>>")
    ),
    "a form that shows the one that shows it": lambda: page(
        TEXT + b"/X Do", b"/XObject<</X 6 0 R/Y 7 0 R>>", pdf_stream(b"/Y Do " * 9, FORM), pdf_stream(b"/X Do", FORM)
    ),
    "few forms in many": lambda: nested(b"0 0 1 1 re f ", times=3, levels=24),
    "many characters in one stream": lambda: page(
        zlib.compress(b"BT /F1 9 Tf (" + b"a" * 30_000_000 + b") Tj ET"), b"", about=b"/Filter/FlateDecode"
    ),
    "many characters between nested brackets": lambda: page(
        zlib.compress(b"BT /F1 9 Tf (" + b"a(b)" * 8_000_000 + b") Tj ET"), b"", about=b"/Filter/FlateDecode"
    ),
    "a stream packed twice": lambda: page(packed(1_500_000_000, times=2), b"", about=b"/Filter[/FlateDecode/Fl]"),
    "a stream packed and written as digits": lambda: page(
        packed(1_500_000_000, times=2).hex().encode() + b">", b"", about=b"/Filter[/AHx/FlateDecode/FlateDecode]"
    ),
    "a large stream packed once": lambda: page(packed(1_000_000_000), b"", about=b"/Filter/FlateDecode"),
    "a font's own text packed": lambda: page(
        TEXT, b"/Font<</F1 6 0 R>>", FONT[:-2] + b"/ToUnicode 7 0 R>>",
        pdf_stream(packed(1_500_000_000, times=2), b"/Filter[/FlateDecode/FlateDecode]"),
    ),
    "a font that draws by forms": drawn_font,
    "a stream of objects": in_object_stream,
    "one content very often": many_times_the_same,
}  # fmt: skip

# In a process of its own, which a PDF that is let through ends.
READ = """
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (4_000_000_000, 4_000_000_000))
from askdesk.errors import UnreadableDocument
from askdesk.reading import read
for path in sorted(Path(sys.argv[1]).iterdir()):
    try:
        read(path.read_bytes(), path.name)
        print(path.name, "was read", flush=True)
    except UnreadableDocument as error:
        print(error, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of memory are POSIX's")
def test_files_made_to_exhaust_a_machine_are_refused(tmp_path: Path) -> None:
    for name, make in HOSTILE.items():
        (tmp_path / f"{name}.pdf").write_bytes(make())
    done = subprocess.run(
        [sys.executable, "-c", READ, str(tmp_path)], env=environment(), capture_output=True, text=True, timeout=300
    )
    said = {line.partition(".pdf ")[0]: line.partition(".pdf ")[2] for line in done.stdout.splitlines()}
    assert sorted(said) == sorted(HOSTILE), done.stdout + done.stderr
    assert [line for line in said.values() if not line.startswith("unfolds to more than is read")] == []


def test_the_rest_is_indexed(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "bomb.pdf").write_bytes(HOSTILE["forms in forms"]())
    (tmp_path / "docs" / "crane.txt").write_text("The harbour of Orsa has ordered a crane.", encoding="utf-8")
    with Desk(tmp_path / "store") as desk:
        report = desk.index(tmp_path / "docs")
    assert [Path(source).name for source in report.added] == ["crane.txt"]
    assert [Path(source).name for source, _ in report.failed] == ["bomb.pdf"]


def ordinary() -> Iterator[tuple[str, bytes]]:
    """(name, PDF) of files that are large in themselves, or strange, and all the same no danger."""
    yield "a form on a page, a hundred times", nested(TEXT, times=10, levels=2)
    pixels = b"/Subtype/Image/Width 20000/Height 15000/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode"
    yield "a large image", page(TEXT + b"/X Do", b"/XObject<</X 6 0 R>>", pdf_stream(packed(300_000_000), pixels))
    attached = b"/Type/EmbeddedFile/Filter/FlateDecode"
    yield "a large attachment", page(TEXT, b"", pdf_stream(packed(200_000_000), attached))
    yield "a large drawing", page(zlib.compress(TEXT + b"0 0 1 1 re f " * 300_000), b"", about=b"/Filter/FlateDecode")
    for resources in (b"", b"/Resources<<>>", b"/Resources<</Font<</F1 6 0 R>>>>"):
        font = (
            b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.1 0 0 .1 0 0]/FirstChar 97/LastChar 97/Widths[9]"
            b"/Encoding<</Type/Encoding/Differences[97/a]>>/CharProcs<</a 7 0 R>>%s>>" % resources
        )
        shown = TEXT.replace(b"/F1", b"/F0") + b"BT /F1 9 Tf 20 90 Td (aaa) Tj ET"
        glyph = pdf_stream(b"9 0 0 0 9 9 d1 0 0 5 5 re f")
        yield "a font of drawings " + resources.decode(), page(shown, b"/Font<</F0 3 0 R/F1 6 0 R>>", font, glyph)
    yield "a stream packed in no known way", page(TEXT, b"", pdf_stream(b"x", b"/Filter/Unheard"))
    yield "an object that is none", page(TEXT, b"", b"<<<<")


@pytest.mark.parametrize(("name", "data"), list(ordinary()))
def test_ordinary_large_files_are_read(name: str, data: bytes) -> None:
    assert "Seventeen cranes stand in the harbour of Orsa." in read(data, f"{name}.pdf").text


def test_a_broken_table_of_objects_is_no_hindrance() -> None:
    whole = pdf([[(12.0, 72.0, 700.0, "Seventeen cranes stand in the harbour of Orsa.")]])
    for data in (
        whole.replace(b"startxref\n", b"startxref\n9"),
        b"junk\n" + whole,
        whole.replace(b"0000000", b"0000001"),
    ):
        assert "Seventeen cranes" in read(data, "a.pdf").text
