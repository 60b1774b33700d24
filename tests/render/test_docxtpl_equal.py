"""Without marks, every part comes out byte for byte as docxtpl makes it: same patching, other filling."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import unescape

import pytest
from docx import Document
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from pipeline.blocks import Context
from pipeline.formats import Formats
from pipeline.language import Kind, Type, Vocabulary, World
from pipeline.opc import parse, serialise
from pipeline.problems import PaperError
from pipeline.render import Offer, compile_template, fill, frames_of
from pipeline.word import qn, read_parts
from tests.often import pairs
from tests.render.made import board, fill_table, saved, word_like

CORPUS = Path(os.environ.get("DOCXTPL_TEMPLATES", Path(__file__).parents[3] / "shared" / "corpora" / "docxtpl"))
_WORDS = re.compile("<[^>]*>")
_GRID = re.compile(rb"<w:tblGrid>.*?</w:tblGrid>|<w:tblGrid/>", re.DOTALL)


def by_docxtpl(content: bytes, names: Mapping[str, Any]) -> dict[str, bytes]:
    environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    template = DocxTemplate(io.BytesIO(content))
    template.render(dict(names), jinja_env=environment)
    stream = io.BytesIO()
    template.save(stream)
    return read_parts(stream.getvalue(), "theirs.docx")


class Item:
    """A table of names as a record."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = {name: value_of(each) for name, each in values.items()}


def value_of(value: Any) -> Any:
    """A name's value as the language has it; a run that docxtpl prints as it is by its text."""
    if isinstance(value, list):
        return [Item(each) if isinstance(each, dict) else value_of(each) for each in value]
    return unescape(_WORDS.sub("", value)) if isinstance(value, Markup) else value


def type_of(name: str, value: Any, kinds: dict[str, Kind]) -> Type:
    """The type of a name's value; the tables of a list are records of a kind of their own."""
    if not isinstance(value, list):
        return Type("flag" if isinstance(value, bool) else "text")
    tables = [each for each in value if isinstance(each, dict)]
    if value and not tables:
        return Type("text", many=True)
    fields = {key: each for table in sorted(tables, key=_filled) for key, each in table.items()}
    kinds[name] = Kind(fields={key: type_of(f"{name}.{key}", each, kinds) for key, each in fields.items()})
    return Type(name, many=True)


def _filled(table: Mapping[str, Any]) -> int:
    return sum(map(bool, table.values()))


def known(names: Mapping[str, Any], like: Mapping[str, Any]) -> tuple[Offer, World]:
    """Names and the types of others like them as a report would offer them, and their values."""
    kinds = dict[str, Kind]()
    given = {f"={name}": type_of(name, each, kinds) for name, each in like.items()}
    public = {name: f"={name}" for name in names}
    words = Vocabulary(kinds=kinds, rules={}, lists={}, given=given, public=public, behind={})
    values = {f"={name}": value_of(each) for name, each in names.items()}
    return Offer(words, ()), World(Formats(), values, words.definition)


def by_us(content: bytes, names: Mapping[str, Any], like: Mapping[str, Any] | None = None) -> dict[str, bytes]:
    offer, world = known(names, like or names)
    template = compile_template(content, "ours.docx", offer, marks=False, cached=False)
    made = fill(template, frames_of(template, Context({}, {}), world))
    return {part: each.content for part, each in made.items()}


def assert_equal(
    content: bytes, names: Mapping[str, Any], *, grids: bool = True, like: Mapping[str, Any] | None = None
) -> None:
    theirs, ours = by_docxtpl(content, names), by_us(content, names, like)
    assert "word/document.xml" in ours
    for part, xml in ours.items():
        expected = theirs[part]
        if not grids:  # a table across is given a grid of its own (tests/render/test_paper.py)
            xml, expected = (_GRID.sub(b"", one) for one in (xml, expected))  # noqa: PLW2901
        assert xml == expected, part


