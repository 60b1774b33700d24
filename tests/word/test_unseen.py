"""Words that nobody can see on the page are told, and words that are seen are not, whatever their look."""

from __future__ import annotations

import pytest

from pipeline.opc import parse
from pipeline.word import Story, Styles, look_problems, unseen_words

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{W}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
STYLES = """
<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="24"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>
<w:rPr><w:color w:val="202020"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Ghost"><w:name w:val="Ghost"/><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Bar"><w:name w:val="Bar"/>
<w:pPr><w:shd w:val="clear" w:fill="1F2A44"/></w:pPr></w:style>
<w:style w:type="character" w:styleId="Black"><w:name w:val="Black"/>
<w:rPr><w:shd w:val="clear" w:fill="000000"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Glass"><w:name w:val="Glass"/>
<w:rPr><w14:textFill><w14:noFill/></w14:textFill></w:rPr></w:style>
<w:style w:type="table" w:styleId="Pale"><w:name w:val="Pale"/><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style>
<w:style w:type="table" w:styleId="Bands"><w:name w:val="Bands"/><w:rPr><w:color w:val="FFFFFF"/></w:rPr>
<w:tblStylePr w:type="band1Horz"><w:tcPr><w:shd w:val="clear" w:fill="1F2A44"/></w:tcPr></w:tblStylePr></w:style>
<w:style w:type="table" w:styleId="Grid"><w:name w:val="Grid"/>
<w:tblStylePr w:type="firstRow"><w:rPr><w:color w:val="FFFFFF"/></w:rPr>
<w:tcPr><w:shd w:val="clear" w:fill="1F2A44"/></w:tcPr></w:tblStylePr>
<w:tblStylePr w:type="firstCol"><w:tcPr><w:shd w:val="clear" w:fill="1F2A44"/></w:tcPr></w:tblStylePr></w:style>
"""
PAGE = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:left="1440" w:top="1440"/></w:sectPr>'


def run(look: str = "", text: str = "Secret") -> str:
    return f"<w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r>"


def para(look: str = "", properties: str = "", text: str = "Secret") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(look, text)}</w:p>"


