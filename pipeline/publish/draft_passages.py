"""Paragraphs of a draft that say what a row keeps from the public, told before anything is published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from lxml import etree

from pipeline.opc import relationships
from pipeline.problems import PaperError, Place, Problem, error
from pipeline.publish.cleaning.hidden import remove_hidden
from pipeline.publish.cleaning.parts import STORIES, loaded
from pipeline.publish.fence import Fence
from pipeline.publish.going_out import CURE, leaks, local, named, said_in_all, spoken
from pipeline.publish.public_copy import public_copy_of
from pipeline.word.package import read_parts
from pipeline.word.story import Story, is_in_table, read_styles
from pipeline.word.xml import MATH, PARAGRAPH, Element, qn

PROPERTIES, CODE, BY_ID = map(qn, ("w:tblPr", "w:instrText", "r:id"))
DROPPED = frozenset(("alias", "tag", "listItem", "listEntry", "hyperlink"))
"""Elements of which no public copy keeps the attributes that say something."""
ANY_TIME = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
BESIDE = (qn("w:rt"), f"{MATH}oMath")


def withheld_words(content: bytes, name: str, fence: Fence) -> list[Problem]:
    """C160 for every passage that says what a withheld row says; C161 where no passage does, and yet the public copy,
    where one can be made, as it will be looked through once more.
    """
    if not fence.phrases:
        return []
    if found := withheld_passages(content, name, fence):
        return found
    try:
        copy = public_copy_of(content, title="", when=ANY_TIME, name=name)
    except PaperError:  # told of by itself, and settled first
        return []
    return leaks({name: copy}, fence)


def withheld_passages(content: bytes, name: str, fence: Fence) -> list[Problem]:
    """C160 for every paragraph of a draft, as it would be published, that says what a withheld row says; by its place,
    without a word of it.
    """
    parts = read_parts(content, name)
    styles = read_styles(parts)
    found: list[Problem] = []
    for part in loaded(parts):
        if part.kind in STORIES:
            remove_hidden(part.root, styles)
            links = {each.id: each.target for each in relationships(parts, part.name) if each.external}
            found += of_story(Story(part.root, styles, part.name, name), links, fence)
    return list(dict.fromkeys(found))


def of_story(story: Story, links: Mapping[str, str], fence: Fence) -> Iterator[Problem]:
    """The paragraphs and the tables of one story; `links` are the addresses that its links lead to."""
    seen, number, before = story.paragraphs, 0, ""
    for each in story.root.iter(PARAGRAPH, PROPERTIES):
        text = seen[each].text if each in seen else ""
        number = 0 if story.styles.is_heading(each) else number + bool(text.strip())
        rows = said_in_all(fence, (text, *spoken_in(each, links)))
        told = "This paragraph says"
        if each.tag == PROPERTIES:
            told = "The description of this table says"
        elif not rows and text.strip():
            rows, told = said_in_all(fence, (f"{before}\n{text}",)), "This paragraph and the one before it say"
            before = "" if rows else text
        if rows:
            yield error("C160", place(story, each, number, fence), f"{told} what {named(rows)} exempt.", CURE)


def spoken_in(element: Element, links: Mapping[str, str]) -> Iterator[str]:
    """What is said of pictures and tables, where links lead, and what equations and readings say."""
    for each in element.iter(etree.Element):
        if local(each) not in DROPPED:
            yield from spoken(each)
        yield from (unquote(links.get(str(value), "")) for name, value in each.attrib.items() if name == BY_ID)
        if each.tag in BESIDE:
            yield "".join(map(str, each.itertext()))
    codes = "".join(each.text or "" for each in element.iter(CODE))
    yield unquote(codes) if "HYPERLINK" in codes else ""


def place(story: Story, paragraph: Element, number: int, fence: Fence) -> Place:
    """Where a paragraph stands: below a heading that may be quoted, and the how manyeth, or in which row of a table."""
    found = story.place(paragraph)
    near = "" if fence.said_in(found.near) else found.near
    which = f"paragraph {number}" if number and not is_in_table(paragraph) else ""
    return found._replace(near=", ".join(filter(None, (near, which))))
