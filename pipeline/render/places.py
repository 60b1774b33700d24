"""Where what a template prints stands in the paper.

A value is written with a number before it. The number is read back with the text, which tells where the value stands
whatever the template has around it, and is taken out of the file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.blocks import Fact

_BEFORE, _AFTER = "\ufdd0", "\ufdd1"
"""No characters: no text of an officer's file or of a template holds them."""
NO_CHARACTERS = str.maketrans("", "", _BEFORE + _AFTER)
_NUMBER = re.compile(f"{_BEFORE}(\\d+){_AFTER}")
_SIGNS = _BEFORE.encode(), _AFTER.encode()
_EMPTY = b'<w:r><w:t xml:space="preserve">', b"</w:t></w:r>"


def number_sign(number: int) -> bytes:
    """The number of a value, to be written before it."""
    return b"%b%d%b" % (_SIGNS[0], number, _SIGNS[1])


def without_numbers(content: bytes) -> bytes:
    """A part without the numbers of its values, and without the runs that hold nothing else."""
    first, *rest = content.split(_SIGNS[0])
    kept = [first]
    for each in rest:
        after = each.partition(_SIGNS[1])[2]
        if after.startswith(_EMPTY[1]) and kept[-1].endswith(_EMPTY[0]):
            kept[-1], after = kept[-1][: -len(_EMPTY[0])], after[len(_EMPTY[1]) :]
        kept.append(after)
    return b"".join(kept)


def without_signs(text: str) -> str:
    """A text without the numbers of its values."""
    return _NUMBER.sub("", text) if _BEFORE in text else text


def placed(texts: Sequence[str], printed: Sequence[Sequence[Fact]]) -> tuple[tuple[str, ...], tuple[Fact, ...]]:
    """Texts that were read back, without the numbers, and the facts of the values `printed` where they stand there."""
    found, facts = list[str](), list[Fact]()
    for cell, (first, *rest) in enumerate(map(_NUMBER.split, texts)):
        text = first
        for number, part in zip(map(int, rest[::2]), rest[1::2], strict=True):
            own = printed[number] if number < len(printed) else ()
            facts += [fact._replace(start=len(text) + fact.start, cell=cell) for fact in own]
            text += part
        found.append(text)
    return tuple(found), tuple(facts)
