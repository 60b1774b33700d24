"""A packed file's own reader gives what the standard library gives, part for part and refusal for refusal."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable

import pytest

from pipeline.read import archive
from pipeline.read.archive import FAULTS, Archive, plain_entries, unpacked

PARTS = {"[Content_Types].xml": b"<Types/>" * 9, "xl/workbook.xml": b"", "xl/a.xml": bytes(range(256)) * 40}
LONG = random.Random(1).randbytes(3000) * 500


def packed(method: int = zipfile.ZIP_DEFLATED, comment: bytes = b"", more: dict[str, bytes] | None = None) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as package:
        for name, content in {**PARTS, **(more or {})}.items():
            package.writestr(name, content)
        package.comment = comment
    return stream.getvalue()


OVERLAPPED = b"lies over another"
"""A part that begins before another one ends: newer libraries refuse it, as do older ones that were mended."""


def by_library(content: bytes) -> dict[str, bytes | None]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {entry.filename: outcome(lambda each=entry: package.read(each)) for entry in package.infolist()}  # type: ignore[misc]


def by_archive(content: bytes) -> dict[str, bytes | None]:
    found = Archive(content)
    return {
        entry.name: outcome(lambda each=entry: b"".join(found.chunks(each, 1 << 16)))  # type: ignore[misc]
        for entry in found.entries
    }


def outcome(work: Callable[[], bytes]) -> bytes | None:
    """What the work gives; None where the part is damaged."""
    try:
        return work()
    except FAULTS as fault:
        return OVERLAPPED if "Overlapped" in str(fault) else None


@pytest.mark.parametrize(
    "content",
    [
        packed(),
        packed(zipfile.ZIP_STORED),
        packed(zipfile.ZIP_BZIP2),
        packed(comment=b"a remark"),
        packed(more={"é.xml": b"accented", "xl\\b.xml": b"backslash", "long.xml": LONG}),
        b"before" + packed(),
        packed() + b"behind",
    ],
)
def test_every_shape_of_packed_file_gives_what_the_standard_library_gives(content: bytes) -> None:
    assert by_archive(content) == by_library(content)


def test_what_office_packs_is_read_without_the_standard_library(monkeypatch: pytest.MonkeyPatch) -> None:
    content = packed()
    monkeypatch.setattr(archive.zipfile, "ZipFile", None)
    found = Archive(content)
    filled = [entry for entry in found.entries if entry.size]
    assert {entry.name: b"".join(found.chunks(entry, 10)) for entry in filled} == {n: c for n, c in PARTS.items() if c}
    assert found.parts["[content_types].xml"].name == "[Content_Types].xml"


def test_what_is_not_packed_plainly_is_left_to_the_standard_library() -> None:
    assert plain_entries(b"before" + packed()) is None
    assert plain_entries(packed(comment=b"x")) is None
    assert plain_entries(packed(more={"é.xml": b""})) is None
    assert plain_entries(b"PK") is None
    long = Archive(packed(more={"long.xml": LONG}))
    assert unpacked(packed(more={"long.xml": LONG}), long.parts["long.xml"]) is None


def test_a_part_that_unpacks_to_more_than_it_says_is_refused_before_it_fills_the_memory() -> None:
    content = packed(more={"bomb.xml": bytes(1 << 20)})
    lying = content.replace((1 << 20).to_bytes(4, "little"), (1 << 8).to_bytes(4, "little"))
    assert by_archive(lying)["bomb.xml"] is None


def test_a_file_with_any_byte_changed_gives_what_the_standard_library_gives() -> None:
    chance, content = random.Random(7), packed()
    for _ in range(1500):
        changed = bytearray(content)
        changed[chance.choice((chance.randrange(len(content)), -1 - chance.randrange(250)))] = chance.randrange(256)
        try:
            expected = by_library(bytes(changed))
        except FAULTS:
            with pytest.raises(FAULTS):
                by_archive(bytes(changed))
        else:
            found = by_archive(bytes(changed))
            assert found == {name: found[name] if part is OVERLAPPED else part for name, part in expected.items()}
