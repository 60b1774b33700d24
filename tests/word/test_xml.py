from __future__ import annotations

from lxml import etree

from pipeline import word
from pipeline.word import Story, seen

W = word.NAMESPACES["w"]


def parse(inner: str) -> etree._Element:
    return etree.fromstring(f'<w:p xmlns:w="{W}" xmlns:mc="{word.NAMESPACES["mc"]}">{inner}</w:p>')


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def ref(name: str, shown: str) -> str:
    code = f'<w:r><w:instrText xml:space="preserve"> REF {name} \\r \\h </w:instrText></w:r>'
    char = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return char.format("begin") + code + char.format("separate") + run(shown) + char.format("end")


def test_insertions_hyperlinks_and_content_controls_are_read_and_deletions_are_not() -> None:
    paragraph = parse(
        run("a ")
        + f'<w:ins w:id="1" w:author="x">{run("b ")}</w:ins>'
        + '<w:del w:id="2" w:author="x"><w:r><w:delText>gone</w:delText></w:r></w:del>'
        + f"<w:hyperlink>{run('c ')}</w:hyperlink>"
        + f"<w:sdt><w:sdtPr/><w:sdtContent>{run('d')}</w:sdtContent></w:sdt>"
    )
    assert seen(paragraph).text == "a b c d"


def test_tabs_breaks_and_hard_hyphens_are_characters() -> None:
    assert seen(parse("<w:r><w:t>a</w:t><w:tab/><w:br/><w:noBreakHyphen/></w:r>")).text == "a\t\n\u2011"


def test_a_sign_that_is_not_known_is_kept_by_its_number_and_not_seen() -> None:
    for char, kept in {"F0FC": "\uf0fc", "263A": "☺", "20": " "}.items():
        assert seen(parse(f'<w:r><w:sym w:char="{char}"/></w:r>')).kept == kept
    for char in ("", "XYZ", "-1", "0", "D800", "FFFFFFFF", "110000", "12_3"):
        found = seen(parse(f'<w:r><w:sym w:char="{char}"/></w:r>'))
        assert (found.kept, found.text, found.pieces[0].kind) == ("\N{REPLACEMENT CHARACTER}", "", "symbol")


def test_a_reference_to_one_of_our_marks_reads_as_the_mark_and_any_other_field_as_its_result() -> None:
    paragraph = parse(run("see ") + ref("_cp_0123456789ab", "Appendix 2") + run(" and ") + ref("_Ref7", "3.1"))
    assert seen(paragraph).kept == "see [[_cp_0123456789ab]] and 3.1"
    assert seen(paragraph).text == "see Appendix 2 and 3.1"


def test_a_field_inside_a_field_shows_only_the_outer_result() -> None:
    char = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    outer = char.format("begin") + "<w:r><w:instrText> IF </w:instrText></w:r>" + ref("_Ref7", "inner")
    paragraph = parse(outer + char.format("separate") + run("outer") + char.format("end"))
    assert seen(paragraph).text == "outer"


def test_a_field_that_ends_in_a_later_paragraph_still_shows_its_words() -> None:
    char = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    assert seen(parse(char.format("begin") + char.format("separate") + run("contents"))).text == "contents"


def test_a_simple_field_is_read_like_any_other() -> None:
    simple = f'<w:fldSimple w:instr=" REF _cp_0123456789ab \\r ">{run("Appendix 1")}</w:fldSimple>'
    assert seen(parse(simple)).kept == "[[_cp_0123456789ab]]"
    assert seen(parse(simple)).text == "Appendix 1"


def test_a_text_box_is_a_paragraph_of_its_own_and_is_found_once() -> None:
    box = f"<w:txbxContent><w:p>{run('boxed')}</w:p></w:txbxContent>"
    paragraph = parse(
        run("outside")
        + f"<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
        + f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert seen(paragraph).text == "outside"
    body = etree.Element(word.qn("w:body"))
    body.append(paragraph)
    assert [seen(p).text for p in word.paragraphs(body)] == ["outside", "boxed"]


def test_blocks_rows_and_cells_are_found_inside_content_controls() -> None:
    def control(inner: str) -> str:
        return f"<w:sdt><w:sdtContent>{inner}</w:sdtContent></w:sdt>"

    cell = f"<w:tc><w:p>{run('one')}</w:p><w:p>{run('two')}</w:p></w:tc>"
    table = f"<w:tbl>{control(f'<w:tr>{control(cell)}{cell}</w:tr>')}</w:tbl>"
    body = etree.fromstring(f'<w:body xmlns:w="{W}"><w:p/>{control(table)}<w:sectPr/></w:body>')
    assert [word.local(b) for b in word.blocks(body)] == ["p", "tbl"]
    (row,) = word.rows(next(body.iter(word.TABLE)))
    assert Story(body).kept(row) == ("one\ntwo", "one\ntwo")


def test_a_property_goes_where_the_schema_wants_it_and_replaces_its_twin() -> None:
    props = word.make("w:pPr")
    for name in ("w:jc", "w:pStyle", "w:rPr", "w:numPr", "w:jc"):
        word.put(props, word.make(name))
    assert [word.local(e) for e in props] == ["pStyle", "numPr", "jc", "rPr"]
