"""XML of a file is read without fetching or filling anything: what could do so is refused, in every encoding."""

from __future__ import annotations

from typing import ClassVar

import pytest

from pipeline.opc import Attributes, Reader, Unsound, parse, serialise

ENTITY = '<?xml version="1.0" encoding="{0}"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'


def fault(content: bytes) -> str:
    """Why a part is refused."""
    with pytest.raises(Unsound) as caught:
        parse(content, "word/document.xml")
    assert caught.value.part == "word/document.xml"
    return caught.value.fault


class Told(Reader):
    """Tells what it meets of two elements."""

    spaces = ("urn:a", "urn:b")

    def __init__(self) -> None:
        super().__init__()
        self.told: list[object] = []

    def _open(self, attributes: Attributes) -> None:
        self.taking = True
        self.told.append(attributes)

    def _close(self) -> None:
        self.told.append("".join(self.pieces))

    opens: ClassVar = {"b": _open}
    closes: ClassVar = {"b": _close}


def fault_of_reader(content: bytes) -> str:
    with pytest.raises(Unsound) as caught:
        Told().read([content])
    return caught.value.fault


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "us-ascii", "iso-8859-1"])
def test_a_document_type_is_refused_in_every_encoding(encoding: str) -> None:
    content = ENTITY.format(encoding).encode(encoding)
    assert fault(content) == fault_of_reader(content) == "unsafe"


def test_an_encoding_that_could_hide_a_document_type_is_refused() -> None:
    assert fault(b'<?xml version="1.0" encoding="UTF-7"?>+ADw-+ACE-DOCTYPE x+AD4-') == "unsafe"


@pytest.mark.parametrize("content", [b"", b"<x>", b"<x></y>", b"<x/><y/>", b"\xff\xff", b'<x a="1" a="2"/>'])
def test_what_is_not_well_formed_is_damaged(content: bytes) -> None:
    assert fault(content) == "damaged"
    assert fault_of_reader(content) == "damaged"


def test_elements_within_one_another_are_bounded() -> None:
    for depth, sound in ((250, True), (300, False)):
        content = b"<x>" * depth + b"</x>" * depth
        if sound:
            assert parse(content).tag == "x"
            Told().read([content])
        else:
            assert fault(content) == fault_of_reader(content) == "damaged"


def test_a_text_is_whole_though_a_remark_stands_in_it() -> None:
    assert parse("<?do it?><x>né<!-- a remark -->e</x>".encode()).text == "née"
    assert serialise(parse(b"<x>a</x>")) == b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n<x>a</x>"


def test_a_large_part_is_told_element_by_element() -> None:
    inside = '<b k="1" r:id="2">one<!-- two --> more</b><b xmlns=""/><b xmlns="urn:b"/>'
    content = f'<a xmlns="urn:a" xmlns:r="urn:r">{inside}</a>'.encode()
    assert Told().read([content[:20], content[20:]]).told == [{"k": "1", "{urn:r}id": "2"}, "one more", {}, "one more"]
