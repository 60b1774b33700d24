"""The day on which a Word file says that it was last saved; nothing where it says none that can be read."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.read import read_comment
from tests.documents import packed, parts_of
from tests.read.making import word_file

TYPES = "http://schemas.openxmlformats.org"
CORE = (
    f'<cp:coreProperties xmlns:cp="{TYPES}/package/2006/metadata/core-properties" '
    'xmlns:dcterms="http://purl.org/dc/terms/">{}</cp:coreProperties>'
)
LINK = f'<Relationship Id="rIdCore" Type="{TYPES}/package/2006/relationships/metadata/core-properties" Target="{{}}"/>'
BODY = "<w:p><w:r><w:t>No cost.</w:t></w:r></w:p>"


def file_with(core: str, part: str = "docProps/core.xml") -> bytes:
    """A comment with this part of properties."""
    parts = parts_of(word_file(BODY))
    rels = parts["_rels/.rels"].decode()
    end = "</Relationships>"
    assert end in rels
    return packed(parts | {"_rels/.rels": rels.replace(end, LINK.format(part) + end).encode(), part: core.encode()})


def saved(content: bytes) -> dt.date | None:
    return read_comment(content, "finance.docx", "finance")[0].saved_on


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2017-01-13T23:30:00Z", "2017-01-13"),
        ("2017-01-13T09:00:00+01:00", "2017-01-13"),
        (" 2017-01-13 ", "2017-01-13"),
        ("", None),
        ("yesterday", None),
        ("2017-13-01T00:00:00Z", None),
    ],
)
def test_the_day_is_the_one_that_the_file_says(said: str, day: str | None) -> None:
    found = saved(file_with(CORE.format(f"<dcterms:modified>{said}</dcterms:modified>")))
    assert (found.isoformat() if found else None) == day


def test_the_day_is_found_whatever_its_part_is_called() -> None:
    core = CORE.format("<dcterms:created>2016-01-01</dcterms:created><dcterms:modified>2017-01-13</dcterms:modified>")
    assert saved(file_with(core, "package/metadata.psmdcp")) == dt.date(2017, 1, 13)


@pytest.mark.parametrize("core", [CORE.format(""), "not XML", "<!DOCTYPE x><x/>", ""])
def test_a_file_that_does_not_say_is_read_all_the_same(core: str) -> None:
    comment, problems = read_comment(file_with(core), "finance.docx", "finance")
    assert (comment.saved_on, len(comment.paragraphs), problems) == (None, 1, [])


def test_a_file_without_properties_is_read_all_the_same() -> None:
    assert saved(word_file(BODY)) is None
