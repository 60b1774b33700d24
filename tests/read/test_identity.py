"""A file is known by its content, and one that is not read is refused by name with what to do."""

from __future__ import annotations

import pytest

from pipeline import sheets
from pipeline.file_kinds import OLE, FileKind, identify
from pipeline.problems import PaperError
from pipeline.read import read_comment
from tests.documents import packed
from tests.read.making import TYPES, raw_workbook, word_file


def old(stream: str) -> bytes:
    return OLE + b"\x00" * 1016 + stream.encode("utf-16-le") + b"\x00" * 100


def typed(kind: str) -> bytes:
    return packed(
        {
            "[Content_Types].xml": TYPES.format(part="a", kind="x").replace(
                "vnd.openxmlformats-officedocument.x.main+xml", kind
            )
        }
    )


def flat(kind: str) -> bytes:
    """An OpenDocument file that is not packed, its kind told behind many names, as LibreOffice writes it."""
    names = "".join(f' xmlns:n{n}="urn:oasis:names:tc:opendocument:xmlns:n{n}:1.0"' for n in range(99))
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    return f'<?xml version="1.0"?>\n<office:document{names} office:mimetype="{mimetype}">'.encode()


SAMPLES: dict[FileKind, list[bytes]] = {
    "xlsx": [
        raw_workbook(""),
        packed({"xl/workbook.xml": "<a/>"}),
        typed("vnd.ms-excel.sheet.macroEnabled.main+xml"),
        typed("vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml"),
    ],
    "xlsb": [packed({"xl/workbook.bin": "x"}), typed("vnd.ms-excel.sheet.binary.macroEnabled.main")],
    "docx": [word_file(""), typed("vnd.ms-word.document.macroEnabled.main+xml")],
    "ods": [
        packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
        packed({"mimetype": "application/vnd.sun.xml.calc"}),
        flat("spreadsheet"),
    ],
    "odt": [
        packed({"mimetype": "application/vnd.oasis.opendocument.text"}),
        packed({"mimetype": "application/vnd.sun.xml.writer"}),
        flat("text"),
    ],
    "zip": [packed({"readme.txt": "hello"}), packed({"mimetype": "application/epub+zip"})],
    "damaged zip": [raw_workbook("")[:300], b"PK\x03\x04"],
    "xls": [
        old("Workbook"),
        old("Book"),
        b"\x09\x08\x08\x00\x00\x05",
        old("Workbook") + old("WordDocument")[8:],
        old("WORKBOOK"),
        old("BOOK"),
        b"\x09\x08\x10\x00\x00\x06",
    ],
    "doc": [old("WordDocument"), old("WordDocument") + old("Workbook") + "Workbook".encode("utf-16-le")],
    "encrypted": [old("EncryptedPackage")],
    "old office": [old("Something")],
    "html": [
        b"<html><table>",
        b"  <!DOCTYPE html>",
        b"<!-- x --><table>",
        b"MIME-Version: 1.0\r\n",
        b'<?xml version="1.0"?><html>',
    ],
    "xml 2003": [b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'],
    "pdf": [b"%PDF-1.7"],
    "rtf": [b"{\\rtf1"],
    "text": [
        b"Ref,Date\n1,2",
        "Réf;x".encode("utf-16"),
        "\ufeffa".encode(),
        b"Caf\xe9",
        b"1\x00\tRef\x00\r\n",
        "Ref,Date\n".encode("utf-16-le"),
        "Ref,Date\n".encode("utf-16-be"),
    ],
    "empty": [b"", b" \r\n\t"],
    "not here": [b"\x00" * 4096],
    "unknown": [
        b"\x89PNG\r\n\x00\x00",
        b"a\x00b",
        b'<?xml version="1.0"?><svg/>',
        flat("graphics"),
        b"1\x00\t\x02\n",
    ],
}


@pytest.mark.parametrize(("kind", "content"), [(kind, one) for kind, all_of in SAMPLES.items() for one in all_of])
def test_a_file_is_known_by_its_content(kind: FileKind, content: bytes) -> None:
    assert identify(content) == kind


CODES = {
    "xlsb": ("I109", "I502"),
    "docx": ("I112", None),
    "ods": ("I110", "I502"),
    "odt": ("I112", "I501"),
    "zip": ("I112", "I502"),
    "damaged zip": ("I113", "I113"),
    "xls": ("I108", "I502"),
    "doc": ("I112", "I501"),
    "encrypted": ("I107", "I107"),
    "old office": ("I112", "I502"),
    "html": ("I111", "I501"),
    "xml 2003": ("I111", "I501"),
    "pdf": ("I112", "I502"),
    "rtf": ("I112", "I501"),
    "empty": ("I103", "I103"),
    "not here": ("I104", "I104"),
    "unknown": ("I112", "I502"),
    "xlsx": (None, "I502"),
    "text": (None, "I501"),
}


@pytest.mark.parametrize("kind", CODES)
def test_each_kind_that_is_not_read_is_refused_by_name_with_a_cure(kind: FileKind) -> None:
    as_workbook, as_word = CODES[kind]
    for content in SAMPLES[kind][:1]:
        if as_workbook:
            with pytest.raises(PaperError) as refused:
                sheets.read(content, "Tracker.xlsx")
            assert_refusal(refused.value, as_workbook)
        if as_word:
            with pytest.raises(PaperError) as refused:
                read_comment(content, "Tracker.xlsx", "finance")
            assert_refusal(refused.value, as_word)


def assert_refusal(refused: PaperError, code: str) -> None:
    (problem,) = refused.problems
    assert problem.code == code
    assert problem.message.startswith("“Tracker.xlsx” ")
    assert problem.cure.endswith(".")
    assert problem.place.file == "Tracker.xlsx"
