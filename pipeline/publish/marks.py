"""Everything that Word keeps beside the words: comments' anchors, controls, revision numbers, names given to things.

A reader never sees the names of styles, lists and themes, and they can say anything: a style pasted from another
document brings its name along, and the PDF takes it over for its tags.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from itertools import count

from pipeline.opc import Element, Relationship
from pipeline.word.xml import ID, NAME, NAMESPACES, RUN, VAL, local, qn, unwrap

_MC, _R, _W = (f"{{{NAMESPACES[prefix]}}}" for prefix in ("mc", "r", "w"))
_OFFICE_SHAPE = "{urn:schemas-microsoft-com:office:office}"
_WORDS_OWN = re.compile(
    r"\{http://schemas\.microsoft\.com/office/word/\d{4}/(?:wordml(?:/\w+)?|wordprocessingDrawing)\}"
)
_DROPPED_WORDS = (
    "commentRangeStart commentRangeEnd commentReference annotationRef proofErr permStart permEnd "
    "lastRenderedPageBreak printerSettings divId control fldData ffData customXmlPr smartTagPr rsid sdtPr sdtEndPr "
    "highlight customXmlInsRangeStart customXmlInsRangeEnd customXmlDelRangeStart customXmlDelRangeEnd "
    "customXmlMoveFromRangeStart customXmlMoveFromRangeEnd customXmlMoveToRangeStart customXmlMoveToRangeEnd "
    "nsid tmpl aliases embedRegular embedBold embedItalic embedBoldItalic"
)
_DROPPED = (f"{_MC}Fallback", f"{_OFFICE_SHAPE}*", *(_W + name for name in _DROPPED_WORDS.split()))
_UNWRAPPED = tuple(map(qn, ("w:sdtContent", "w:sdt", "w:customXml", "w:smartTag")))
_START, _END, _LINK, _ANCHOR = map(qn, ("w:bookmarkStart", "w:bookmarkEnd", "w:hyperlink", "w:anchor"))
_FIRST_BOOKMARK = 100_000_001
_STYLE, _STYLE_ID = qn("w:style"), qn("w:styleId")
_REFERS_TO_STYLE = tuple(
    map(qn, ("w:pStyle", "w:rStyle", "w:tblStyle", "w:basedOn", "w:next", "w:link", "w:styleLink", "w:numStyleLink"))
)
_SHAPE = ("id", "type", "href", "title", "target", "class")  # the standard type of a picture needs none
_FORGOTTEN: Mapping[str, Collection[str]] = {
    "blip": (f"{_R}link",),
    "imagedata": (f"{_R}href", f"{_R}pict", "src", "title"),
    "lvl": (f"{_W}tplc",),
    **dict.fromkeys(("shape", "rect", "oval", "line", "roundrect", "group", "shapetype"), _SHAPE),
}
_SETTINGS = (
    "mirrorMargins evenAndOddHeaders autoHyphenation consecutiveHyphenLimit hyphenationZone doNotHyphenateCaps "
    "defaultTabStop characterSpacingControl footnotePr endnotePr compat themeFontLang clrSchemeMapping decimalSymbol "
    "listSeparator drawingGridHorizontalSpacing drawingGridVerticalSpacing bordersDoNotSurroundHeader "
    "bordersDoNotSurroundFooter noLineBreaksAfter noLineBreaksBefore"
)
_PUBLIC_SETTINGS = frozenset(_SETTINGS.split())
_COMPATIBILITY = re.compile(r"[A-Za-z0-9]{1,80}")


def remove(element: Element) -> None:
    """Takes an element out, and the run around it where that leaves it with nothing but its look."""
    parent = element.getparent()
    if parent is None:
        return
    parent.remove(element)
    if parent.tag == RUN and all(child.tag == qn("w:rPr") for child in parent):
        remove(parent)


def strip_marks(root: Element) -> None:
    """Takes out of any tree of the paper all that is not the paper: in place."""
    _strip_extensions(root)
    _drop_drawing_extensions(root)
    for element in list(root.iter(*_DROPPED)):
        remove(element)
    for tag in _UNWRAPPED:
        for element in list(root.iter(tag)):
            unwrap(element)
    for element in list(root.iter()):
        _neutralise(element)


def keep_public_settings(root: Element) -> None:
    """Takes every setting out that does not change how a page looks, in place."""
    for element in list(root):
        sign = local(element) in {"decimalSymbol", "listSeparator"} and len(element.get(VAL, "")) > 1
        if local(element) not in _PUBLIC_SETTINGS or sign:
            root.remove(element)
    for element in list(root.iter(qn("w:compatSetting"))):
        if not (_COMPATIBILITY.fullmatch(element.get(NAME, "")) and element.get(VAL, "").isdigit()):
            remove(element)


def bookmark_names(pointed: set[str], stories: list[Element]) -> dict[str, str]:
    """The bookmarks that something points at and that exist, each with its neutral new name, in document order."""
    there = [element.get(NAME, "") for root in stories for element in root.iter(_START)]
    kept = [name for name in dict.fromkeys(there) if name in pointed]
    return {name: f"_Ref{number}" for number, name in enumerate(kept, _FIRST_BOOKMARK)}


def rename_bookmarks(root: Element, names: Mapping[str, str]) -> None:
    """Renames the bookmarks of a story that are kept and takes the others out."""
    kept = {element.get(ID) for element in root.iter(_START) if element.get(NAME) in names}
    for element in list(root.iter(_START, _END)):
        if element.get(ID) not in kept or (element.tag == _START and element.get(NAME) not in names):
            remove(element)
        elif element.tag == _START:
            element.set(NAME, names[element.get(NAME, "")])


def clean_links(root: Element, links: Collection[Relationship], names: Mapping[str, str]) -> None:
    """Keeps links that lead to a public address or to a bookmark that stays; of the others only the words stay."""
    known = {link.id for link in links}
    for element in list(root.iter(_LINK)):
        target, anchor = element.get(f"{_R}id", ""), names.get(element.get(_ANCHOR, ""), "")
        element.attrib.clear()
        if target in known:
            element.set(f"{_R}id", target)
        elif anchor:
            element.set(_ANCHOR, anchor)
        else:
            unwrap(element)
    for element in list(root.iter("{*}hlinkHover", "{*}hlinkClick")):
        target = element.get(f"{_R}id", "")
        element.attrib.clear()
        element.set(f"{_R}id", target)
        if local(element) == "hlinkHover" or target not in known:
            remove(element)


def style_names(styles: Element | None) -> Mapping[str, str]:
    """The id of every style in the public copy, by its id now: a neutral one for those that are not Word's own."""
    every = [] if styles is None else list(styles.iter(_STYLE))
    own = [each.get(_STYLE_ID, "") for each in every if each.get(qn("w:customStyle"), "0") in {"1", "true", "on"}]
    names = {each.get(_STYLE_ID, ""): each.get(_STYLE_ID, "") for each in every}
    taken = names.keys() - set(own)
    free = (f"Style{number}" for number in count(1) if f"Style{number}" not in taken)
    return {**names, **dict(zip(own, free, strict=False))}


