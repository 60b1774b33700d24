# ruff: noqa: E501
"""Every place in a Word file where something private can be, each with a way to put it there."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable

import openpyxl

from tests.publish.papers import TYPE, Draft, R, complex_field, drawing, jpeg, png, story, text

Hide = Callable[[Draft, str], None]


def _comment(draft: Draft, secret: str) -> None:
    number = len(draft.comments)
    draft.comments.append(
        f'<w:comment w:id="{number}" w:author="{secret}" w:initials="{secret}" w:date="2017-01-05T10:00:00Z"><w:p>{text(secret)}'
        "</w:p></w:comment>"
    )
    draft.add(
        f'<w:commentRangeStart w:id="{number}"/>{text("Spoken about. ")}<w:commentRangeEnd w:id="{number}"/>'
        f'<w:r><w:commentReference w:id="{number}"/></w:r>'
    )


def _people(draft: Draft, secret: str) -> None:
    draft.link("http://schemas.microsoft.com/office/2011/relationships/people", "people.xml")
    draft.part(
        "word/people.xml",
        f'<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">{secret}</w15:people>',
    )


def _hidden_run(draft: Draft, secret: str) -> None:
    draft.add(text("Seen. ") + text(secret, "<w:vanish/>") + text("Seen again."))


def _hidden_paragraph(draft: Draft, secret: str) -> None:
    draft.body.append(f"<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>{text(secret, '<w:vanish/>')}</w:p>")


def _hidden_by_character_style(draft: Draft, secret: str) -> None:
    draft.styles.append(
        '<w:style w:type="character" w:styleId="Secret"><w:name w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Secret2"><w:name w:val="Secret2"/><w:basedOn w:val="Secret"/></w:style>'
    )
    draft.add(text(secret, '<w:rStyle w:val="Secret2"/>') + text("Seen."))


def _hidden_by_paragraph_style(draft: Draft, secret: str) -> None:
    draft.styles.append(
        '<w:style w:type="paragraph" w:styleId="Note"><w:name w:val="Note"/><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    draft.add(text(secret) + text("Seen after all.", '<w:vanish w:val="0"/>'), style="Note")


def _hidden_row(draft: Draft, secret: str) -> None:
    cell = "<w:tc><w:tcPr/><w:p>{}</w:p></w:tc>"
    draft.body.append(
        f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr>{cell.format(text('Seen'))}</w:tr>"
        f"<w:tr><w:trPr><w:hidden/></w:trPr>{cell.format(text(secret))}</w:tr></w:tbl><w:p>{text('After.')}</w:p>"
    )


def _hidden_text_in_a_link(draft: Draft, secret: str) -> None:
    target = draft.link("hyperlink", "https://www.example.org/report", external=True)
    draft.add(
        f'<w:hyperlink r:id="{target}" w:tooltip="{secret}" w:docLocation="{secret}">{text("the report")}{text(secret, "<w:vanish/>")}'
        "</w:hyperlink>"
    )


def _link_to_a_file(draft: Draft, secret: str) -> None:
    target = draft.link("hyperlink", f"file:///S:/{secret}.docx", external=True)
    draft.add(f'<w:hyperlink r:id="{target}">{text("the file")}</w:hyperlink>')


def _link_with_a_password(draft: Draft, secret: str) -> None:
    target = draft.link("hyperlink", f"https://clerk:{secret}@intranet.example.org/", external=True)
    draft.add(f'<w:hyperlink r:id="{target}">{text("the page")}</w:hyperlink>')


def _own_bookmark(draft: Draft, secret: str) -> None:
    draft.add(
        f'<w:bookmarkStart w:id="{len(draft.body)}" w:name="{secret}"/>{text("Marked.")}<w:bookmarkEnd w:id="{len(draft.body)}"/>'
    )


def _bookmark_pointed_at(draft: Draft, secret: str) -> None:
    _own_bookmark(draft, secret)
    draft.add(text("See ") + complex_field(f"REF {secret} \\r \\h", "1"))


def _field_code(code: str) -> Hide:
    def hide(draft: Draft, secret: str) -> None:
        draft.add(text("Says ") + complex_field(code.format(secret), "a result"))

    return hide


def _simple_field(draft: Draft, secret: str) -> None:
    draft.add(f'<w:fldSimple w:instr=" DOCPROPERTY {secret} ">{text("shown")}</w:fldSimple>')


def _nested_field(draft: Draft, secret: str) -> None:
    inner = complex_field(f"DOCVARIABLE {secret}", secret)
    draft.add(
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> IF </w:instrText></w:r>' + inner
        + f'<w:r><w:instrText> = 1 "{secret}" "b" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + text("b") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )  # fmt: skip


def _unfinished_field(draft: Draft, secret: str) -> None:
    draft.add(
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{secret}</w:instrText></w:r>{text("Still seen.")}'
    )


def _form_field(draft: Draft, secret: str) -> None:
    draft.add(
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="{secret}"/><w:helpText w:val="{secret}"/></w:ffData>'
        f'</w:fldChar></w:r><w:r><w:instrText> FORMTEXT </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{text("typed in")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _control(draft: Draft, secret: str) -> None:
    draft.body.append(
        f'<w:sdt><w:sdtPr><w:alias w:val="{secret}"/><w:tag w:val="{secret}"/><w:dataBinding w:xpath="/{secret}" w:storeItemID="x"/>'
        f"</w:sdtPr><w:sdtContent><w:p>{text('In a control.')}</w:p></w:sdtContent></w:sdt>"
    )


def _smart_tag(draft: Draft, secret: str) -> None:
    draft.add(
        f'<w:smartTag w:uri="{secret}" w:element="{secret}"><w:smartTagPr><w:attr w:name="{secret}" w:val="{secret}"/></w:smartTagPr>'
        f"{text('Tagged.')}</w:smartTag>"
    )


def _custom_xml(draft: Draft, secret: str) -> None:
    draft.link("customXml", "../customXml/item1.xml")
    draft.part("customXml/item1.xml", f"<paper xmlns='urn:committee-papers:baseline:1'>{secret}</paper>")
    draft.add(f'<w:customXml w:uri="{secret}" w:element="{secret}">{text("Wrapped.")}</w:customXml>')


def _core(draft: Draft, secret: str) -> None:
    draft.package_links.append(
        ("http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml")
    )
    draft.part(
        "docProps/core.xml",
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{secret}</dc:creator><cp:lastModifiedBy>{secret}</cp:lastModifiedBy>'
        f"<cp:keywords>{secret}</cp:keywords><dc:title>{secret}</dc:title></cp:coreProperties>",
        "application/vnd.openxmlformats-package.core-properties+xml",
    )


def _package_part(kind: str, name: str) -> Hide:
    def hide(draft: Draft, secret: str) -> None:
        draft.package_links.append((kind if "://" in kind else f"{R}/{kind}", name))
        draft.part(name, f"<x>{secret}</x>")

    return hide


def _main_part(kind: str, name: str) -> Hide:
    def hide(draft: Draft, secret: str) -> None:
        draft.link(kind, name)
        draft.part(f"word/{name}", f"<x>{secret}</x>")

    return hide


def _unreached_part(draft: Draft, secret: str) -> None:
    draft.part(f"word/{secret}.xml", f"<x>{secret}</x>")
    draft.part("word/header9.xml", story("hdr", text(secret)), f"{TYPE}.header+xml")


def _header_never_shown(draft: Draft, secret: str) -> None:
    draft.first_header = text(secret)


def _footnote_nobody_reads(draft: Draft, secret: str) -> None:
    number = 10 + len(draft.notes)
    draft.notes.append(f'<w:footnote w:id="{number}"><w:p>{text(secret)}</w:p></w:footnote>')
    draft.notes.append(f'<w:footnote w:id="{number + 1}"><w:p>{text("A note.")}</w:p></w:footnote>')
    draft.add(text("Noted.") + f'<w:r><w:footnoteReference w:id="{number + 1}"/></w:r>')


def _setting(pattern: str) -> Hide:
    def hide(draft: Draft, secret: str) -> None:
        draft.settings.append(pattern.format(secret))

    return hide


def _attached_template(draft: Draft, secret: str) -> None:
    draft.settings.append('<w:attachedTemplate r:id="rId1"/>')
    target = (
        f'<Relationship Id="rId1" Type="{R}/attachedTemplate" Target="file:///C:/{secret}.dotm" TargetMode="External"/>'
    )
    draft.parts["word/_rels/settings.xml.rels"] = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{target}</Relationships>'
    ).encode()


def _revision_numbers(draft: Draft, secret: str) -> None:
    draft.body.append(f'<w:p w:rsidR="{secret}" w14:paraId="{secret}" w14:textId="{secret}">{text("Numbered.")}</w:p>')


def _extension(draft: Draft, secret: str) -> None:
    draft.add(text("Glows.", f'<w14:glow w14:rad="{secret}"/>'))


def _permission(draft: Draft, secret: str) -> None:
    draft.add(f'<w:permStart w:id="5" w:ed="{secret}"/>{text("May be edited.")}<w:permEnd w:id="5"/>')


def _picture(draft: Draft, secret: str) -> None:
    name = f"media/{secret}.png"
    draft.part(f"word/{name}", png(secret), "image/png")
    id_ = draft.link("image", name, id_=f"rId{secret}")
    draft.add(drawing(id_, name=secret, inner=secret, extra=f'wp14:anchorId="{secret}" wp14:editId="{secret}"'))


def _picture_behind_hidden_text(draft: Draft, secret: str) -> None:
    draft.part(f"word/media/{secret}x.png", png(secret), "image/png")
    id_ = draft.link("image", f"media/{secret}x.png")
    hidden = drawing(id_, alt=secret).replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>", 1)
    draft.add(text("A picture was here.") + hidden)


def _hidden_picture(draft: Draft, secret: str) -> None:
    draft.part(f"word/media/{secret}h.png", png(secret), "image/png")
    id_ = draft.link("image", f"media/{secret}h.png")
    draft.add(text("No picture.") + drawing(id_, alt=secret).replace('id="7" name', 'hidden="1" id="7" name', 1))


def _embedded_object(draft: Draft, secret: str) -> None:
    object_ = draft.link("oleObject", "embeddings/oleObject1.bin")
    draft.part("word/embeddings/oleObject1.bin", secret.encode())
    draft.part("word/media/preview.png", png(), "image/png")
    picture = draft.link("image", "media/preview.png")
    draft.add(
        f'<w:r><w:object w:dxaOrig="1" w:dyaOrig="1"><v:shape id="{secret}" style="width:9pt;height:9pt" alt="A dot" '
        f'o:spid="{secret}"><v:imagedata r:id="{picture}" o:title="{secret}"/></v:shape>'
        f'<o:OLEObject Type="Embed" ProgID="{secret}" ShapeID="{secret}" r:id="{object_}"/></w:object></w:r>'
    )


def _remark(draft: Draft, secret: str) -> None:
    draft.add(f"<!-- {secret} -->{text('No remark.')}<?{secret} {secret}?>")


def _style_of_its_own(draft: Draft, secret: str) -> None:
    draft.styles.append(
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{secret}"><w:name w:val="{secret}"/>'
        f'<w:aliases w:val="{secret}"/><w:next w:val="{secret}"/></w:style>'
    )
    draft.add(text("In a style of its own."), style=secret)


def _style_that_is_gone(draft: Draft, secret: str) -> None:
    draft.add(text("In a style that is gone."), style=f"{secret}gone")


def _list_names(draft: Draft, secret: str) -> None:
    draft.numbering.append(
        f'<w:abstractNum w:abstractNumId="7"><w:nsid w:val="{secret}"/><w:tmpl w:val="{secret}"/><w:name w:val="{secret}"/>'
        f'<w:styleLink w:val="{secret}list"/><w:lvl w:ilvl="0" w:tplc="{secret}"><w:start w:val="1"/>'
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl></w:abstractNum>'
    )


def _theme_names(draft: Draft, secret: str) -> None:
    draft.link("theme", "theme/theme1.xml")
    draft.part(
        "word/theme/theme1.xml",
        f'<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="{secret}"><a:themeElements>'
        f'<a:clrScheme name="{secret}"/><a:fontScheme name="{secret}"/><a:fmtScheme name="{secret}"/></a:themeElements>'
        f'<a:custClrLst><a:custClr name="{secret}"/></a:custClrLst><a:extLst><a:ext uri="{secret}"/></a:extLst></a:theme>',
        "application/vnd.openxmlformats-officedocument.theme+xml",
    )


def _hidden_equation(draft: Draft, secret: str) -> None:
    draft.add(
        '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><w:rPr><w:vanish/></w:rPr>'
        f"<m:t>{secret}</m:t></m:r></m:oMath>{text('An equation was here.')}"
    )


RUBY = (
    '<w:rubyPr><w:rubyAlign w:val="center"/><w:hps w:val="12"/><w:hpsRaise w:val="12"/><w:hpsBaseText w:val="24"/>'
    '<w:lid w:val="en-GB"/></w:rubyPr>'
)


def _hidden_ruby(draft: Draft, secret: str) -> None:
    said = f"<w:rt>{text(secret, '<w:vanish/>')}</w:rt><w:rubyBase>{text('Said.')}</w:rubyBase>"
    draft.add(f"<w:r><w:ruby>{RUBY}{said}</w:ruby></w:r>")


def _hidden_in_a_footnote(draft: Draft, secret: str) -> None:
    number = 50 + len(draft.notes)
    draft.notes.append(
        f'<w:footnote w:id="{number}"><w:p>{text("A note.")}{text(secret, "<w:vanish/>")}</w:p></w:footnote>'
    )
    draft.add(text("Noted.") + f'<w:r><w:footnoteReference w:id="{number}"/></w:r>')


def _footnote_of_hidden_text(draft: Draft, secret: str) -> None:
    number = 80 + len(draft.notes)
    draft.notes.append(f'<w:footnote w:id="{number}"><w:p>{text(secret)}</w:p></w:footnote>')
    draft.add(text("No note.") + f'<w:r><w:rPr><w:vanish/></w:rPr><w:footnoteReference w:id="{number}"/></w:r>')


def _hidden_in_a_header(draft: Draft, secret: str) -> None:
    draft.part("word/header5.xml", story("hdr", text("Head") + text(secret, "<w:vanish/>")), f"{TYPE}.header+xml")
    number = draft.link("header", "header5.xml")
    draft.body.append(
        f'<w:p><w:pPr><w:sectPr><w:headerReference w:type="default" r:id="{number}"/><w:pgSz w:w="11906" w:h="16838"/>'
        "</w:sectPr></w:pPr></w:p>"
    )


def _text_box(draft: Draft, secret: str) -> None:
    inside = f"<w:txbxContent><w:p>{text('In a box.')}{text(secret, '<w:vanish/>')}</w:p></w:txbxContent>"
    draft.add(
        f'<w:r><w:pict><v:shape id="{secret}" style="width:9pt;height:9pt" alt="A box" href="file:///S:/{secret}" '
        f'title="{secret}" class="{secret}"><v:textbox>{inside}</v:textbox></v:shape></w:pict></w:r>'
    )


def _photograph(draft: Draft, secret: str) -> None:
    draft.part("word/media/photograph.jpeg", jpeg(secret), "image/jpeg")
    draft.add(drawing(draft.link("image", "media/photograph.jpeg"), number=8))


def _picture_kept_elsewhere(draft: Draft, secret: str) -> None:
    draft.part("word/media/linked.png", png() + secret.encode(), "image/png")
    here = draft.link("image", "media/linked.png")
    there = draft.link("image", f"file:///S:/{secret}.png", external=True)
    draft.add(drawing(here, number=9).replace(f'r:embed="{here}"', f'r:embed="{here}" r:link="{there}"'))


def _choice_for_older_programs(draft: Draft, secret: str) -> None:
    draft.add(
        f'<mc:AlternateContent><mc:Choice Requires="w14">{text("Seen.")}</mc:Choice>'
        f"<mc:Fallback>{text(secret)}</mc:Fallback></mc:AlternateContent>"
    )


def _threads_of_comments(draft: Draft, secret: str) -> None:
    for name in ("commentsExtended", "commentsIds", "commentsExtensible"):
        draft.link(f"http://schemas.microsoft.com/office/2011/relationships/{name}", f"{name}.xml")
        draft.part(
            f"word/{name}.xml",
            '<w15:commentsEx xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">'
            f'<w15:commentEx w15:paraId="{secret}"/></w15:commentsEx>',
        )


def _choices_of_a_control(draft: Draft, secret: str) -> None:
    draft.link("customXml", "../customXml/item3.xml")
    draft.part("customXml/item3.xml", f"<a>{secret}</a>")
    draft.body.append(
        f'<w:sdt><w:sdtPr><w:dropDownList><w:listItem w:displayText="{secret}" w:value="{secret}"/></w:dropDownList>'
        f'<w:placeholder><w:docPart w:val="{secret}"/></w:placeholder></w:sdtPr><w:sdtContent><w:p>{text("Chosen.")}</w:p>'
        "</w:sdtContent></w:sdt>"
    )


def _hidden_rows_of_a_workbook(draft: Draft, secret: str) -> None:
    """A workbook whose table is shown, and whose hidden row, hidden column and hidden sheet are not."""
    made = openpyxl.Workbook()
    page, other = made.worksheets[0], made.create_sheet("Workings")
    page.append(["Area", "Done", secret])
    page.append([secret, 1, 2])
    other["A1"] = secret
    page.row_dimensions[2].hidden = page.column_dimensions["C"].hidden = True
    other.sheet_state = "hidden"
    out = io.BytesIO()
    made.save(out)
    draft.part("word/media/table.png", png(), "image/png")
    picture = draft.link("image", "media/table.png")
    # stored, not packed: what is looked for is seen through one zip and not through two
    draft.part("word/embeddings/Microsoft_Excel_Sheet1.xlsx", stored(out.getvalue()))
    book = draft.link("package", "embeddings/Microsoft_Excel_Sheet1.xlsx")
    draft.add(
        '<w:r><w:object w:dxaOrig="1" w:dyaOrig="1"><v:shape id="sheet" style="width:9pt;height:9pt" alt="A table">'
        f'<v:imagedata r:id="{picture}"/></v:shape>'
        f'<o:OLEObject Type="Embed" ProgID="Excel.Sheet.12" ShapeID="sheet" r:id="{book}"/></w:object></w:r>'
    )


def stored(content: bytes) -> bytes:
    """A packed file with its parts as they are."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as plain:
        for name in packed.namelist():
            plain.writestr(name, packed.read(name))
    return out.getvalue()


