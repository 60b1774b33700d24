"""Everything that Word keeps beside the words: comments' anchors, controls, revision numbers, names given to things."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping

from lxml import etree

from pipeline.publish.cleaning.fields import remove, unwrap
from pipeline.publish.cleaning.package import Relation
from pipeline.word.xml import ID, NAME, NAMESPACES, Element, local, qn

_MC, _R = f"{{{NAMESPACES['mc']}}}", f"{{{NAMESPACES['r']}}}"
_OFFICE_SHAPE, _VML = "{urn:schemas-microsoft-com:office:office}", "{urn:schemas-microsoft-com:vml}"
_DROPPED = tuple(
    map(
        qn,
        (
            "w:commentRangeStart", "w:commentRangeEnd", "w:commentReference", "w:annotationRef", "w:proofErr",
            "w:permStart", "w:permEnd", "w:lastRenderedPageBreak", "w:printerSettings", "w:divId", "w:control",
            "w:fldData", "w:ffData", "w:customXmlPr", "w:smartTagPr", "w:rsid", "w:sdtPr", "w:sdtEndPr",
            "w:highlight", "w:customXmlInsRangeStart", "w:customXmlInsRangeEnd", "w:customXmlDelRangeStart",
            "w:customXmlDelRangeEnd", "w:customXmlMoveFromRangeStart", "w:customXmlMoveFromRangeEnd",
            "w:customXmlMoveToRangeStart", "w:customXmlMoveToRangeEnd",
        ),
    )
)  # fmt: skip
_UNWRAPPED = tuple(map(qn, ("w:sdtContent", "w:sdt", "w:customXml", "w:smartTag")))
_START, _END, _LINK, _ANCHOR = map(qn, ("w:bookmarkStart", "w:bookmarkEnd", "w:hyperlink", "w:anchor"))
_FIRST_BOOKMARK = 100_000_001
_WORDS_OWN = re.compile(
    r"\{http://schemas\.microsoft\.com/office/word/\d{4}/(?:wordml(?:/\w+)?|wordprocessingDrawing)\}"
)


def strip_marks(root: Element) -> None:
    """Takes out of any tree of the paper all that is not the paper: in place."""
    strip_extensions(root)
    _drop_drawing_extensions(root)
    for each in list(root.iter(f"{_MC}Fallback", f"{_OFFICE_SHAPE}*", *_DROPPED)):
        remove(each)
    for tag in _UNWRAPPED:
        for each in list(root.iter(tag)):
            unwrap(each)
    for each in root.iter(etree.Element):
        _neutralise(each)


def _drop_drawing_extensions(root: Element) -> None:
    """Of the notes that programs add to drawings, only the one that says "decorative" is for the reader."""
    for note in [each for each in root.iter() if local(each) == "ext" and each.get("uri") is not None]:
        if not any(local(child) == "decorative" for child in note):
            remove(note)
    for notes in [each for each in root.iter() if local(each) == "extLst" and len(each) == 0]:
        remove(notes)


def strip_extensions(root: Element) -> None:
    """Drops what only newer Words know, and all that the part says a reader may ignore, as an older Word would."""
    names = root.get(f"{_MC}Ignorable", "").split()
    _forget(root, f"{_MC}Ignorable")
    ignorable = {f"{{{root.nsmap[name]}}}" for name in names if name in root.nsmap}
    for each in list(root.iter(etree.Element)):
        if _is_extension(str(each.tag), ignorable):
            remove(each)
            continue
        for name in list(each.attrib):
            if _is_extension(str(name), ignorable):
                del each.attrib[name]


def bookmark_names(pointed: set[str], stories: list[Element]) -> dict[str, str]:
    """The bookmarks that something points at and that exist, each with its neutral new name, in document order."""
    there = [each.get(NAME, "") for root in stories for each in root.iter(_START)]
    kept = [name for name in dict.fromkeys(there) if name in pointed]
    return {name: f"_Ref{number}" for number, name in enumerate(kept, _FIRST_BOOKMARK)}


def rename_bookmarks(root: Element, names: Mapping[str, str]) -> None:
    """Renames the bookmarks of a story that are kept and takes the others out."""
    kept = set()
    for each in list(root.iter(_START)):
        if new := names.get(each.get(NAME, "")):
            each.set(NAME, new)
            kept.add(each.get(ID))
        else:
            remove(each)
    for each in list(root.iter(_END)):
        if each.get(ID) not in kept:
            remove(each)


def clean_links(root: Element, links: Mapping[str, Relation], names: Mapping[str, str]) -> None:
    """Keeps links that lead to a public address or to a bookmark that stays; of the others only the words stay."""
    for each in list(root.iter(_LINK)):
        target, anchor = each.get(f"{_R}id"), names.get(each.get(_ANCHOR, ""), "")
        each.attrib.clear()
        if target is not None and target in links:
            each.set(f"{_R}id", target)
        elif anchor:
            each.set(_ANCHOR, anchor)
        else:
            unwrap(each)
    for each in list(root.iter()):
        if local(each) == "hlinkHover" or (local(each) == "hlinkClick" and each.get(f"{_R}id") not in links):
            remove(each)
        elif local(each) == "hlinkClick":
            _keep(each, {f"{_R}id"})


def _is_extension(name: str, ignorable: Collection[str]) -> bool:
    namespace = name[: name.find("}") + 1]
    return namespace in ignorable or bool(_WORDS_OWN.fullmatch(namespace))


def _forget(element: Element, name: str) -> None:
    if name in element.attrib:
        del element.attrib[name]


def _keep(element: Element, names: set[str]) -> None:
    for name in list(element.attrib):
        if name not in names:
            del element.attrib[name]


def _neutralise(element: Element) -> None:
    """Takes revision numbers off an element, and the names of files and people off pictures."""
    for name in list(element.attrib):
        if str(name).startswith((f"{{{NAMESPACES['w']}}}rsid", _OFFICE_SHAPE)):
            del element.attrib[name]
    if special := _SPECIAL.get(local(element)):
        special(element)


def _drawing_properties(element: Element) -> None:
    """`descr` of the whole drawing is its alternative text and stays; names, and texts of its inner parts, do not."""
    element.set("name", f"Picture {element.get('id', '')}".strip())
    text = (element.get("descr") or element.get("title") or "") if local(element) == "docPr" else ""
    for name in ("descr", "title", "macro"):
        _forget(element, name)
    if text:
        element.set("descr", text)


def _linked_picture(element: Element) -> None:
    _forget(element, f"{_R}link")


def _vml_shape(element: Element) -> None:
    """Shapes refer to their type by id, so both lose it; the standard picture type needs none."""
    for name in ("id", "type", "href", "title", "target", "class"):
        _forget(element, name)


def _vml_picture(element: Element) -> None:
    for name in ("href", "pict"):
        _forget(element, f"{_R}{name}")
    for name in ("src", "title"):
        _forget(element, name)


def _as_picture(element: Element) -> None:
    """The picture of an embedded object stays when the object has gone."""
    if element.tag == qn("w:object"):
        element.tag = qn("w:pict")
        element.attrib.clear()


_SPECIAL: Mapping[str, Callable[[Element], None]] = {
    "docPr": _drawing_properties,
    "cNvPr": _drawing_properties,
    "blip": _linked_picture,
    "shape": _vml_shape,
    "rect": _vml_shape,
    "oval": _vml_shape,
    "line": _vml_shape,
    "roundrect": _vml_shape,
    "group": _vml_shape,
    "shapetype": _vml_shape,
    "imagedata": _vml_picture,
    "object": _as_picture,
}