def document(build: Callable[[Any], None]) -> bytes:
    made = Document()
    build(made)
    return saved(made)


def names(**more: Any) -> dict[str, Any]:
    cells = {"activity": "x & y <z>", "deadline": "May", "heading": "Area", "figure": "1%"}
    rows = [{"area": f"Area {n}", **cells} for n in range(3)]
    block = {"text": "Text & more", "style": "", "list": "", "rows": rows}
    return {
        "title": "A & B",
        "items": ["one", "two"],
        "blocks": [block],
        "rows": rows,
        "yes": True,
        "no": False,
        **more,
    }


def loops(made: Any) -> None:
    made.add_paragraph("{{ title }}")
    made.add_paragraph("{%p for block in blocks %}")
    made.add_paragraph("Before {{ block.text }} after", style="List Bullet")
    made.add_paragraph("{%p endfor %}")
    made.add_paragraph("{% for item in items %}{{ item }}{% if not loop.last %}, {% endif %}{% endfor %}.")


def rows(made: Any) -> None:
    fill_table(made, [["Area", "Activity"], ["{%tr for row in rows %}", ""], ["{{ row.area }}", "{{ row.activity }}"],
                      ["{%tr endfor %}", ""]])  # fmt: skip


def cells(made: Any) -> None:
    fill_table(made, [["{%tc for row in rows %}", "{{ row.area }}", "{%tc endfor %}"]])


def conditions(made: Any) -> None:
    made.add_paragraph("{%p if yes %}")
    made.add_paragraph("Shown {{ title }}")
    made.add_paragraph("{%p else %}")
    made.add_paragraph("Hidden")
    made.add_paragraph("{%p endif %}")
    made.add_paragraph("a{% if no %}b{% endif %}c{#- a note -#}")


def header_and_footer(made: Any) -> None:
    made.add_paragraph("{{ title }}")
    made.sections[0].header.paragraphs[0].text = "Header {{ title }}"
    made.sections[0].footer.paragraphs[0].text = "Footer {% if yes %}{{ title }}{% endif %}"


def split_runs(made: Any) -> None:
    paragraph = made.add_paragraph("{")
    paragraph.add_run("{ ti").bold = True
    paragraph.add_run("tle }").italic = True
    paragraph.add_run("} and ")
    paragraph.add_run("{{ title }}").bold = True


BUILDS = (loops, rows, conditions, header_and_footer, split_runs)
TITLES = ("A & B <c> > d", "“curly” 'single' \"double\"", "ünï 😀", "line\nbreak\n", "", "  ", "plain")


@pytest.mark.parametrize(("build", "title"), pairs(BUILDS, TITLES))
def test_templates_of_every_kind_come_out_as_docxtpl_makes_them(build: Callable[[Any], None], title: str) -> None:
    assert_equal(document(build), names(title=title))


@pytest.mark.parametrize("count", [0, 1, 40])
def test_so_do_rows_however_many(count: int) -> None:
    made = [{"area": f"Area {n}", "activity": "a\nb"} for n in range(count)]
    assert_equal(document(rows), names(rows=made), like=names())


def test_cells_across_do_but_for_their_grid() -> None:
    assert_equal(document(cells), names(), grids=False)


@pytest.mark.parametrize("build", [board, word_like])
def test_a_whole_paper_does(build: Callable[[], Any]) -> None:
    run = Markup('<w:r><w:t xml:space="preserve">Text &amp; more</w:t></w:r>')
    table = {"text": "", "style": "", "list": "open", "rows": names()["rows"]}
    blocks = [{"text": run, "style": style, "list": "", "rows": []} for style in ("", "bullet")]
    given = {"board": "B", "title": "A & B", "item": "5", "introduction": blocks, "background": [*blocks, table],
             "appendices": blocks}  # fmt: skip
    assert_equal(saved(build()), given)


def test_the_comparison_can_fail() -> None:
    theirs = by_docxtpl(document(loops), names())
    ours = by_us(document(loops), names(title="other"))
    assert ours["word/document.xml"] != theirs["word/document.xml"]


