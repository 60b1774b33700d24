"""Text, and the marks around it, as the bytes of Word's XML: nothing lost, and nothing taken for markup."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.blocks import Run, mark_name

_TO_BE_WRITTEN_OTHERWISE = (*b"&<>", *range(32), 0xEF)  # 0xEF starts U+FFFE and U+FFFF, and a few others
_CARE = bytes(byte in _TO_BE_WRITTEN_OTHERWISE for byte in range(256))
_NOT_IN_WORD = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufdd0\ufdd1\ufffe\uffff]").search
NO_CHARACTERS = str.maketrans("", "", "\ufdd0\ufdd1")
"""What numbers are written in while a part is read; no text of a paper holds it."""
_BREAK = b'</w:t><w:br/><w:t xml:space="preserve">'
_TAB = b'</w:t><w:tab/><w:t xml:space="preserve">'
_RUN, _RUN_END = b'<w:r><w:t xml:space="preserve">', b"</w:t></w:r>"
_LOOKED = b'<w:r><w:rPr>%b</w:rPr><w:t xml:space="preserve">'
_UNDERLINED = b'<w:u w:val="single"/>'
_LINKED = b'<w:color w:val="0563C1"/>' + _UNDERLINED
"""As Word shows a link; a link is told from words that are underlined by its colour."""
_IN_A_CODE = str.maketrans({'"': "%22", "\\": "%5C", " ": "%20"})
_FIELD = (
    b'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> %b </w:instrText></w:r>'
    b'<w:r><w:fldChar w:fldCharType="separate"/></w:r>%b<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


class NotInWord(ValueError):
    """A text with a character that no Word file can hold: a control character or half of a surrogate pair."""

    def __init__(self, text: str) -> None:
        found = _NOT_IN_WORD(text)
        self.text = text
        self.character = f"U+{ord(found[0]):04X}" if found else ""
        super().__init__(text)


class Ready(bytes):
    """XML that this package made itself and that is printed as it is. Nothing from a file is ever of this type."""


def text_bytes(text: str) -> bytes:
    """What stands between `<w:t>` and `</w:t>`; a line break and a tab become Word's own. Raises NotInWord."""
    try:
        raw = text.encode()
    except UnicodeEncodeError:
        raise NotInWord(text) from None
    return _with_care(text, raw) if 1 in raw.translate(_CARE) else raw  # six times as quick as a search for them


def _with_care(text: str, raw: bytes) -> bytes:
    """The same for a text, and its bytes, that holds something to be written otherwise. Raises NotInWord."""
    if _NOT_IN_WORD(text):
        raise NotInWord(text)
    safe = raw.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")
    return safe.replace(b"\n", _BREAK).replace(b"\t", _TAB)


def attribute_bytes(text: str) -> bytes:
    """What stands between the quotes of an attribute. Raises NotInWord."""
    if _NOT_IN_WORD(text):
        raise NotInWord(text)
    safe = text.encode().replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")
    return safe.replace(b'"', b"&quot;").replace(b"\n", b"&#10;").replace(b"\t", b"&#9;")


def run_bytes(text: str) -> bytes:
    """One plain run that begins with a `sign`, or nothing where there is no text: an empty run is a place where
    formatting goes astray.
    """
    return _RUN + text_bytes(text) + _RUN_END if text else b""


def runs_bytes(runs: tuple[Run, ...]) -> bytes:
    """The runs of a block; a reference to an appendix is a REF field with its result, as Word itself writes one."""
    if len(runs) == 1 and runs[0].is_plain:
        return run_bytes(runs[0].text)  # most paragraphs by far
    return b"".join(_one_run(run) for run in runs if run.text or run.appendix)


def _one_run(run: Run) -> bytes:
    plain = _look(run) + text_bytes(run.text) + _RUN_END
    if run.appendix:
        return _FIELD % (b"REF %b \\r \\h" % name_of(run.appendix).encode(), plain)
    return _FIELD % (text_bytes(_link_code(run.link)), plain) if run.link else plain


def _look(run: Run) -> bytes:
    """How a run begins."""
    others = _LINKED if run.link else _UNDERLINED if run.underline else b""
    others += b'<w:vertAlign w:val="%b"/>' % run.raised.encode() if run.raised else b""
    own = (b"<w:b/>" if run.bold else b"") + (b"<w:i/>" if run.italic else b"") + others
    return _LOOKED % own if own else _RUN


def _link_code(address: str) -> str:
    return f'HYPERLINK "{address.translate(_IN_A_CODE)}"'


@lru_cache(maxsize=65_536)
def name_of(key: str) -> str:
    """The bookmark's name, remembered: every key is asked for when it is written and again when it is proven."""
    return mark_name(key)


def mark_start(number: int, key: str) -> bytes:
    """The start of the mark; `number` is unique in the paper."""
    return b'<w:bookmarkStart w:id="%d" w:name="%b"/>' % (number, name_of(key).encode())


def mark_end(number: int) -> bytes:
    """The end of the mark that has this number."""
    return b'<w:bookmarkEnd w:id="%d"/>' % number


def row_key(table: str, row: str) -> str:
    """The key of a table's row, unique in the paper."""
    return f"{table}/{row}"


def repeated_key(template_key: str, key: str) -> str:
    """The key of something in the template that is printed once for each block, e.g. a table's heading row."""
    return f"{template_key}/{key}"
