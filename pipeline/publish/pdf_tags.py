"""The tags, the title and the language of a PDF that LibreOffice made, finished as PDF/UA-1 wants them.

What LibreOffice leaves undone is done here (ISO 14289-1): all content is tagged or an artifact (7.1), items stand in
lists (7.6), tabs follow the tags (7.18.3).
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

import pikepdf

from pipeline.publish.parts import LANGUAGE

_PATHS = frozenset("m l c v y h re S s f F f* B B* b b* n W W*".split())  # noqa: SIM905
_PAINTS = frozenset("S s f F f* B B* b b* n".split())  # noqa: SIM905
_OPENS, _CLOSES = frozenset({"BMC", "BDC"}), frozenset({"EMC"})


def finished(content: bytes, title: str, when: dt.datetime) -> bytes:
    """Tabs in the order of the tags, title and language set, nobody's name, times from `when`."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        _finish_tags(pdf)
        pdf.Root["/Lang"] = pikepdf.String(LANGUAGE)
        pdf.Root["/ViewerPreferences"] = pikepdf.Dictionary({"/DisplayDocTitle": True})
        stamp = f"D:{when:%Y%m%d%H%M%S}Z"
        for name in ("/DocChecksum", "/ID"):
            if name in pdf.trailer:
                del pdf.trailer[name]
        for name in list(pdf.docinfo.keys()):
            del pdf.docinfo[name]
        for name, value in {"/Title": title, "/CreationDate": stamp, "/ModDate": stamp}.items():
            pdf.docinfo[name] = pikepdf.String(value)
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as said:
            for name in list(said):
                if "pdfua" not in name:
                    del said[name]
            said["dc:title"], said["dc:language"] = title, {LANGUAGE}
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _finish_tags(pdf: Any) -> None:
    """Marks loose lines as decoration, gathers loose list items into lists, orders tabs by the tags: in place."""
    for page in pdf.pages:
        page["/Tabs"] = pikepdf.Name("/S")
        instructions = list(pikepdf.parse_content_stream(page))
        marked = list(_decoration_marked(instructions))
        if len(marked) != len(instructions):
            page["/Contents"] = pdf.make_stream(pikepdf.unparse_content_stream(marked))
    if "/StructTreeRoot" in pdf.Root:
        _gather(pdf, pdf.Root["/StructTreeRoot"])


def _decoration_marked(instructions: list[Any]) -> Iterator[Any]:
    """Puts each path that is drawn outside all tags between the marks of an artifact."""
    begin = pikepdf.ContentStreamInstruction([pikepdf.Name("/Artifact")], pikepdf.Operator("BMC"))
    end = pikepdf.ContentStreamInstruction([], pikepdf.Operator("EMC"))
    depth, in_path = 0, False
    for each in instructions:
        operator = str(each.operator)
        depth += (operator in _OPENS) - (operator in _CLOSES)
        if operator in _PATHS and depth == 0 and not in_path:
            in_path = True
            yield begin
        yield each
        if in_path and operator in _PAINTS:
            in_path = False
            yield end


def _gather(pdf: Any, element: Any) -> None:
    """Puts runs of list items that stand in no list into a list of their own, at every depth."""
    children = element.get("/K")
    if not isinstance(children, pikepdf.Array):
        if isinstance(children, pikepdf.Dictionary):
            _gather(pdf, children)
        return
    if element.get("/S") != "/L" and any(_is_item(child) for child in children):
        element["/K"] = children = _with_lists(pdf, element, list(children))
    for child in children:
        if isinstance(child, pikepdf.Dictionary):
            _gather(pdf, child)


def _with_lists(pdf: Any, element: Any, children: list[Any]) -> Any:
    out: list[Any] = []
    made: Any = None
    for child in children:
        if not _is_item(child):
            made = None
            out.append(child)
            continue
        if made is None:
            made = pdf.make_indirect(
                pikepdf.Dictionary(
                    {"/Type": pikepdf.Name("/StructElem"), "/S": pikepdf.Name("/L"), "/K": pikepdf.Array()}
                )
            )
            made["/P"] = element
            out.append(made)
        child["/P"] = made
        made["/K"].append(child)
    return pikepdf.Array(out)


def _is_item(child: Any) -> bool:
    return isinstance(child, pikepdf.Dictionary) and child.get("/S") == "/LI"
