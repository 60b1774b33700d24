"""Names that people and programs give to styles, lists and themes: a reader never sees them, and they can say anything.

A style pasted from another document brings its name along, and the PDF takes it over for its tags.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count

from pipeline.word.xml import VAL, Element, local, qn

_STYLE, _CUSTOM, _ID = map(qn, ("w:style", "w:customStyle", "w:styleId"))
_REFER = tuple(
    map(qn, ("w:pStyle", "w:rStyle", "w:tblStyle", "w:basedOn", "w:next", "w:link", "w:styleLink", "w:numStyleLink"))
)
_LIST_MARKS = tuple(map(qn, ("w:nsid", "w:tmpl")))
_TEMPLATE = qn("w:tplc")
_THEME_NAMED = frozenset({"theme", "clrScheme", "fontScheme", "fmtScheme", "custClr"})


def style_names(styles: Element | None) -> Mapping[str, str]:
    """The id of every style in the public copy, by its id now: a neutral one for those that are not Word's own."""
    every = [] if styles is None else list(styles.iter(_STYLE))
    own = [each.get(_ID, "") for each in every if each.get(_CUSTOM, "0") in {"1", "true", "on"}]
    names = {each.get(_ID, ""): each.get(_ID, "") for each in every}
    taken = names.keys() - set(own)
    free = (f"Style{number}" for number in count(1) if f"Style{number}" not in taken)
    return {**names, **dict(zip(own, free, strict=False))}


def rename_styles(root: Element, names: Mapping[str, str]) -> None:
    """Gives the styles of a part the names of `style_names`, where they are defined and where they are used, in place.

    Where a style is used that is not there, its name goes: Word takes no notice of it.
    """
    for each in list(root.iter(*_REFER)) if names else ():
        if new := names.get(each.get(VAL, "")):
            each.set(VAL, new)
        elif (parent := each.getparent()) is not None:
            parent.remove(each)
    for style in root.iter(_STYLE):
        for aliases in style.findall(qn("w:aliases")):
            style.remove(aliases)
        old, name = style.get(_ID, ""), style.find(qn("w:name"))
        if name is not None and names[old] != old:
            style.set(_ID, names[old])
            name.set(VAL, names[old])


def forget_list_marks(root: Element) -> None:
    """Takes the numbers by which Word knows a list again from document to document out of a numbering part."""
    for each in list(root.iter(*_LIST_MARKS)):
        parent = each.getparent()
        if parent is not None:
            parent.remove(each)
    for level in root.iter(qn("w:lvl")):
        if _TEMPLATE in level.attrib:
            del level.attrib[_TEMPLATE]


def forget_theme_names(root: Element) -> None:
    """Names the theme and its schemes neutrally."""
    for each in root.iter():
        if local(each) in _THEME_NAMED and each.get("name") is not None:
            each.set("name", "Public")
