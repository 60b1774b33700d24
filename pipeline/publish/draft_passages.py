"""Paragraphs of a draft that say what a row keeps from the public, told before anything is published."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.problems import Place, Problem, error
from pipeline.publish.cleaning.hidden import remove_hidden
from pipeline.publish.cleaning.package import STORY_KINDS, loaded
from pipeline.publish.fence import Fence
from pipeline.publish.going_out import CURE, SPOKEN, named, said_in_all
from pipeline.word.package import read_parts
from pipeline.word.shown import shown_in
from pipeline.word.stories import Story, is_in_table, read_styles
from pipeline.word.xml import Element


def withheld_passages(content: bytes, name: str, fence: Fence) -> list[Problem]:
    """C160 for every paragraph of a draft, as it would be published, that says what a withheld row says; by its place,
    without a word of it.
    """
    if not fence.phrases:
        return []
    parts = read_parts(content, name)
    styles = read_styles(parts)
    found: list[Problem] = []
    for part in loaded(parts):
        if part.root is not None and part.kind in STORY_KINDS:
            remove_hidden(part.root, styles)
            found += of_story(Story(part.name, part.root, styles, name), fence)
    return list(dict.fromkeys(found))


def of_story(story: Story, fence: Fence) -> Iterator[Problem]:
    """The paragraphs of one story."""
    number = 0
    for each, seen in shown_in(story.root, story.styles).items():
        number = 0 if story.styles.is_heading(each) else number + bool(seen.text.strip())
        if rows := said_in_all(fence, (seen.text, *spoken(each))):
            told = f"This paragraph says what {named(rows)} exempt."
            yield error("C160", place(story, each, number, fence), told, CURE)


def spoken(paragraph: Element) -> Iterator[str]:
    """What is said of its pictures."""
    return (str(value) for each in paragraph.iter() for name, value in each.attrib.items() if str(name) in SPOKEN)


def place(story: Story, paragraph: Element, number: int, fence: Fence) -> Place:
    """Where a paragraph stands: below a heading that may be quoted, and the how manyeth, or in which row of a table."""
    found = story.place(paragraph)
    near = "" if fence.said_in(found.near) else found.near
    which = f"paragraph {number}" if number and not is_in_table(paragraph) else ""
    return found._replace(near=", ".join(filter(None, (near, which))))