def _property(name: str) -> Hide:
    """A property of the file, in the part that Word keeps for it."""

    def hide(draft: Draft, secret: str) -> None:
        _core(draft, "nobody")
        draft.parts["docProps/core.xml"] = draft.parts["docProps/core.xml"].replace(
            b"</cp:coreProperties>", f"<{name}>{secret}</{name}></cp:coreProperties>".encode()
        )

    return hide


MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships"
PARTS_OF_THE_TEXT = {
    "vbaData.xml": f"{MICROSOFT}/wordVbaData",
    "customizations.xml": f"{MICROSOFT}/keyMapCustomizations",
    "attachedToolbars.bin": f"{MICROSOFT}/attachedToolbars",
    "stylesWithEffects.xml": "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
    "tasks.xml": "http://schemas.microsoft.com/office/2019/05/relationships/documenttasks",
    "recipients.xml": "recipientData",
    "printerSettings1.bin": "printerSettings",
    "fonts/font1.odttf": "font",
    "activeX1.xml": "control",
    "ink1.xml": "customXml",
    "media/narration.wav": "audio",
    "media/film.mp4": "video",
    "diagrams/data1.xml": "diagramData",
    "charts/chart9.xml": "chart",
    "subdocument1.docx": "subDocument",
}
PARTS_OF_THE_FILE = {
    "docMetadata/LabelInfo.xml": "http://schemas.microsoft.com/office/2020/02/relationships/classificationlabels",
    "customUI/customUI14.xml": "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility",
    "userCustomization/customUI.xml": f"{MICROSOFT}/ui/userCustomization",
    "_xmlsignatures/sig1.xml": "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin",
    "mso-contentType.xml": "http://schemas.microsoft.com/office/2006/metadata/contentType",
}
CODES = (
    "ASK {0}", "FILLIN {0}", "SET {0} x", "QUOTE {0}", "COMMENTS {0}", "AUTHOR {0}", "LASTSAVEDBY {0}", "FILENAME \\* {0}",
    "TEMPLATE {0}", "USERNAME {0}", "USERADDRESS {0}", "USERINITIALS {0}", "KEYWORDS {0}", "SUBJECT {0}", "INFO {0}",
    "DOCPROPERTY {0}", "DOCVARIABLE {0}", "DATABASE \\d {0}", "DDEAUTO {0}", "INCLUDEPICTURE {0}", "LINK {0}", "TC {0}",
    "TA {0}", "RD {0}", "PRIVATE {0}", "ADDRESSBLOCK {0}", "BIBLIOGRAPHY {0}", "CITATION {0}",
)  # fmt: skip
SETTINGS = {
    "a password against changes": '<w:writeProtection w:hash="{0}"/>',
    "a style sheet of another program": '<w:saveThroughXslt w:solutionID="{0}"/>',
}
PROPERTIES = ("dc:subject", "dc:description", "dc:identifier", "cp:category", "cp:contentStatus", "cp:version")


