"""Whatever the bytes are, the answer is a list of problems, in bounded time."""

from __future__ import annotations

import io
import random
import zipfile

import pytest

from pipeline.check import check_template
from pipeline.opc import write
from pipeline.problems import Problem
from pipeline.word import read_parts
from tests.check.template.faults import leftovers, structure, tags
from tests.check.template.faults.listing import FAULTS
from tests.check.template.faults.making import OFFER, saved, say, sound
from tests.documents import new_document, packed, parts_of
from tests.often import each_time

LISTED = (leftovers, structure, tags)
SEEDS = each_time(range(60), (0,))


def answered(content: bytes) -> list[Problem]:
    found = check_template(content, "template.docx", OFFER)
    assert all(isinstance(problem, Problem) and problem.message for problem in found)
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_bytes_changed_at_random_are_answered(seed: int) -> None:
    chance = random.Random(seed)
    original = saved(sound())
    for _ in range(12):
        content = bytearray(original)
        for _ in range(chance.randint(1, 20)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        answered(bytes(content))


@pytest.mark.parametrize("seed", SEEDS)
def test_files_cut_short_are_answered(seed: int) -> None:
    original = saved(sound())
    assert answered(original[: random.Random(seed).randrange(len(original))])


def test_a_part_taken_out_is_answered() -> None:
    original = read_parts(saved(sound()), "x.docx")
    for name in original:
        answered(packed({part: content for part, content in original.items() if part != name}))


@pytest.mark.parametrize("seed", SEEDS)
def test_text_of_parts_changed_at_random_is_answered(seed: int) -> None:
    chance = random.Random(seed)
    names = list(FAULTS)
    for _ in range(10):
        content = FAULTS[chance.choice(names)].make()
        if not content.startswith(b"PK") or b"DOCTYPE" in content:
            continue
        parts = parts_of(content)
        name = chance.choice([part for part in parts if part.endswith((".xml", ".rels"))])
        parts[name] = mangled(parts[name], chance)
        answered(packed(parts))


def mangled(text: bytes, chance: random.Random) -> bytes:
    """The part with an element dropped, doubled, renamed or turned round, or a tag put anywhere."""
    pieces = text.split(b"<")
    where = chance.randrange(1, len(pieces))
    kind = chance.randrange(5)
    if kind == 0:
        del pieces[where]
    elif kind == 1:
        pieces.insert(where, pieces[where])
    elif kind == 2:
        pieces[where] = pieces[where].replace(b"w:", b"v:", 1)
    elif kind == 3:
        pieces[where] += chance.choice([b"{{", b"%}", b"{% if x %}", b"{%p endfor %}", b"{#", b"{{ a.b }}"])
    else:
        other = chance.randrange(1, len(pieces))
        pieces[where], pieces[other] = pieces[other], pieces[where]
    return b"<".join(pieces)


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
                                     b"%PDF-1.7", b"<html></html>", b"\0" * 5000])  # fmt: skip
def test_files_of_other_kinds_are_refused_with_one_line(content: bytes) -> None:
    assert len(answered(content)) == 1


@pytest.mark.deep
def test_a_file_that_unpacks_to_a_gigabyte_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", b"x")
        with package.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(300):
                part.write(b" " * 1_000_000)
    assert [problem.code for problem in answered(stream.getvalue())] == ["F208"]


SLIPS = ["{{ title and more", "{% if title %}x", "{%p for block in background %}", "{{ x }}", "{" * 300, "{% " * 100,
         "{{ " + "(" * 900 + " }}", "{%- if title -%}", "{# "]  # fmt: skip


@pytest.mark.parametrize("number", each_time(range(len(SLIPS)), (1, 4, 7)))
def test_thousands_of_slips_are_counted_and_not_repeated(number: int) -> None:
    paper = new_document()
    say(paper, *[SLIPS[number]] * 600)
    found = answered(saved(paper))
    codes = [problem.code for problem in found]
    assert found
    assert max(codes.count(code) for code in set(codes)) <= max(50, len(set(codes)))


def test_a_template_of_elements_deep_in_one_another_is_answered() -> None:
    parts = read_parts(saved(sound()), "x.docx")
    deep = b"<w:tbl><w:tr><w:tc>" * 2000 + b"<w:p/>" + b"</w:tc></w:tr></w:tbl>" * 2000
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"<w:sectPr", deep + b"<w:sectPr", 1)
    assert answered(write(parts))
