"""A draft with a black bar over what may not be public by now, for whoever compares it with another."""

from __future__ import annotations

from collections.abc import Collection

from pipeline.baseline import Baseline, Written
from pipeline.publish.fence import Fence
from pipeline.revise.paper import unparse
from pipeline.word.baseline_part import baseline_from, baseline_item, put_baseline
from pipeline.word.package import read_parts, write_parts
from pipeline.word.stories import parsed, story_names
from pipeline.word.xml import TEXT, Element, paragraphs, visible_text

BAR = "█████"


def blackened(content: bytes, around: Fence) -> bytes:
    """The same draft, where every paragraph and every block of its baseline that says what a withheld row says is a
    bar; the very bytes where nothing is withheld.
    """
    if not around.phrases:
        return content
    parts = read_parts(content, "the draft")
    for name in story_names(parts):
        root = parsed(parts[name])
        private = [each for each in paragraphs(root) if around.said_in(visible_text(each))]
        for each in private:
            bar_over(each)
        if private:
            parts[name] = unparse(root)
    if (item := baseline_item(parts)) and (known := baseline_from(parts[item])):
        keys = {each.key for rows in around.phrases.values() for each in rows if each.key}
        parts = put_baseline(parts, Baseline(tuple(unsaid(each, around, keys) for each in known.blocks), known.about))
    return write_parts(parts)


def bar_over(paragraph: Element) -> None:
    """Puts a bar in place of a paragraph's words."""
    for number, each in enumerate(paragraph.iter(TEXT)):
        each.text = "" if number else BAR


def unsaid(block: Written, around: Fence, keys: Collection[str]) -> Written:
    """A block without what may not be public: its key too, where that names a withheld row."""
    key = BAR if block.key.rpartition("/")[2] in keys else block.key
    return block._replace(key=key, texts=tuple(BAR if around.said_in(each) else each for each in block.texts))
