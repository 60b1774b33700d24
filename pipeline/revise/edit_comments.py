"""Word comments: added to paragraphs, in a part and styles made for them where the paper has none."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Collection, Iterator
from datetime import datetime

from pipeline.opc import parse, serialise
from pipeline.revise.edit_runs import run_of, words_leaf
from pipeline.revise.paper import Paper
from pipeline.revise.wordwise import normalised
from pipeline.word.story import words_in
from pipeline.word.xml import ID, NAMESPACES, PARAGRAPH, VAL, W14, Element, make, qn

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_REFERENCE = qn("w:commentReference")
COMMENT_MARKS = tuple(map(qn, ("w:commentRangeStart", "w:commentRangeEnd", "w:commentReference")))
_PARAGRAPH_ID = f"{W14}paraId"
_THREADS = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_SETTLED = ("1", "true", "on")
_STYLES = {
    "CommentReference": f'<w:style xmlns:w="{NAMESPACES["w"]}" w:type="character" w:styleId="CommentReference">'
    '<w:name w:val="annotation reference"/><w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/>'
    '<w:rPr><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr></w:style>',
    "CommentText": f'<w:style xmlns:w="{NAMESPACES["w"]}" w:type="paragraph" w:styleId="CommentText">'
    '<w:name w:val="annotation text"/><w:uiPriority w:val="99"/><w:unhideWhenUsed/>'
    '<w:pPr><w:spacing w:before="0" w:after="60"/></w:pPr>'
    '<w:rPr><w:sz w:val="20"/><w:szCs w:val="20"/></w:rPr></w:style>',
}

Comment = tuple[str, str, str, int]
"""What tells a comment from every other, since its number changes on saving: author, minute, words, which of equals."""


class Comments:
    """The comments of a paper. Nothing of the paper changes until the first is added; `save` writes the part."""

    def __init__(self, paper: Paper, when: datetime, author: str) -> None:
        self.paper, self.author = paper, author
        self.when = when.strftime("%Y-%m-%dT%H:%M:%SZ")
        names = paper.related("comments")
        self.name = names[0] if names else ""
        self.root = parse(paper.parts[self.name]) if names else make("w:comments")
        self.said = {
            comment.get(ID, ""): words_in(comment) for comment in self.root if comment.get(qn("w:author")) == author
        }
        used = [int(number) for comment in self.root if (number := comment.get(ID, "")).isdigit()]
        self.last = max(used, default=-1)
        self.added = 0
        self.answered = _answered(paper)

    def add(
        self, first: Element, last: Element, text: str, *, outdated: Collection[str] = (), anew: bool = True
    ) -> bool:
        """A comment on all from the paragraph `first` to `last`; False where the same stands there already.

        An earlier one of the same author's there that says one of `outdated`, and that nobody answered, takes the new
        words instead; without one there is no new one unless it is to be made `anew`.
        """
        there = [number for mark in last.iter(_REFERENCE) if (number := mark.get(ID, "")) in self.said]
        if any(self.said[number] == text for number in there):
            return False
        if any(self.said[number] in outdated and self._reword(number, text) for number in reversed(there)):
            self.added += 1
            return True
        if not anew:
            return False
        self.added += 1
        self.last += 1
        number = str(self.last)
        self.root.append(self._comment(number, text))
        self.said[number] = text
        first.insert(1 if first.find(qn("w:pPr")) is not None else 0, make("w:commentRangeStart", id=number))
        last.append(make("w:commentRangeEnd", id=number))
        last.append(run_of(make("w:commentReference", id=number), _look("w:rStyle", "CommentReference")))
        return True

    def _reword(self, number: str, text: str) -> bool:
        """Gives a comment other words; False where somebody answered or settled it, so that it is part of a talk."""
        comment = next(each for each in self.root if each.get(ID) == number)
        before, after = list(comment.iter(PARAGRAPH)), list(self._comment(number, text))
        if not before or before[-1].get(_PARAGRAPH_ID) in self.answered:
            return False
        for name, value in before[-1].attrib.items():  # by these other parts know the comment
            after[-1].set(name, value)
        comment[:] = after
        comment.set(qn("w:date"), self.when)
        self.said[number] = text
        return True

    def _comment(self, number: str, text: str) -> Element:
        initials = "".join(word[0] for word in self.author.split())[:3].upper()
        comment = make("w:comment", id=number, author=self.author, date=self.when, initials=initials)
        for n, line in enumerate(text.split("\n")):
            paragraph = make("w:p")
            props = make("w:pPr")
            props.append(make("w:pStyle", val="CommentText"))
            paragraph.append(props)
            if n == 0:
                paragraph.append(run_of(make("w:annotationRef"), _look("w:rStyle", "CommentReference")))
            paragraph.append(run_of(words_leaf("w:t", line), None))
            comment.append(paragraph)
        return comment

    def take_out(self, numbers: Collection[str]) -> None:
        """Removes comments whose place in the paper goes."""
        for comment in [comment for comment in self.root if comment.get(ID) in numbers]:
            self.root.remove(comment)
            self.added += 1

    def save(self) -> None:
        """Writes the comments into the paper, with the part, its declaration and the styles where they are missing."""
        if not self.added:
            return
        self._add_styles()
        if self.name:
            self.paper.parts[self.name] = serialise(self.root)
        else:
            folder = self.paper.main.rpartition("/")[0]
            self.name = f"{folder}/comments.xml".lstrip("/")
            self.paper.relate("comments", self.name, serialise(self.root), _TYPE)

    def _add_styles(self) -> None:
        styles = self.paper.tree("styles")
        if styles is None:
            return
        present = {style.get(qn("w:styleId")) for style in styles}
        called = {name.get(VAL) for name in styles.iter(qn("w:name"))}
        missing = [parse(xml.encode()) for style, xml in _STYLES.items() if style not in present]
        missing = [style for style in missing if style[0].get(VAL) not in called]
        if missing:
            styles = copy.deepcopy(styles)
            styles.extend(missing)
            self.paper.parts[self.paper.related("styles")[0]] = serialise(styles)


def comments_of(paper: Paper) -> dict[str, Comment]:
    """The comments of a paper by their numbers."""
    tree = paper.tree("comments")
    found: dict[str, Comment] = {}
    for comment in () if tree is None else tree:
        name = comment.get(qn("w:author"), ""), comment.get(qn("w:date"), "")[:16], normalised(words_in(comment))
        found[comment.get(ID, "")] = *name, sum(known[:3] == name for known in found.values())
    return found


def still_open(paper: Paper, author: str) -> Iterator[tuple[str, Comment]]:
    """The comments of everybody but one author that nobody marked as settled, by their numbers."""
    tree, threads = paper.tree("comments"), paper.tree("commentsExtended")
    settled = {
        each.get(f"{_THREADS}paraId")
        for each in (() if threads is None else threads)
        if each.get(f"{_THREADS}done") in _SETTLED
    }
    ends = {each.get(ID, ""): [*each.iter(PARAGRAPH)][-1:] for each in (() if tree is None else tree)}
    for number, comment in comments_of(paper).items():
        if comment[0] != author and not any(end.get(_PARAGRAPH_ID) in settled for end in ends[number]):
            yield number, comment


def said_by_others(paper: Paper, author: str) -> Counter[str]:
    """What the comments of everybody but one author say."""
    root = paper.tree("comments")
    theirs = () if root is None else (each for each in root if each.get(qn("w:author")) != author)
    return Counter(words_in(each) for each in theirs)


def _answered(paper: Paper) -> set[str | None]:
    """The last paragraphs of the comments that somebody answered or marked as settled, by their ids."""
    threads = paper.tree("commentsExtended")
    known = [] if threads is None else list(threads)
    parents = {each.get(f"{_THREADS}paraIdParent") for each in known} - {None}
    return parents | {each.get(f"{_THREADS}paraId") for each in known if each.get(f"{_THREADS}done") in _SETTLED}


def _look(name: str, value: str) -> Element:
    look = make("w:rPr")
    look.append(make(name, val=value))
    return look
