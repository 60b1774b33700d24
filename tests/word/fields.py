# ruff: noqa: E501
"""Fields, signs and controls as Word writes them, in pieces of XML; `SHOWN` says what a person sees of each."""

from __future__ import annotations

from tests.publish.papers import complex_field, text

MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
EMOJI = 'xmlns:w16se="http://schemas.microsoft.com/office/word/2015/wordml/symex"'


def mark(kind: str, inner: str = "", look: str = "") -> str:
    """One mark of a field."""
    return f'<w:r><w:rPr>{look}</w:rPr><w:fldChar w:fldCharType="{kind}">{inner}</w:fldChar></w:r>'


def code(words: str, look: str = "") -> str:
    """A run of a field's code."""
    return f'<w:r><w:rPr>{look}</w:rPr><w:instrText xml:space="preserve"> {words} </w:instrText></w:r>'


def bare(words: str, form: str = "", look: str = "") -> str:
    """A field that keeps no result."""
    data = f'<w:ffData><w:name w:val="F"/><w:enabled/>{form}</w:ffData>' if form else ""
    return mark("begin", data, look) + code(words, look) + mark("end", "", look)


def parted(words: str, form: str = "", result: str = "") -> str:
    """A field with room for a result."""
    data = f'<w:ffData><w:name w:val="F"/><w:enabled/>{form}</w:ffData>' if form else ""
    return mark("begin", data) + code(words) + mark("separate") + result + mark("end")


def drop_down(*entries: str, result: str = "", default: str = "") -> str:
    """The data of an old drop-down."""
    chosen = f'<w:result w:val="{result}"/>' if result else ""
    first = f'<w:default w:val="{default}"/>' if default else ""
    listed = "".join(f'<w:listEntry w:val="{each}"/>' for each in entries)
    return f"<w:ddList>{chosen}{first}{listed}</w:ddList>"


def tick_box(inner: str) -> str:
    """The data of an old tick box."""
    return f"<w:checkBox><w:sizeAuto/>{inner}</w:checkBox>"


def sign(font: str, number: str) -> str:
    """A character of a font by its number."""
    return f'<w:r><w:sym w:font="{font}" w:char="{number}"/></w:r>'


def control(about: str, content: str) -> str:
    """A content control."""
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="A control"/>{about}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>'
    )


