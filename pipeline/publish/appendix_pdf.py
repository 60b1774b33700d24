"""An appendix as it may go out: a PDF without what no page of it shows, or refused for what a page only covers.

A PDF keeps more than its pages: attachments, scripts, remarks of reviewers, names of people, earlier versions. These
are taken out (ISO 32000-1, 7.7.4, 12.5, 12.6.4.16, 14.3). Text that a page paints over, or shows to nobody, is still in
the file, to be copied from there: such a file is refused, since only who made it can take the words out.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import pikepdf

from pipeline.publish.pdf_unseen import unseen_words_of

_KEPT = frozenset(("/Link", "/Widget"))
_MARKS = frozenset(("/FreeText", "/Stamp", "/Ink", "/Redact", "/Square", "/Circle", "/Line", "/Polygon", "/PolyLine"))
_OF_PEOPLE = frozenset(("/Author", "/Manager", "/Company", "/Keywords", "/Subject", "/Comments"))
_OF_ROOT = {
    "/AF": "attachments",
    "/AA": "scripts",
    "/Metadata": "",
    "/PieceInfo": "",
    "/Collection": "attachments",
}
_OF_NAMES = {"/EmbeddedFiles": "attachments", "/JavaScript": "scripts"}
_OF_PAGES = {"/AA": "scripts", "/PieceInfo": "", "/Thumb": "", "/AF": "attachments", "/Metadata": ""}


class PublicPdf(NamedTuple):
    """A PDF as it may go out, what was taken out of it in words, and why it may not go out (blank: it may)."""

    content: bytes
    taken_out: tuple[str, ...] = ()
    refused: str = ""


@lru_cache(maxsize=16)
def public_pdf(content: bytes) -> PublicPdf:
    """The PDF without what its pages do not show; see the module. Never raises."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            return _public(pdf, content)
    except pikepdf.PasswordError:
        return PublicPdf(content, refused="it is locked with a password")
    except (pikepdf.PdfError, ValueError, TypeError, RecursionError):
        return PublicPdf(content, refused="it is damaged")


def _public(pdf: pikepdf.Pdf, content: bytes) -> PublicPdf:
    if refused := _refusal(pdf):
        return PublicPdf(content, refused=refused)
    taken = [*_out_of_root(pdf), *(what for page in pdf.pages for what in _out_of_page(page))]
    taken += ["names of people"] if _out_of_properties(pdf) else []
    taken += ["an earlier version"] if content.count(b"%%EOF") > 1 and not pdf.is_linearized else []
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True, encryption=False)
    return PublicPdf(out.getvalue(), tuple(dict.fromkeys(filter(None, taken))))


def _refusal(pdf: pikepdf.Pdf) -> str:
    """Why nobody but its maker can make it fit to go out; blank where it is."""
    if any(kind in _MARKS for page in pdf.pages for kind in _kinds_of_marks(page)):
        return "somebody has written or drawn on it, and has not settled that"
    if _has_layers_off(pdf):
        return "it has layers that are switched off, and that a reader can switch on"
    unseen = unseen_words_of(pdf)
    return f"{'; '.join(unseen)}, and can be copied from there" if unseen else ""


def _has_layers_off(pdf: pikepdf.Pdf) -> bool:
    """Has it layers that are not shown when it is opened (ISO 32000-1, 8.11.4)?"""
    layers: Any = pdf.Root.get("/OCProperties", pikepdf.Dictionary())
    shown = layers.get("/D", pikepdf.Dictionary())
    return len(shown.get("/OFF", ())) > 0 or shown.get("/BaseState") == "/OFF"


def _kinds_of_marks(page: Any) -> Iterator[str]:
    for annotation in page.get("/Annots", ()):
        if isinstance(annotation, pikepdf.Dictionary):
            yield str(annotation.get("/Subtype", ""))


def _out_of_root(pdf: pikepdf.Pdf) -> Iterator[str]:
    yield from _without(pdf.Root, _OF_ROOT)
    if _does_something(pdf.Root.get("/OpenAction")):
        yield from _without(pdf.Root, {"/OpenAction": "scripts"})
    if "/Names" in pdf.Root:
        yield from _without(pdf.Root.Names, _OF_NAMES)
    if "/AcroForm" in pdf.Root:
        yield from _without(pdf.Root.AcroForm, {"/XFA": "scripts"})


def _out_of_page(page: Any) -> Iterator[str]:
    yield from _without(page, _OF_PAGES)
    kept = [mark for mark in page.get("/Annots", ()) if str(mark.get("/Subtype", "")) in _KEPT]
    if len(kept) < len(page.get("/Annots", ())):
        page["/Annots"] = pikepdf.Array(kept)
        yield "remarks"
    for mark in kept:
        yield from _without(mark, {"/AA": "scripts"})
        if _does_something(mark.get("/A")):
            yield from _without(mark, {"/A": "scripts"})


def _does_something(action: Any) -> bool:
    """Does an action more than show a place, in this file or on the web?"""
    return isinstance(action, pikepdf.Dictionary) and str(action.get("/S", "")) not in ("/GoTo", "/URI", "/Named")


def _without(holder: Any, names: dict[str, str]) -> Iterator[str]:
    """Takes entries out of a dictionary of the file, and says what they were."""
    for name, what in names.items():
        if name in holder:
            del holder[name]
            yield what


def _out_of_properties(pdf: pikepdf.Pdf) -> bool:
    """Takes out of the properties all but title and days; was a person among them?"""
    gone = [str(name) for name in pdf.docinfo if name != "/Title" and not str(name).endswith("Date")]
    for name in gone:
        del pdf.docinfo[name]
    return not _OF_PEOPLE.isdisjoint(gone)
