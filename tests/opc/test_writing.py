"""The same parts give the same bytes, which any reader of packed files unpacks to what was put in."""

from __future__ import annotations

import io
import random
import zipfile

from pipeline.opc import Package, deflated, deflated_small, write

LONG = random.Random(1).randbytes(3000) * 50
PARTS = {
    "word/document.xml": LONG,
    "_rels/.rels": b"<Relationships/>",
    "é.xml": b"",
    "[Content_Types].xml": b"<Types/>",
}


def test_the_same_parts_give_the_same_bytes_whatever_their_order() -> None:
    written = write(PARTS)
    assert written == write(dict(reversed(PARTS.items())))
    assert dict(Package(written)) == PARTS
    with zipfile.ZipFile(io.BytesIO(written)) as again:
        assert again.testzip() is None
        assert {name: again.read(name) for name in again.namelist()} == PARTS
        assert again.namelist()[:2] == ["[Content_Types].xml", "_rels/.rels"]
        assert {entry.date_time for entry in again.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_part_already_deflated_is_copied_as_it_is() -> None:
    small = deflated_small(LONG)
    ready = {name: deflated(content) for name, content in PARTS.items()}
    written = write({**ready, "word/document.xml": small})
    assert dict(Package(written)) == PARTS
    assert small.data in written
