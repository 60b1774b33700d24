from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.publish import bare_picture, has_notes
from tests.publish.papers import png


def _piece(marker: int, data: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(data) + 2).to_bytes(2, "big") + data


BARE = (
    b"\xff\xd8"
    + _piece(0xE0, b"JFIF\0\x01\x02\0\0\x01\0\x01\0\0")
    + _piece(0xDB, b"\0" + bytes(64))
    + _piece(0xDA, b"\x01\x01\0\0\x3f\0")
    + b"\x12\xff\x00\x34\xff\xd0\x56"
    + b"\xff\xd9"
)


def _with(marker: int, data: bytes) -> bytes:
    return BARE[:2] + _piece(marker, data) + BARE[2:]


@pytest.mark.parametrize(
    "noted",
    [
        _with(0xE1, b"Exif\0\0SECRET"),
        _with(0xE1, b"http://ns.adobe.com/xap/1.0/\0SECRET"),
        _with(0xED, b"Photoshop 3.0\0SECRET"),
        _with(0xE2, b"ICC_PROFILE\0SECRET"),
        _with(0xE0, b"JFXX\0SECRET thumbnail"),
        _with(0xFE, b"SECRET comment"),
        BARE + b"SECRET after the end",
    ],
)
def test_a_photographs_notes_go_and_the_picture_stays(noted: bytes) -> None:
    assert has_notes(noted)
    assert bare_picture(noted) == BARE
    assert not has_notes(BARE)


def test_a_drawings_notes_go_and_the_picture_stays() -> None:
    assert bare_picture(png("SECRET")) == png()
    assert bare_picture(png() + b"SECRET") == png()
    assert not has_notes(png())


@pytest.mark.parametrize("content", [BARE[:-9], png()[:40], b"GIF89a", b"", b"\xff\xd8\x00", b"<svg/>"])
def test_what_is_damaged_or_of_another_kind_is_never_called_bare(content: bytes) -> None:
    assert bare_picture(content) == content
    assert has_notes(content)


@given(st.binary(max_size=60), st.integers(0, len(BARE)), st.sampled_from([BARE, png()]))
def test_any_bytes_give_a_picture_that_stays_the_same_when_cleaned_again(extra: bytes, at: int, picture: bytes) -> None:
    spoiled = picture[:at] + extra + picture[at:]
    once = bare_picture(spoiled)
    assert has_notes(once) or bare_picture(once) == once
