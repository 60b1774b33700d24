"""What cameras and drawing programs write into a picture's file: places, names, whole earlier versions."""

from __future__ import annotations

from collections.abc import Iterator

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs"}
_JPEG, _SCAN, _ENDED = b"\xff\xd8", 0xDA, 0xD9
_JPEG_KEPT_APPS = {0xE0, 0xEE}  # JFIF, and Adobe's colour transform: without it some pictures turn green
_APPS, _COMMENT = range(0xE0, 0xF0), 0xFE
_BARE = (b"JFIF\x00", b"Adobe")


def bare_picture(content: bytes) -> bytes:
    """A PNG or JPEG without its notes (EXIF, XMP, texts, colour profiles, previews); other kinds as they are.

    A file that does not hold to its format is returned as it is; `has_notes` then says so.
    """
    try:
        if content.startswith(_PNG):
            return _PNG + b"".join(chunk for kind, chunk in _png_chunks(content) if kind in _PNG_KEPT)
        if content.startswith(_JPEG):
            return _JPEG + b"".join(piece for marker, piece in _jpeg_pieces(content) if _is_bare(marker, piece))
    except (IndexError, ValueError):
        return content
    return content


def has_notes(content: bytes) -> bool:
    """Is there, or may there be, more in a picture's file than the picture?"""
    return not content.startswith((_PNG, _JPEG)) or bare_picture(content) != content or _is_broken(content)


def _is_broken(content: bytes) -> bool:
    try:
        list(_png_chunks(content) if content.startswith(_PNG) else _jpeg_pieces(content))
    except (IndexError, ValueError):
        return True
    return False


def _png_chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Chunks up to the end mark; what follows it is no picture."""
    at = len(_PNG)
    while True:
        size, kind = int.from_bytes(content[at : at + 4]), content[at + 4 : at + 8]
        chunk = content[at : at + 12 + size]
        if len(kind) < 4 or len(chunk) < 12 + size:
            raise ValueError("a PNG that ends too early")
        yield kind, chunk
        if kind == b"IEND":
            return
        at += 12 + size


def _jpeg_pieces(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Segments by marker; a scan runs to the next marker; what follows the end mark is no picture."""
    at = len(_JPEG)
    while True:
        if content[at] != 0xFF:
            raise ValueError("a JPEG with no marker where one should be")
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == _ENDED:
            yield marker, content[at : at + 2]
            return
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4])
        if end > len(content) or end < at + 4:
            raise ValueError("a JPEG segment that is too long")
        end = _end_of_scan(content, end) if marker == _SCAN else end
        yield marker, content[at:end]
        at = end


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the picture data end: at the first marker that is neither stuffing nor a restart."""
    while True:
        at = content.index(b"\xff", at)
        if content[at + 1] != 0 and not 0xD0 <= content[at + 1] <= 0xD7:
            return at
        at += 2


def _is_bare(marker: int, piece: bytes) -> bool:
    if marker == _COMMENT:
        return False
    return marker not in _APPS or (marker in _JPEG_KEPT_APPS and piece[4:9] in _BARE)
