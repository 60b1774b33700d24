"""A packed file's parts are what the standard library gives, part for part; what is past the limits is refused."""

from __future__ import annotations

import io
import random
import zipfile

import pytest

from pipeline.opc import Limits, Package, Unsound

PARTS = {"[Content_Types].xml": b"<Types/>" * 9, "xl/workbook.xml": b"", "xl/a.xml": bytes(range(256)) * 40}
WIDE = Limits()
LONG = random.Random(1).randbytes(3000) * 500


def packed(method: int = zipfile.ZIP_DEFLATED, comment: bytes = b"", more: dict[str, bytes] | None = None) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as package:
        for name, content in {**PARTS, **(more or {})}.items():
            package.writestr(name, content)
        package.comment = comment
    return stream.getvalue()


def fault(content: bytes, part: str = "", limits: Limits = WIDE) -> str:
    """Why a file is refused, or a part of it."""
    try:
        Package(content, limits).get(part)
    except Unsound as reason:
        return reason.fault
    pytest.fail("it is read")


def by_library(content: bytes, own: dict[str, bytes]) -> dict[str, bytes]:
    """What the standard library reads; our own reading for parts over one another, which newer editions refuse."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for entry in package.infolist():
            try:
                found[entry.filename] = package.read(entry)
            except zipfile.BadZipFile as reason:
                if "Overlapped" not in str(reason):
                    raise
                found[entry.filename] = own[entry.filename]
    return found


@pytest.mark.parametrize(
    "content",
    [
        packed(),
        packed(zipfile.ZIP_STORED),
        packed(comment=b"a remark"),
        packed(more={"é.xml": b"accented", "long.xml": LONG}),
        b"before" + packed(),
        packed() + b"behind",
    ],
)
def test_every_shape_of_packed_file_gives_what_the_standard_library_gives(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert dict(Package(content)) == {name: package.read(name) for name in package.namelist()}


def test_a_file_of_the_wide_format_of_zip_is_read() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package, package.open("a.xml", "w", force_zip64=True) as part:
        part.write(b"<a/>")
    assert Package(stream.getvalue())["a.xml"] == b"<a/>"


def test_a_file_with_any_byte_changed_gives_what_the_standard_library_gives_or_is_refused() -> None:
    chance, content = random.Random(7), packed()
    read = 0
    for _ in range(1500):
        changed = bytearray(content)
        changed[chance.choice((chance.randrange(len(content)), -1 - chance.randrange(250)))] = chance.randrange(256)
        try:
            found = dict(Package(bytes(changed)))
        except Unsound:
            continue
        assert found == by_library(bytes(changed), found)
        read += 1
    assert 50 < read < 1450


def test_parts_are_asked_for_in_any_case_and_spelling_and_named_as_they_are_spelt() -> None:
    package = Package(packed(more={"XL\\Sheet.xml": b"<s/>"}))
    assert package["xl/sheet.xml"] == package["/xl/SHEET.xml"] == b"<s/>"
    assert "xl/sheet.xml" in package
    assert "xl/other.xml" not in package
    assert list(package) == [*PARTS, "XL/Sheet.xml"]


def test_a_large_part_comes_in_pieces() -> None:
    package = Package(packed(more={"long.xml": LONG}))
    pieces = list(package.chunks("long.xml", 10_000))
    assert b"".join(pieces) == LONG
    assert max(map(len, pieces)) == 10_000
    assert package.size("long.xml") == len(LONG)
    assert package.size("none.xml") == 0


def test_what_is_no_packed_file_is_damaged() -> None:
    for content in (b"", b"PK", b"PK\x05\x06", packed()[:-30], b"<html/>"):
        assert fault(content) == "damaged"


def test_a_part_that_is_cut_off_changed_or_packed_in_another_way_is_damaged() -> None:
    content = packed()
    at = content.index(b"xl/a.xml") + 40
    assert fault(content[:at] + bytes([content[at] ^ 255]) + content[at + 1 :], "xl/a.xml") == "damaged"
    assert fault(packed(zipfile.ZIP_BZIP2), "xl/a.xml") == "damaged"


def test_a_part_that_unpacks_to_more_than_it_says_is_refused_before_it_fills_the_memory() -> None:
    content = packed(more={"bomb.xml": bytes(1 << 20)})
    lying = content.replace((1 << 20).to_bytes(4, "little"), (1 << 8).to_bytes(4, "little"))
    assert fault(lying, "bomb.xml") == "damaged"
    assert len(Package(content)["bomb.xml"]) == 1 << 20


def test_a_part_with_a_password_is_locked() -> None:
    locked = bytearray(packed())
    locked[locked.rindex(b"PK\x01\x02") + 8] |= 1
    assert fault(bytes(locked), "xl/a.xml") == "locked"
    assert Package(bytes(locked))["[content_types].xml"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("second", ["xl/a.xml", "XL/a.xml", "xl\\A.xml"])
def test_two_parts_of_one_name_are_refused_when_one_is_asked_for(second: str) -> None:
    stream = io.BytesIO(packed())
    with zipfile.ZipFile(stream, "a") as package:
        package.writestr(second, b"another")
    assert fault(stream.getvalue(), "xl/a.xml") == "twice"
    assert Package(stream.getvalue())["xl/workbook.xml"] == b""


def test_each_limit_lets_what_reaches_it_pass_and_refuses_more() -> None:
    content = packed(more={"blank.xml": bytes(2_000_000)})
    sizes = list(map(Package(content).size, Package(content)))
    reached = Limits(parts=len(sizes), part_bytes=max(sizes), all_bytes=sum(sizes))
    assert len(Package(content, reached)["blank.xml"]) == 2_000_000
    assert fault(content, limits=reached._replace(parts=len(sizes) - 1)) == "too large"
    assert fault(content, "blank.xml", reached._replace(part_bytes=max(sizes) - 1)) == "too large"
    assert fault(content, limits=reached._replace(all_bytes=sum(sizes) - 1)) == "too large"
    assert fault(content, limits=Limits(ratio=100)) == "too large"
    assert Package(packed(more={"blank.xml": bytes(900_000)}), Limits(ratio=100))