NEED_OBJECTS = {  # not plain data: sub-documents, pictures, rich text objects, extensions of Jinja
    "custom_jinja_filters_tpl.docx": "filters of its own",
    "template_error_tpl.docx": "a broken tag, on purpose",
}


def corpus() -> list[Path]:
    return sorted(CORPUS.glob("*.docx")) if CORPUS.is_dir() else []


@pytest.mark.skipif(not corpus(), reason="docxtpl's own test templates are not on this machine (DOCXTPL_TEMPLATES)")
@pytest.mark.parametrize("path", corpus(), ids=lambda path: path.name)
def test_docxtpls_own_templates_do(path: Path) -> None:
    if path.name in NEED_OBJECTS:
        pytest.skip(f"{path.name}: {NEED_OBJECTS[path.name]}")
    content = path.read_bytes()
    given = inferred(content)
    try:
        theirs = by_docxtpl(content, given)
    except (TemplateError, TypeError, AttributeError) as reason:
        pytest.skip(f"{path.name}: needs objects of Python ({type(reason).__name__})")
    try:
        ours = by_us(content, given)
    except PaperError as reason:
        if {problem.code[:2] for problem in reason.problems} <= {"T0"}:
            pytest.skip(f"{path.name}: refused, as it should be: {reason.problems[0].message}")
        raise
    for part, xml in ours.items():
        if "footnotes" in part:  # docxtpl never parses these again, so its quotes stay references
            theirs[part] = serialise(parse(theirs[part]))
        assert _GRID.sub(b"", settled(xml)) == _GRID.sub(b"", settled(theirs[part])), part


def settled(xml: bytes) -> bytes:
    """A part with the properties of its cells in one order: docxtpl puts a cell's shading where the schema has none."""
    root = parse(xml)
    for properties in root.iter(qn("w:tcPr")):
        properties[:] = sorted(properties, key=lambda each: str(each.tag))
    return serialise(root)


def inferred(content: bytes) -> dict[str, Any]:
    """Data that fits a template, told from its tags."""
    source = tags_of(content)
    given: dict[str, Any] = {}
    for name in re.findall(r"\{\{-?\s*(\w+)\s*-?\}\}", source):
        given[name] = f"the {name} & more"
    for name in re.findall(r"\{\{p\s+(\w+)\s*\}\}", source):
        given[name] = f"<w:p>{_run(name)}</w:p>"
    for name in re.findall(r"\{\{r\s+(\w+)\s*\}\}", source):
        given[name] = _run(name)
    for variable, name in re.findall(r"\{%(?:p|tr|tc|r)?-?\s*for\s+(\w+)\s+in\s+(\w+)\s*-?%\}", source):
        between_runs = set(re.findall(rf"\{{\{{r\s+{variable}\.(\w+)", source))
        fields = set(re.findall(rf"\b{variable}\.(\w+)", source))
        made = [
            {field: _run(field) if field in between_runs else f"{field} {n} <&>" for field in fields} for n in range(2)
        ]
        given[name] = made if fields else ["item 1", "item 2"]
    for name in re.findall(r"\{%(?:p|tr|tc|r)?-?\s*(?:if|elif)\s+(\w+)\s*-?%\}", source):
        given.setdefault(name, "yes")
    return given


def _run(name: str) -> Markup:
    """What docxtpl prints between runs as it is: our own runs would be text lost in its hands."""
    return Markup(f'<w:r><w:t xml:space="preserve">the {name}</w:t></w:r>')


def tags_of(content: bytes) -> str:
    """The text of every part that docxtpl fills, tags that Word has parted made whole."""
    parts = read_parts(content, "theirs.docx")
    filled = [parts[name] for name in parts if re.match(r"word/(document|header\d*|footer\d*|footnotes)\.xml$", name)]
    return "\n".join("".join(parse(part).itertext("{*}t")) for part in filled)
