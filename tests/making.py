"""Small real files for the tests of reading: PDF, docx."""

from __future__ import annotations

import io
import zipfile

Shown = tuple[float, float, float, str]
"""Type size, left, bottom, text."""


def pdf(pages: list[list[Shown]], *, title: str = "", encrypted: bool = False) -> bytes:
    """Returns a PDF whose pages show the given lines in Helvetica; an empty page shows a grey box."""
    objects: list[bytes] = [b"<</Type/Catalog/Pages 2 0 R>>", b"", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    kids = []
    for lines in pages:
        shown = b"".join(
            b"BT /F1 %.1f Tf %.1f %.1f Td (%s) Tj ET\n" % (size, left, bottom, text.encode("latin-1"))
            for size, left, bottom, text in lines
        )
        stream = shown or b"0.5 g 100 100 200 200 re f\n"
        objects.append(b"<</Length %d>>stream\n%sendstream" % (len(stream), stream))
        kids.append(len(objects) + 1)
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>"
            % len(objects)
        )
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    trailer = b"/Root 1 0 R"
    if title:
        objects.append(b"<</Title(%s)>>" % title.encode("latin-1"))
        trailer += b"/Info %d 0 R" % len(objects)
    if encrypted:
        key = b"<" + b"5a" * 32 + b">"
        objects.append(b"<</Filter/Standard/V 1/R 2/O%s/U%s/P -4>>" % (key, key))
        trailer += b"/Encrypt %d 0 R/ID[<00><00>]" % len(objects)
    return pdf_file(objects, trailer)


def pdf_file(objects: list[bytes], trailer: bytes = b"/Root 1 0 R") -> bytes:
    """Returns a PDF of these objects, numbered from 1, with their table and trailer."""
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        out.write(b"%010d 00000 n \n" % place)
    out.write(b"trailer<</Size %d%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start))
    return out.getvalue()


def pdf_stream(content: bytes, about: bytes = b"") -> bytes:
    """Returns the stream object of ``content``, with ``about`` in its dictionary."""
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), about, content)


def docx(*paragraphs: tuple[str, str], title: str = "") -> bytes:
    """Returns a docx of (style, text) paragraphs, made by python-docx."""
    import docx as library

    document = library.Document()
    document.core_properties.title = title
    for style, text in paragraphs:
        document.add_paragraph(text, style=style)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def replaced(package: bytes, name: str, content: bytes) -> bytes:
    """Returns the zip archive ``package`` with the file ``name`` in it replaced by ``content``."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, content if entry.filename == name else old.read(entry.filename))
    return out.getvalue()
