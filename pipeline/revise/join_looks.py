"""Styles and lists of a copy in the draft that it is joined to: the draft's own where it has them, else taken over."""

from __future__ import annotations

import copy

from pipeline.opc import serialise
from pipeline.revise.edit_transplant import Transplant
from pipeline.revise.paper import Paper
from pipeline.word.xml import VAL, Element, qn

_STYLED = tuple(map(qn, ("w:pStyle", "w:rStyle", "w:tblStyle")))
_LIST, _DESIGN, _NUMBER_ID, _DESIGN_ID = map(qn, ("w:num", "w:abstractNum", "w:numId", "w:abstractNumId"))
_STYLE, _STYLE_ID, _DEFAULT = map(qn, ("w:style", "w:styleId", "w:default"))
_OTHER_STYLES = tuple(map(qn, ("w:basedOn", "w:next", "w:link")))


def dress(twin: Element, host: Paper, source: Paper, transplant: Transplant) -> None:
    """Gives an element out of `source` the host's styles and lists that stand for its own; what the host has none for
    is added to it.
    """
    for styled in twin.iter(*_STYLED):
        styled.set(VAL, _style(styled.get(VAL, ""), host, source, transplant))
    for number in twin.iter(_NUMBER_ID):
        number.set(VAL, _list(number.get(VAL, ""), host, source, transplant))


def _style(name: str, host: Paper, source: Paper, transplant: Transplant) -> str:
    known, found = transplant.style(name), _named(source, "styles", _STYLE, _STYLE_ID, name)
    ours = host.tree("styles")
    if known or found is None or ours is None:
        return known or name
    taken = {each.get(_STYLE_ID) for each in ours.iter(_STYLE)}
    fresh = next(each for each in (name, *(f"{name}{n}" for n in range(2, len(taken) + 3))) if each not in taken)
    transplant.learned_style[name] = fresh
    twin = copy.deepcopy(found)
    twin.set(_STYLE_ID, fresh)
    if twin.get(_DEFAULT) is not None:
        del twin.attrib[_DEFAULT]
    for other in twin.iter(*_OTHER_STYLES):
        other.set(VAL, _style(other.get(VAL, ""), host, source, transplant))
    for number in twin.iter(_NUMBER_ID):
        number.set(VAL, _list(number.get(VAL, ""), host, source, transplant))
    _append(host, "styles", twin)
    return fresh


def _list(name: str, host: Paper, source: Paper, transplant: Transplant) -> str:
    """A list that no paragraph of both papers is in is the copy's own, and begins to count as it does there."""
    number = _named(source, "numbering", _LIST, _NUMBER_ID, name)
    design = None if number is None else _named(source, "numbering", _DESIGN, _DESIGN_ID, _design_of(number))
    ours = host.tree("numbering")
    if name in transplant.learned_list or number is None or design is None or ours is None:
        return transplant.learned_list.get(name, name)
    fresh = _free(ours, _LIST, _NUMBER_ID)
    transplant.learned_list[name] = fresh
    twin, list_ = copy.deepcopy(design), copy.deepcopy(number)
    twin.set(_DESIGN_ID, _free(ours, _DESIGN, _DESIGN_ID))
    for same in twin.findall(qn("w:nsid")):
        twin.remove(same)
    for styled in list(twin.iter(qn("w:pStyle"))):
        styled.getparent().remove(styled)  # type: ignore[union-attr]
    list_.set(_NUMBER_ID, fresh)
    list_.find(_DESIGN_ID).set(VAL, twin.get(_DESIGN_ID, ""))  # type: ignore[union-attr]
    _append(host, "numbering", twin)
    _append(host, "numbering", list_)
    return fresh


def _named(paper: Paper, kind: str, tag: str, attribute: str, name: str) -> Element | None:
    tree = paper.tree(kind)
    return None if tree is None else next((each for each in tree.iter(tag) if each.get(attribute) == name), None)


def _design_of(number: Element) -> str:
    found = number.find(_DESIGN_ID)
    return "" if found is None else found.get(VAL, "")


def _free(root: Element, tag: str, attribute: str) -> str:
    return str(max([0, *(int(each.get(attribute, "0")) for each in root.iter(tag))]) + 1)


def _append(paper: Paper, kind: str, entry: Element) -> None:
    """Adds an entry to a part of styles or lists: after the last of its name, where the schema wants it."""
    root = copy.deepcopy(paper.tree(kind))
    if root is None:
        return
    same = root.findall(entry.tag)
    if same:
        same[-1].addnext(entry)
    elif entry.tag == _DESIGN:
        root.insert(0, entry)
    else:
        root.append(entry)
    paper.parts[paper.related(kind)[0]] = serialise(root)