def rename_styles(root: Element, names: Mapping[str, str]) -> None:
    """Gives the styles of a part the names of `style_names`, where they are defined and where they are used, in place.

    Where a style is used that is not there, its name goes: Word takes no notice of it.
    """
    for element in list(root.iter(*_REFERS_TO_STYLE)) if names else ():
        if new := names.get(element.get(VAL, "")):
            element.set(VAL, new)
        else:
            remove(element)
    for style in root.iter(_STYLE):
        old, name = style.get(_STYLE_ID, ""), style.find(qn("w:name"))
        if name is not None and names[old] != old:
            style.set(_STYLE_ID, names[old])
            name.set(VAL, names[old])


def _strip_extensions(root: Element) -> None:
    """Drops what only newer Words know, and all that the part says a reader may ignore, as an older Word would."""
    ignorable = {f"{{{root.nsmap[name]}}}" for name in root.get(f"{_MC}Ignorable", "").split() if name in root.nsmap}

    def is_extension(name: str) -> bool:
        namespace = name[: name.find("}") + 1]
        return namespace in ignorable or bool(_WORDS_OWN.fullmatch(namespace))

    _forget(root, (f"{_MC}Ignorable",))
    for element in list(root.iter()):
        if is_extension(str(element.tag)):
            remove(element)
        else:
            _forget(element, [name for name in map(str, element.attrib) if is_extension(name)])


def _drop_drawing_extensions(root: Element) -> None:
    """Of the notes that programs add to drawings, only the one that says "decorative" is for the reader."""
    for note in list(root.iter("{*}ext")):
        if note.get("uri") is not None and note.find("{*}decorative") is None:
            remove(note)
    for notes in list(root.iter("{*}extLst")):
        if len(notes) == 0:
            remove(notes)


def _neutralise(element: Element) -> None:
    """Takes revision numbers off an element, and the names of files and people off pictures, lists and themes."""
    _forget(element, [name for name in map(str, element.attrib) if name.startswith((f"{_W}rsid", _OFFICE_SHAPE))])
    _forget(element, _FORGOTTEN.get(local(element), ()))
    if special := _SPECIAL.get(local(element)):
        special(element)


def _forget(element: Element, names: Collection[str]) -> None:
    for name in names:
        element.attrib.pop(name, "")


def _picture(element: Element) -> None:
    """`descr` of the whole drawing is its alternative text and stays; names, and texts of its inner parts, do not."""
    element.set("name", f"Picture {element.get('id', '')}".strip())
    text = (element.get("descr") or element.get("title") or "") if local(element) == "docPr" else ""
    _forget(element, ("descr", "title", "macro"))
    if text:
        element.set("descr", text)


def _object(element: Element) -> None:
    """The picture of an embedded object stays when the object has gone."""
    if element.tag == qn("w:object"):
        element.tag = qn("w:pict")
        element.attrib.clear()


def _list(element: Element) -> None:
    for name in element.findall(qn("w:name")):
        element.remove(name)


def _theme(element: Element) -> None:
    if element.get("name") is not None:
        element.set("name", "Public")


_SPECIAL: Mapping[str, Callable[[Element], None]] = {
    "docPr": _picture,
    "cNvPr": _picture,
    "object": _object,
    "abstractNum": _list,
    **dict.fromkeys(("theme", "clrScheme", "fontScheme", "fmtScheme", "custClr"), _theme),
}
