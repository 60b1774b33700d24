"""Word files opened safely and written the same: each limit with a file that breaks it, and one that does not."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document

from pipeline.opc import Limits, main_part
from pipeline.problems import PaperError
from pipeline.word import read_parts


@pytest.fixture
def good() -> bytes:
    stream = io.BytesIO()
    document = Document()
    document.add_paragraph("A paper")
    document.save(stream)
    return stream.getvalue()


def rezipped(parts: dict[str, bytes] | list[tuple[str, bytes]]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items() if isinstance(parts, dict) else parts:
            target.writestr(name, content)
    return stream.getvalue()


def refused(content: bytes) -> str:
    with pytest.raises(PaperError) as caught:
        read_parts(content, "sent.docx")
    (problem,) = caught.value.problems
    assert problem.place.file == "sent.docx"
    assert "sent.docx" in problem.message
    assert problem.cure.endswith(".")
    return problem.code


def changed(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    parts = read_parts(content, "good.docx")
    assert old in parts[part]
    return rezipped({**parts, part: parts[part].replace(old, new)})


def test_a_sound_file_is_read_part_by_part(good: bytes) -> None:
    parts = read_parts(good, "good.docx")
    assert b"A paper" in parts["word/document.xml"]
    assert main_part(parts) == "word/document.xml"


def test_an_old_word_file_is_named() -> None:
    assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")) == "F203"


def test_a_password_is_named() -> None:
    assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")) == "F202"


def test_a_zip_with_a_password_is_named(good: bytes) -> None:
    locked = bytearray(good)
    locked[good.rindex(b"PK\x01\x02") + 8] |= 1
    assert refused(bytes(locked)) == "F202"


@pytest.mark.parametrize("content", [b"", b"<html></html>", b"%PDF-1.7", b"\x00" * 100])
def test_what_is_no_word_file_is_named(content: bytes) -> None:
    assert refused(content) == "F201"


def test_a_workbook_under_another_name_is_named(good: bytes) -> None:
    types = b"wordprocessingml.document.main+xml"
    assert refused(changed(good, "[Content_Types].xml", types, b"spreadsheetml.sheet.main+xml")) == "F201"


def test_half_a_file_is_named(good: bytes) -> None:
    assert refused(good[: len(good) // 2]) == "F204"


def test_a_flipped_byte_is_noticed(good: bytes) -> None:
    broken = bytearray(good)
    broken[200] ^= 0xFF
    assert refused(bytes(broken)) == "F204"


def test_a_missing_document_is_named(good: bytes) -> None:
    parts = read_parts(good, "good.docx")
    del parts["word/document.xml"]
    assert refused(rezipped(parts)) == "F204"


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (b"application/vnd.ms-word.document.macroEnabled.main+xml", "F205"),
        (b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml", "F206"),
    ],
)
def test_macro_and_template_types_are_refused(good: bytes, new: bytes, code: str) -> None:
    old = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    assert refused(changed(good, "[Content_Types].xml", old, new)) == code


def test_a_macro_part_is_refused_whatever_the_type_says(good: bytes) -> None:
    assert refused(rezipped({**read_parts(good, "good.docx"), "word/vbaProject.bin": b"x"})) == "F205"


def test_strict_open_xml_is_named(good: bytes) -> None:
    old = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    new = b"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"
    assert refused(changed(good, "_rels/.rels", old, new)) == "F207"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_dtd_is_refused_in_any_part_and_encoding(good: bytes, encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    assert refused(rezipped({**read_parts(good, "good.docx"), "word/extra.xml": text.encode(encoding)})) == "F209"


def test_an_encoding_that_could_hide_a_dtd_is_refused(good: bytes) -> None:
    text = b'<?xml version="1.0" encoding="UTF-7"?>+ADw-+ACE-DOCTYPE x+AD4-'
    assert refused(rezipped({**read_parts(good, "good.docx"), "word/extra.xml": text})) == "F209"


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("second", ["word/document.xml", "word/Document.xml"])
def test_two_parts_of_one_name_are_refused(good: bytes, second: str) -> None:
    assert refused(rezipped([*read_parts(good, "good.docx").items(), (second, b"<x/>")])) == "F210"


def test_what_swells_two_hundredfold_is_refused(good: bytes) -> None:
    parts = read_parts(good, "good.docx")
    assert refused(rezipped({**parts, "word/blanks.xml": b"<x>" + b" " * 30_000_000 + b"</x>"})) == "F208"
    assert read_parts(rezipped({**parts, "word/blanks.xml": b"<x>" + b" " * 900_000 + b"</x>"}), "small.docx")


def test_too_many_parts_are_refused(good: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = read_parts(good, "good.docx")
    monkeypatch.setattr("pipeline.word.file.LIMITS", Limits(len(parts), 10**8, 10**8, 200))
    assert read_parts(good, "good.docx") == parts
    monkeypatch.setattr("pipeline.word.file.LIMITS", Limits(len(parts) - 1, 10**8, 10**8, 200))
    assert refused(good) == "F208"


def test_a_size_that_lies_is_noticed(good: bytes) -> None:
    lying = bytearray(good)
    at = good.rindex(b"PK\x01\x02")
    lying[at + 24 : at + 28] = (5).to_bytes(4, "little")
    assert refused(bytes(lying)) in {"F204", "F208"}


def test_reading_leaves_nothing_on_the_disk(good: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    read_parts(good, "good.docx")
    assert not list(tmp_path.iterdir())
