"""How parts hang together: what leads where however it is spelt, and that nothing is left loose by a change."""

from __future__ import annotations

import pytest

from pipeline.opc import (
    OFFICE,
    Relationship,
    Unsound,
    content_types,
    linked,
    main_part,
    related,
    relationships,
    without,
)

SPACE = "http://schemas.openxmlformats.org/package/2006/"


def links(*rows: tuple[str, str, str]) -> bytes:
    """A relationships part; a target with a colon lies outside the file."""
    out = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}{kind}" Target="{target}"'
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if ':' in target else ''}/>"
        for name, kind, target in rows
    )
    return f'<Relationships xmlns="{SPACE}relationships">{out}</Relationships>'.encode()


PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{SPACE}content-types"><Default Extension="PNG" ContentType="image/png"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/word/document.xml" ContentType="main"/>'
        '<Override PartName="/word/styles.xml" ContentType="styles"/></Types>'
    ).encode(),
    "_rels/.rels": links(("rId1", "officeDocument", "/word/document.xml")),
    "word/document.xml": b"<document/>",
    "word/_rels/document.xml.rels": links(
        ("rId1", "styles", "styles.xml"),
        ("rId2", "image", "media/a%20b.png"),
        ("rId3", "image", "media\\c%20d.png"),
        ("rId4", "customXml", "../customXml/item1.xml"),
        ("rId5", "hyperlink", "https://roads.example/?a=1&amp;b=%20"),
        ("rId6", "styles", "gone.xml"),
    ),
    "word/styles.xml": b"<styles/>",
    "word/media/a b.png": b"a",
    "word/media/c%20d.png": b"c",
    "customXml/item1.xml": b"<item/>",
}


def test_relationships_lead_to_parts_however_they_are_spelt() -> None:
    assert main_part(PARTS) == "word/document.xml"
    found = relationships(PARTS, "word/document.xml")
    assert [(each.kind, each.target, each.external) for each in found] == [
        ("styles", "word/styles.xml", False),
        ("image", "word/media/a b.png", False),
        ("image", "word/media/c%20d.png", False),
        ("customXml", "customXml/item1.xml", False),
        ("hyperlink", "https://roads.example/?a=1&b=%20", True),
        ("styles", "word/gone.xml", False),
    ]
    assert related(PARTS, "word/document.xml", "styles") == ["word/styles.xml"]
    assert related(PARTS, "word/document.xml", "hyperlink") == []
    assert relationships(PARTS, "word/styles.xml") == ()


def test_a_content_type_is_that_of_the_part_or_else_of_its_ending() -> None:
    types = content_types(PARTS)
    names = ("word/document.xml", "word/media/a b.png", "customXml/item1.xml", "_rels/.xml", "a.bin", "png/none")
    assert [types.of(name) for name in names] == ["main", "image/png", "application/xml", "application/xml", "", ""]


def test_a_part_that_is_added_is_linked_and_typed_and_one_taken_out_leaves_nothing_behind() -> None:
    added = {
        **linked(PARTS, "word/document.xml", f"{OFFICE}comments", "word/comments.xml", "remarks"),
        "word/comments.xml": b"<c/>",
    }
    assert related(added, "word/document.xml", "comments") == ["word/comments.xml"]
    assert relationships(added, "word/document.xml")[-1] == Relationship(
        "rId7", f"{OFFICE}comments", "word/comments.xml"
    )
    assert content_types(added).of("word/comments.xml") == "remarks"
    assert relationships(added, "word/document.xml")[:-1] == relationships(PARTS, "word/document.xml")
    left = without(added, {"word/comments.xml", "word/styles.xml"}.__contains__)
    assert [link.id for link in relationships(left, "word/document.xml")] == ["rId2", "rId3", "rId4", "rId5", "rId6"]
    assert list(content_types(left).overrides) == ["word/document.xml"]


def test_relationships_that_cannot_be_read_are_damage_and_not_none() -> None:
    with pytest.raises(Unsound, match=r"damaged: word/_rels/document\.xml\.rels"):
        relationships({**PARTS, "word/_rels/document.xml.rels": b"<cut"}, "word/document.xml")