PLACES: dict[str, Hide] = {
    "hidden rows, columns and sheets of an embedded workbook": _hidden_rows_of_a_workbook,
    **{f"the part {name}": _main_part(kind, name) for name, kind in PARTS_OF_THE_TEXT.items()},
    **{f"the package's part {name}": _package_part(kind, name) for name, kind in PARTS_OF_THE_FILE.items()},
    **{f"the field {code.split()[0]}": _field_code(code) for code in CODES},
    **{name: _setting(pattern) for name, pattern in SETTINGS.items()},
    **{f"the property {name}": _property(name) for name in PROPERTIES},
    "a comment and its author": _comment,
    "people": _people,
    "hidden text": _hidden_run,
    "a hidden paragraph": _hidden_paragraph,
    "text hidden by a character style": _hidden_by_character_style,
    "text hidden by a paragraph style": _hidden_by_paragraph_style,
    "a hidden row": _hidden_row,
    "hidden text and a tip in a link": _hidden_text_in_a_link,
    "a link to a file": _link_to_a_file,
    "a link with a password": _link_with_a_password,
    "a bookmark": _own_bookmark,
    "a bookmark pointed at": _bookmark_pointed_at,
    "INCLUDETEXT": _field_code('INCLUDETEXT "S:\\\\{0}.docx"'),
    "a merge field": _field_code("MERGEFIELD {0}"),
    "a code after PAGE": _field_code("PAGE \\* {0}"),
    "a code after TOC": _field_code('TOC \\o "1-3" \\t "{0},1"'),
    "a reference to nothing": _field_code("REF {0} \\h"),
    "a link field": _field_code('HYPERLINK "file:///S:/{0}.docx"'),
    "a reference library": _field_code("ADDIN EN.CITE {0}"),
    "a simple field": _simple_field,
    "a field within a field": _nested_field,
    "an unfinished field": _unfinished_field,
    "a form field": _form_field,
    "a content control": _control,
    "a smart tag": _smart_tag,
    "custom data": _custom_xml,
    "core properties": _core,
    "custom properties": _package_part("custom-properties", "docProps/custom.xml"),
    "extended properties": _package_part("extended-properties", "docProps/app.xml"),
    "a thumbnail": _package_part(
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail", "docProps/thumbnail.xml"
    ),
    "a glossary": _main_part("glossaryDocument", "glossary.xml"),
    "web settings": _main_part("webSettings", "webSettings.xml"),
    "an unknown part": _main_part("http://vendor.example.org/labels", "labels.xml"),
    "a part nothing reaches": _unreached_part,
    "a header never shown": _header_never_shown,
    "a footnote nobody reads": _footnote_nobody_reads,
    "a document variable": _setting('<w:docVars><w:docVar w:name="{0}" w:val="{0}"/></w:docVars>'),
    "mail merge": _setting('<w:mailMerge><w:query w:val="{0}"/></w:mailMerge>'),
    "protection": _setting('<w:documentProtection w:edit="readOnly" w:hash="{0}"/>'),
    "revision numbers of the settings": _setting('<w:rsids><w:rsid w:val="{0}"/></w:rsids>'),
    "a sign of more than one letter": _setting('<w:decimalSymbol w:val="{0}"/>'),
    "an attached template": _attached_template,
    "revision numbers": _revision_numbers,
    "an extension": _extension,
    "a permission": _permission,
    "a picture's names and notes": _picture,
    "a picture in hidden text": _picture_behind_hidden_text,
    "a hidden picture": _hidden_picture,
    "an embedded object": _embedded_object,
    "a remark": _remark,
    "the name of a style": _style_of_its_own,
    "the name of a style that is gone": _style_that_is_gone,
    "names of lists": _list_names,
    "names of a theme": _theme_names,
    "a hidden equation": _hidden_equation,
    "a hidden ruby": _hidden_ruby,
    "hidden text in a footnote": _hidden_in_a_footnote,
    "a footnote of hidden text": _footnote_of_hidden_text,
    "hidden text in a header": _hidden_in_a_header,
    "a text box": _text_box,
    "a photograph's notes": _photograph,
    "a picture kept elsewhere": _picture_kept_elsewhere,
    "what older programs show": _choice_for_older_programs,
    "threads of comments": _threads_of_comments,
    "the choices of a control": _choices_of_a_control,
    "a web extension": _package_part(
        "http://schemas.microsoft.com/office/2011/relationships/webextensiontaskpanes", "word/webextensions/panes.xml"
    ),
}


def draft_with(places: Iterable[str], secret: str) -> Draft:
    """A draft of two sections with `secret` in each of the places named."""
    draft = Draft()
    draft.add(text("Introduction"), style="Heading1")
    draft.add(text("Words for everybody."))
    for place in places:
        PLACES[place](draft, secret)
    draft.add(text("Recommendations"), style="Heading1")
    draft.add(text("That the report is noted."))
    return draft