def in_font(font: str, words: str) -> str:
    """A run in a font of its own."""
    return text(words, f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>')


FORMS = [
    (parted("FORMDROPDOWN", drop_down("Choose", "Approved", result="1")), "Approved"),
    (bare("FORMDROPDOWN", drop_down("Choose", "Approved", result="1")), "Approved"),
    (bare("FORMDROPDOWN", drop_down("Yes", "No")), "Yes"),
    (bare("FORMDROPDOWN", drop_down("Yes", "No", default="1")), "No"),
    (bare("FORMDROPDOWN", drop_down("Yes", "No", "Not yet", result="2", default="1")), "Not yet"),
    (parted("FORMDROPDOWN", drop_down("Yes", "No", result="1"), text("Yes")), "No"),
    (parted("FORMDROPDOWN", "", text("Deferred")), "Deferred"),
    (bare("FORMDROPDOWN", drop_down("Select Committee", "Cabinet")), "Select Committee"),
    (bare("FORMCHECKBOX", tick_box('<w:default w:val="1"/>')), "☒"),
    (bare("FORMCHECKBOX", tick_box('<w:default w:val="0"/>')), "☐"),
    (bare("FORMCHECKBOX", tick_box('<w:default w:val="0"/><w:checked/>')), "☒"),
    (bare("FORMCHECKBOX", tick_box('<w:default w:val="1"/><w:checked w:val="0"/>')), "☐"),
    (parted("FORMCHECKBOX", tick_box('<w:checked w:val="true"/>')), "☒"),
    (bare("FORMCHECKBOX", tick_box("")), "☐"),
    (parted("FORMTEXT", "<w:textInput/>", text("£12,000")), "£12,000"),
    (parted("FORMTEXT", '<w:textInput><w:default w:val="the sum"/></w:textInput>', text("£12,000")), "£12,000"),
    (parted("FORMTEXT", '<w:textInput><w:type w:val="calculated"/><w:default w:val="=1+1"/></w:textInput>', text("2")), "2"),
]  # fmt: skip
SIGNS = [
    (sign("Symbol", "F0B0"), "°"), (sign("Symbol", "00B0"), "°"), (sign("Symbol", "F061"), "α"),
    (sign("Symbol", "F0B3"), "≥"), (sign("Symbol", "F0B7"), "•"), (sign("Wingdings", "F0FC"), "✓"),
    (sign("Wingdings", "F0FE"), "☑"), (sign("Wingdings", "F0FD"), "☒"), (sign("Wingdings", "F0A8"), "☐"),
    (sign("Wingdings 2", "F050"), "✓"), (sign("Wingdings 2", "F052"), "☑"), (sign("Webdings", "F061"), "✔"),
    (sign("Segoe UI Symbol", "2612"), "☒"), (sign("Arial", "00BD"), "½"),
    (in_font("Wingdings", "ü"), "✓"), (in_font("wingdings", "\uf0fe"), "☑"), (in_font("Symbol", "m"), "μ"),
    (in_font("Wingdings", "☒"), "☒"),
    (bare(r"SYMBOL 176 \a"), "°"), (bare('SYMBOL 176 \\f "Symbol" \\s 12'), "°"), (bare(r"SYMBOL 252 \f Wingdings"), "✓"),
    (bare(r"SYMBOL 0xF0FE \f Wingdings"), "☑"), (bare(r"SYMBOL 8364 \u"), "€"), (bare("SYMBOL 163"), "£"),
    (bare(r"SYMBOL 128 \a"), "€"), (parted('SYMBOL 252 \\f "Wingdings"', "", in_font("Wingdings", "ü")), "✓"),
    (parted(r"SYMBOL 33440 \j", "", text("¢")), "¢"),
    (f'<w:r><mc:AlternateContent><mc:Choice Requires="w16se"><w16se:symEx {EMOJI} w16se:font="Segoe UI Emoji" '
     'w16se:char="1F6B2"/></mc:Choice><mc:Fallback><w:t>🚲</w:t></mc:Fallback></mc:AlternateContent></w:r>', "🚲"),
]  # fmt: skip
FIELDS = [
    (complex_field("REF plan \\h", "Appendix 2"), "Appendix 2"),
    (complex_field("DATE \\@ d", "9 May"), "9 May"),
    (complex_field('IF 1 = 1 "" "b"', ""), ""),
    (complex_field("SEQ Table", "3"), "3"),
    (complex_field("= 2 + 3", "5"), "5"),
    (complex_field("LISTNUM", "1)"), "1)"),
    (complex_field("EQ \\f(1,2)", "½"), "½"),
    (complex_field("AUTONUM", "7."), "7."),
    (complex_field("PAGE", "4"), "4"),
    (bare("AUTONUM"), "1."), (bare(r"AUTONUM \* Arabic"), "1."), (bare(r"AUTONUM \s :"), "1:"),
    (bare("AUTONUMLGL"), "1."), (bare(r"AUTONUMLGL \e"), "1"),
    (bare("GOTOBUTTON plan the plan"), "the plan"),
    ('<w:fldSimple w:instr=" REF plan ">' + text("Appendix 1") + "</w:fldSimple>", "Appendix 1"),
    ('<w:fldSimple w:instr=" AUTONUM "/>', "1."), ('<w:fldSimple w:instr=" SYMBOL 176 "/>', "°"),
    (parted('IF "x" = "x"', "", bare("FORMCHECKBOX", tick_box("<w:checked/>")) + text(" agreed")), "☒ agreed"),
    (mark("begin") + code("IF") + complex_field("DOCVARIABLE x", "no") + code('= 1 "b"') + mark("separate") + text("b")
     + mark("end"), "b"),
]  # fmt: skip
SILENT = [
    bare('XE "best value"'), bare('XE "best value"', look="<w:vanish/>"), bare('TC "Heading" \\l 1'), bare('TA \\l "Case"'),
    bare("RD c:\\other.docx"), parted("SET sum", "", text("12")), parted("ASK name", "", text("who")), bare("ADVANCE \\u 3"),
    bare("PRIVATE"), bare("ADDIN ZOTERO_TEMP"), bare("PRINT 27"), bare(""), '<w:fldSimple w:instr=" XE &quot;x&quot; "/>',
    bare("NEXT"), text("unseen", "<w:vanish/>"), '<w:del w:id="1"><w:r><w:delText>gone</w:delText></w:r></w:del>',
    '<w:moveFrom w:id="1"><w:r><w:t>gone</w:t></w:r></w:moveFrom>', "<w:r><w:softHyphen/></w:r>",
]  # fmt: skip
OTHERS = [
    ("<w:r><w:t>a</w:t><w:tab/><w:br/><w:cr/><w:noBreakHyphen/><w:t>b</w:t></w:r>", "a\t\n\n\u2011b"),
    (f'<w:ins w:id="1">{text("added")}</w:ins>', "added"),
    (control('<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>', in_font("MS Gothic", "☒")), "☒"),
    (control('<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>', sign("Wingdings", "F0FE")), "☑"),
    (control('<w:dropDownList><w:listItem w:displayText="No" w:value="n"/></w:dropDownList>', text("Yes")), "Yes"),
    (f"<w:smartTag>{text('tagged')}</w:smartTag>", "tagged"),
    (f'<w:hyperlink w:anchor="x">{text("linked")}</w:hyperlink>', "linked"),
    (f"<w:r><w:ruby><w:rubyPr/><w:rt>{text('above')}</w:rt><w:rubyBase>{text('base')}</w:rubyBase></w:ruby></w:r>",
     "baseabove"),
    (f"<m:oMath {MATH}><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>",
     "1/2"),
    (f"<m:oMath {MATH}><m:d><m:e><m:r><m:t>x</m:t></m:r></m:e></m:d></m:oMath>", "(x)"),
    (f'<m:oMath {MATH}><m:d><m:dPr><m:begChr m:val="["/><m:endChr m:val="]"/></m:dPr><m:e><m:r><m:t>x</m:t></m:r></m:e>'
     "</m:d></m:oMath>", "[x]"),
    (f'<mc:AlternateContent><mc:Choice Requires="w14">{text("once")}</mc:Choice><mc:Fallback>{text("once")}</mc:Fallback>'
     "</mc:AlternateContent>", "once"),
    (mark("begin") + code("UNFINISHED") + text("Still seen."), "Still seen."),
]  # fmt: skip
SHOWN = [*FORMS, *SIGNS, *FIELDS, *((each, "") for each in SILENT), *OTHERS]
PROMPTS = [
    (bare("MACROBUTTON NoMacro [click and type cost]"), "[click and type cost]"),
    (bare("MACROBUTTON NoMacro Type here"), "Type here"),
    ('<w:fldSimple w:instr=" MACROBUTTON NoMacro [sum] "/>', "[sum]"),
    (parted("FORMTEXT", "<w:textInput/>", text("\u2002\u2002\u2002\u2002\u2002")), "A form field"),
    (parted("FORMTEXT", "<w:textInput/>"), "A form field"), (bare("FORMTEXT", "<w:textInput/>"), "A form field"),
    (parted("FORMTEXT", '<w:textInput><w:default w:val="Enter the sum"/></w:textInput>', text("Enter the sum")),
     "Enter the sum"),
    (bare("FORMDROPDOWN", drop_down("Choose an item", "Approved")), "Choose an item"),
    (bare("FORMDROPDOWN", drop_down("Select", "Approved")), "Select"),
    (bare("FORMDROPDOWN", drop_down("Please choose", "Approved")), "Please choose"),
    (bare("FORMDROPDOWN", drop_down("---", "Approved")), "---"),
    (bare("FORMDROPDOWN", drop_down("[outcome]", "Approved")), "[outcome]"),
    (parted('IF 1 = 1', "", bare("MACROBUTTON NoMacro [why]")), "[why]"),
]  # fmt: skip
UNREAD = [
    (bare("LISTNUM"), "field", "LISTNUM"), (bare("EQ \\f(1,2)"), "field", "EQ"), (bare("AUTONUMOUT"), "field", "AUTONUMOUT"),
    (bare("AUTONUM \\* alphabetic"), "field", "AUTONUM"), (bare("SEQ Table"), "field", "SEQ"),
    (parted("SEQ Table"), "field", "SEQ"), (parted("REF plan"), "field", "REF"), (bare("= 2 + 3"), "field", "="),
    (parted('TOC \\o "1-3"'), "field", "TOC"), (bare("MERGEFIELD sum"), "field", "MERGEFIELD"),
    (bare(r"SYMBOL 33440 \j"), "field", "SYMBOL"), (bare("SYMBOL 64 \\f Marlett"), "field", "SYMBOL"),
    (bare("FORMCHECKBOX"), "field", "FORMCHECKBOX"),
    (bare("FORMDROPDOWN", drop_down("Yes", "No", result="7")), "field", "FORMDROPDOWN"),
    (bare("AUTONUM") + bare("AUTONUM"), "field", "AUTONUM"), ("<w:r><w:dayLong/></w:r>", "field", "DATE"),
    ('<w:fldSimple w:instr=" EQ \\f(1,2) "/>', "field", "EQ"), ('<w:fldSimple w:instr=" FORMCHECKBOX "/>', "field", "FORMCHECKBOX"), (bare("BARCODE 123"), "field", "BARCODE"),
    (sign("MT Extra", "F04C"), "symbol", "MT Extra"), (sign("Symbol", "F0FF"), "symbol", "Symbol"),
    (sign("Arial", "F0B7"), "symbol", "Arial"), (sign("Wingdings", "lots"), "symbol", "Wingdings"),
    (text("\uf0b7"), "symbol", ""), (in_font("Marlett", "a"), "symbol", "Marlett"), (sign("", "E012"), "symbol", ""),
    (in_font("Symbol", "\x7f"), "symbol", "Symbol"), (sign("Wingdings 3", "F0FE"), "symbol", "Wingdings 3"),
    (sign("ZapfDingbats", "F034"), "symbol", "ZapfDingbats"), (sign("Wingdings 2", "00FF"), "symbol", "Wingdings 2"),
    (sign("Symbol", "D800"), "symbol", "Symbol"),
    (control('<w:dataBinding w:xpath="/a"/>', text(" ")), "control", "A control"),
    (control("<w14:checkbox/>", ""), "control", "A control"),
    ('<w:r><w:pict><v:shape style="width:9pt" alt="x"><v:textpath string="DRAFT"/></v:shape></w:pict></w:r>', "control", "DRAFT"),
    ('<w:r><w:object><w:control w:name="TextBox1"/></w:object></w:r>', "control", "TextBox1"),
]  # fmt: skip
