"""XML of a file is read without fetching or filling anything: what could do so is refused, in every encoding."""

from __future__ import annotations

import pytest

from pipeline.opc import Unsound, parse, scan, serialise

ENTITY = '<?xml version="1.0" encoding="{0}"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'


def fault(content: bytes) -> str:
    """Why a part is refused."""
    with pytest.raises(Unsound) as caught:
        parse(content, "word/document.xml")
    assert caught.value.part == "word/document.xml"
    return caught.value.fault


def fault_of_scan(content: bytes) -> str:
    with pytest.raises(Unsound) as caught:
        scan([content], lambda *_: None)
    return caught.value.fault


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "us-ascii", "iso-8859-1"])
def test_a_document_type_is_refused_in_every_encoding(encoding: str) -> None:
    content = ENTITY.format(encoding).encode(encoding)
    assert fault(content) == fault_of_scan(content) == "unsafe"


def test_an_encoding_that_could_hide_a_document_type_is_refused() -> None:
    assert fault(b'<?xml version="1.0" encoding="UTF-7"?>+ADw-+ACE-DOCTYPE x+AD4-') == "unsafe"


@pytest.mark.parametrize("content", [b"", b"<x>", b"<x></y>", b"<x/><y/>", b"\xff\xff", b'<x a="1" a="2"/>'])
def test_what_is_not_well_formed_is_damaged(content: bytes) -> None:
    assert fault(content) == "damaged"
    assert fault_of_scan(content) == "damaged"


def test_elements_within_one_another_are_bounded() -> None:
    for depth, sound in ((250, True), (300, False)):
        content = b"<x>" * depth + b"</x>" * depth
        if sound:
            assert parse(content).tag == "x"
            scan([content], lambda *_: None)
        else:
            assert fault(content) == fault_of_scan(content) == "damaged"


def test_a_text_is_whole_though_a_remark_stands_in_it() -> None:
    assert parse("<?do it?><x>né<!-- a remark -->e</x>".encode()).text == "née"
    assert serialise(parse(b"<x>a</x>")) == b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n<x>a</x>"


def test_a_large_part_is_told_element_by_element() -> None:
    told: list[object] = []
    content = b'<a xmlns="urn:a"><b k="1">one</b><!-- two --><c xmlns=""/></a>'
    scan([content[:20], content[20:]], lambda *start: told.append(start), told.append, told.append)
    assert told == [("urn:a a", {}), ("urn:a b", {"k": "1"}), "one", "urn:a b", ("c", {}), "c", "urn:a a"]