def row(content: str, properties: str = "", cell: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr><w:tc><w:tcPr>{cell}</w:tcPr>{content}</w:tc></w:tr>"


def table(*rows: str, properties: str = "") -> str:
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{''.join(rows)}</w:tbl>"


def box(content: str, place: str = "", cx: int = 2_000_000, cy: int = 900_000, look: str = "<a:noFill/>") -> str:
    return (
        f'<w:p><w:r><w:drawing><wp:anchor>{place}<wp:extent cx="{cx}" cy="{cy}"/><wps:wsp><wps:spPr>{look}</wps:spPr>'
        f"<wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx></wps:wsp></wp:anchor></w:drawing></w:r></w:p>"
    )


def vml(content: str, style: str, more: str = "") -> str:
    inside = f"<v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox>"
    return f'<w:p><w:r><w:pict><v:shape style="{style}" {more}>{inside}</v:shape></w:pict></w:r></w:p>'


def floating(
    h: str, v: str, what: str = "<pic:pic/>", *, behind: int = 0, wrap: str = "wrapNone", cx: int = 3_000_000
) -> str:
    """A paragraph of words with a picture, or what else, that floats over the page."""
    places = (
        f'<wp:positionH relativeFrom="column">{h}</wp:positionH>'
        f'<wp:positionV relativeFrom="paragraph">{v}</wp:positionV>'
    )
    return (
        f'<w:p><w:r><w:drawing><wp:anchor behindDoc="{behind}">{places}<wp:extent cx="{cx}" cy="900000"/>'
        f"<wp:{wrap}/>{what}</wp:anchor></w:drawing></w:r>{run()}</w:p>"
    )


def at(offset: int) -> str:
    return f"<wp:posOffset>{offset}</wp:posOffset>"


def aside(way: str, offset: int) -> str:
    return f'<wp:position{way} relativeFrom="page"><wp:posOffset>{offset}</wp:posOffset></wp:position{way}>'


def color(value: str) -> str:
    return f'<w:color w:val="{value}"/>'


def shade(fill: str) -> str:
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'


def filled(value: str, kind: str = "srgbClr") -> str:
    return f'<w14:textFill><w14:solidFill><w14:{kind} w14:val="{value}"/></w14:solidFill></w14:textFill>'


GRID = '<w:tblStyle w:val="Grid"/><w:tblLook w:firstRow="1" w:firstColumn="1"/>'
EXACT = '<w:trHeight w:val="20" w:hRule="exact"/>'
WHITE = color("FFFFFF")
NO_FILL = "<w14:textFill><w14:noFill/></w14:textFill>"
CLEAR = '<w14:textFill><w14:solidFill><w14:srgbClr w14:val="000000"><w14:alpha w14:val="100000"/></w14:srgbClr>' \
        "</w14:solidFill></w14:textFill>"  # fmt: skip
OUTLINE = '<w14:textOutline w14:w="9525"><w14:solidFill/></w14:textOutline>'
DARK = '<a:solidFill><a:srgbClr val="1F2A44"/></a:solidFill>'

ACCENT = '<a:solidFill><a:schemeClr val="accent1"/></a:solidFill>'
ADDRESS = '<w:framePr w:w="4000" w:hAnchor="page" w:vAnchor="page" w:x="1400" w:y="2700"/>'

UNSEEN = {
    "white": para(WHITE),
    "nearly white": para(color("FDFDFD")),
    "the theme's white": para('<w:color w:val="000000" w:themeColor="background1"/>'),
    "white by a style": para(properties='<w:pStyle w:val="Ghost"/>'),
    "yellow on white": para(color("FFFF00")),
    "black under black": para(color("000000") + shade("000000")),
    "blue under the same blue": para(color("1F2A44"), shade("1F2A44")),
    "under a bar of a style": para(color("1F2A44"), '<w:pStyle w:val="Bar"/>'),
    "under a character style": para('<w:rStyle w:val="Black"/>' + color("000000")),
    "under a solid pattern": para(color("000000") + '<w:shd w:val="solid" w:color="000000" w:fill="FFFFFF"/>'),
    "black in a black cell": table(row(para(color("000000")), cell=shade("000000"))),
    "dark in a dark first row": table(row(para(color("1F2A44"))), properties=GRID),
    "white in a plain row": table(row(para(text="Head")), row(para(WHITE))),
    "one point": para('<w:sz w:val="2"/>'),
    "three points": para('<w:sz w:val="6"/>'),
    "letters of no width": para('<w:w w:val="1"/>'),
    "lowered off the page": para('<w:position w:val="-1500"/>'),
    "transparent": para(NO_FILL),
    "all clear": para(CLEAR),
    "filled with white": para(filled("FFFFFF")),
    "filled with the theme's white": para(filled("bg1", "schemeClr")),
    "transparent by a style": para('<w:rStyle w:val="Glass"/>'),
    "white by a table's style": table(row(para()), properties='<w:tblStyle w:val="Pale"/>'),
    "letters on one another": para('<w:spacing w:val="-300"/>'),
    "black in a black box of old": vml(para(color("000000")), "width:100pt;height:50pt", 'fillcolor="black"'),
    "a line of no height": para(properties='<w:spacing w:line="10" w:lineRule="exact"/>'),
    "a row of no height": table(row(para(), EXACT)),
    "a row of no height around a table": table(row(table(row(para())) + "<w:p/>", EXACT)),
    "indented off the right": para(properties='<w:ind w:left="20000"/>'),
    "first line off the right": para(properties='<w:ind w:firstLine="20000"/>'),
    "indented off the left": para(properties='<w:ind w:left="-9000" w:right="9000"/>'),
    "a frame off the page": para(properties='<w:framePr w:w="3000" w:hAnchor="page" w:x="-9000" w:y="1"/>'),
    "a frame below the page": para(properties='<w:framePr w:w="3000" w:vAnchor="page" w:x="1" w:y="30000"/>'),
    "a frame of no size": para(properties='<w:framePr w:w="3000" w:h="10" w:hRule="exact"/>'),
    "a table off the page": table(row(para()), properties='<w:tblInd w:w="15000" w:type="dxa"/>'),
    "a floating table off the page": table(row(para()), properties='<w:tblpPr w:horzAnchor="page" w:tblpX="-20000"/>'),
    "a text box off the page": box(para(), aside("H", -9_000_000)),
    "a text box below the page": box(para(), aside("V", 99_000_000)),
    "a tiny text box": box(para(), cx=1, cy=1),
    "a see-through box of white words": box(para(WHITE)),
    "an old text box off the page": vml(para(), "position:absolute;margin-left:-900pt;width:90pt;height:30pt"),
    "an old tiny text box": vml(para(), "width:1pt;height:1pt"),
    "under a picture": floating(at(0), at(-90_000)),
    "under a picture set left": floating("<wp:align>left</wp:align>", at(0)),
    "under a filled shape": floating(at(-90_000), at(0), f"<wps:wsp><wps:spPr>{DARK}</wps:spPr></wps:wsp>"),
}

SEEN = {
    "filled with black, though white": para(WHITE + filled("000000")),
    "white where bands may be dark": table(row(para()), properties='<w:tblStyle w:val="Bands"/>'),
    "letters set close": para('<w:spacing w:val="-20"/>'),
    "ordinary": para(),
    "black": para(color("000000")),
    "Word's own choice on black": para(color("auto") + shade("000000")),
    "white on a bar": para(WHITE, shade("1F2A44")),
    "white on a bar of a style": para(WHITE, '<w:pStyle w:val="Bar"/>'),
    "white in a dark cell": table(row(para(WHITE), cell=shade("1F2A44"))),
    "white in a dark first row": table(row(para(WHITE)), properties=GRID),
    "white by the table's style in its dark first row": table(row(para()), properties=GRID),
    "white in a dark first column": table(row(para(text="Head")), row(para(WHITE)), properties=GRID),
    "white in a dark box": box(para(WHITE), look=DARK),
    "white on a picture": box(para(WHITE), look="<a:blipFill/>"),
    "dark on a colour of the theme": box(para(color("000000")), look=ACCENT),
    "white in a dark box of old": vml(para(WHITE), "width:90pt;height:30pt", 'fillcolor="#1f2a44"'),
    "outlined letters": para(NO_FILL + OUTLINE),
    "small print": para('<w:sz w:val="14"/>'),
    "a white full stop": para(WHITE, text="."),
    "indented": para(properties='<w:ind w:left="2880" w:hanging="720"/>'),
    "into the margin": para(properties='<w:ind w:left="-1000"/>'),
    "a low row of any height": table(row(para(), '<w:trHeight w:val="20" w:hRule="atLeast"/>')),
    "an exact line": para(properties='<w:spacing w:line="280" w:lineRule="exact"/>'),
    "a framed capital": para(properties='<w:framePr w:dropCap="drop" w:lines="3" w:hAnchor="text" w:vAnchor="text"/>'),
    "a framed address": para(properties=ADDRESS),
    "a table in the margin": table(row(para()), properties='<w:tblInd w:w="-108" w:type="dxa"/>'),
    "a box on the page": box(para(), aside("H", 900_000) + aside("V", 900_000)),
    "a box partly off the page": box(para(), aside("H", -900_000)),
    "over a picture": floating(at(0), at(0), behind=1),
    "beside a picture": floating(at(4_000_000), at(0)),
    "above a picture": floating(at(0), at(400_000)),
    "around a picture": floating(at(0), at(0), wrap="wrapSquare"),
    "a sign on the margin": floating(at(-500_000), at(0), cx=300_000),
    "in a frame of lines": floating(at(0), at(0), "<wps:wsp><wps:spPr><a:noFill/></wps:spPr></wps:wsp>"),
    "an old box in line": vml(para(), "width:200pt;height:40pt"),
}  # fmt: skip

PALE = {
    "grey": para(color("808080")),
    "light grey": para(color("BFBFBF")),
    "orange": para(color("FFA500")),
    "grey in a grey cell": table(row(para(color("404040")), cell=shade("808080"))),
}


def story(content: str) -> Story:
    root = parse(f"<w:document {SPACES}><w:body>{content}{PAGE}</w:body></w:document>".encode())
    styles = Styles(parse(f"<w:styles {SPACES}>{STYLES}</w:styles>".encode()))
    return Story(root, styles, "word/document.xml", "draft.docx")


def codes(content: str) -> list[str]:
    return [each.code for each in unseen_words(story(content))]


@pytest.mark.parametrize("name", UNSEEN)
def test_words_that_nobody_sees_are_an_error_that_quotes_them(name: str) -> None:
    (found,) = unseen_words(story(UNSEEN[name]))
    assert (found.code, str(found.level)) == ("P190", "error")
    assert found.message.startswith("The words “Secret” cannot be seen: they are ")


@pytest.mark.parametrize("name", SEEN)
def test_words_that_are_seen_are_not_told(name: str) -> None:
    assert codes(SEEN[name]) == []


@pytest.mark.parametrize("name", PALE)
def test_words_that_are_pale_are_a_warning_and_the_contrast_is_that_of_templates(name: str) -> None:
    (found,) = unseen_words(story(PALE[name]))
    assert (found.code, str(found.level)) == ("P191", "warning")
    (same,) = (each for each in look_problems(story(PALE[name])) if each.code == "P519")
    ratio = same.message.rpartition("contrast ")[2].rstrip(".")
    assert f"has a contrast of {ratio}" in found.message


def test_neighbours_of_one_look_are_told_once_and_quoted_together() -> None:
    (found,) = unseen_words(story(f"<w:p>{run(text='Seen')}{run(WHITE, 'not ')}{run(WHITE, 'for you')}</w:p>"))
    assert found.message == "The words “not for you” cannot be seen: they are of colour FFFFFF on FFFFFF."


def test_without_the_limits_nothing_would_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.word.unseen._VISIBLE_CONTRAST", 0)
    assert codes(UNSEEN["white"]) == ["P191"]
    monkeypatch.setattr("pipeline.word.unseen.LEGIBLE", 0)
    assert codes(UNSEEN["one point"]) == codes(UNSEEN["a row of no height"]) == []
