use super::{super::*, *};
use std::io::{Cursor, Write};

fn first_rows(bytes: &[u8], wanted: usize) -> Result<Vec<Row>, SheetError> {
    let mut rows = Vec::new();
    read_rows(&mut Cursor::new(bytes), &InMemory, |row| {
        rows.push(row);
        if rows.len() < wanted { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    Ok(rows)
}

/// A workbook with one sheet of this XML.
fn workbook(sheet: &str) -> Vec<u8> {
    workbook_of(sheet, &[])
}

/// A workbook with one sheet of this XML, and further parts.
fn workbook_of(sheet: &str, further: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let parts = [
        (
            "_rels/.rels",
            format!(
                r#"<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                r#"<workbook xmlns="{main}" xmlns:r="{rel}"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>"#
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                r#"<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{rel}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!(r#"<worksheet xmlns="{main}"><sheetData>{sheet}</sheetData></worksheet>"#),
        ),
    ];
    let further = further.iter().map(|(name, text)| (*name, (*text).to_owned()));
    for (name, text) in parts.into_iter().chain(further) {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn a_workbook_is_read_cell_by_cell_and_tells_numbers_from_texts() {
    let bytes = workbook(
        r#"<row r="2"><c r="B2" t="inlineStr"><is><t>姓名</t></is></c></row>
           <row r="3"><c r="A3"><v>330199198503140022</v></c><c r="B3"><v>7</v></c></row>
           <row r="9"><c r="XFD9"><v>1</v></c></row>"#,
    );
    let rows = first_rows(&bytes, 9).unwrap();
    assert_eq!(rows.iter().map(|row| row.0).collect::<Vec<_>>(), [2, 3, 9]);
    assert_eq!(rows[0].1[1], OwnedCell { text: "姓名".to_owned(), is_number: false });
    assert!(rows[1].1[0].is_number && rows[1].1[0].text.len() == 18, "{:?}", rows[1]);
    assert!(rows[2].1.is_empty(), "what lies beyond the last column is not looked at");
}

/// The texts of the only row of a sheet.
fn texts_of(bytes: &[u8]) -> Vec<String> {
    first_rows(bytes, 1).unwrap().remove(0).1.into_iter().map(|cell| cell.text).collect()
}

#[test]
fn texts_are_found_by_their_numbers_however_they_are_written() {
    let texts = r#"<sst><si><t>张秀英</t></si><si><r><t xml:space="preserve">两 </t></r><r><t>行&amp;</t></r><rPh><t>x</t></rPh></si>
        <si/><si><t> a_x000A_b_x005F_x000A_ </t></si></sst>"#;
    let cells = r#"<row><c t="s"><v>1</v></c><c t="s"><v>0</v></c><c t="s"><v>3</v></c><c t="s"><v>2</v></c></row>"#;
    let read = texts_of(&workbook_of(cells, &[("xl/SharedStrings.xml", texts)]));
    assert_eq!(read, ["两 行&", "张秀英", "a\nb_x000A_", ""]);
    let beyond = workbook_of(r#"<row><c t="s"><v>4</v></c></row>"#, &[("xl/sharedStrings.xml", texts)]);
    assert_eq!(first_rows(&beyond, 1), Err(SheetError::NotASheet));
}

#[test]
fn numbers_dates_and_the_others_show_what_a_spreadsheet_shows() {
    let styles = r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;.&quot;m"/></numFmts>
        <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
        <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs>
        <dxfs><dxf><numFmt numFmtId="0" formatCode="yyyy"/></dxf></dxfs></styleSheet>"#;
    let cells = r#"<row r="1"><c r="A1" s="1"><v>31120</v></c><c r="B1" s="2"><v>31120.5</v></c><c r="C1" s="0"><v>31120</v></c>
        <c r="D1"><v>3.30199198503140E+17</v></c><c r="E1" t="b"><v>1</v></c><c r="F1" t="e"><v>#SPILL!</v></c>
        <c r="G1" t="str"><f>A1&amp;"x"</f><v>ab</v></c><c r="H1" t="d"><v>1985-03-14</v></c><c r="I1" s="1"/><c r="J1"><v>x</v></c></row>"#;
    let bytes = workbook_of(cells, &[("xl/styles.xml", styles)]);
    let shown =
        ["1985-03-14", "1985-03-14", "31120", "330199198503140000", "true", "#SPILL!", "ab", "1985-03-14", "", "x"];
    assert_eq!(texts_of(&bytes), shown);
    let numbers: Vec<_> = first_rows(&bytes, 1).unwrap().remove(0).1.into_iter().map(|cell| cell.is_number).collect();
    assert_eq!(numbers, [false, false, true, true, false, false, false, false, false, false]);
}

#[test]
fn what_unpacks_to_more_than_any_list_is_too_large() {
    let cell = r#"<c t="inlineStr"><is><t>"#;
    let long = format!(r#"<row>{cell}{}</t></is></c></row>"#, "a".repeat(2 * MAX_ROW_BYTES));
    let longer = format!(r#"<row>{cell}{}</t></is></c></row>"#, "a".repeat(8 * 1024 * 1024));
    let wide = format!("<row>{}</row>", format!("{cell}{}</t></is></c>", "a".repeat(2_000)).repeat(150));
    let deep = "<row>".repeat(1_000);
    for sheet in [&long, &longer, &wide, &deep] {
        assert_eq!(first_rows(&workbook(sheet), usize::MAX), Err(SheetError::TooLarge), "{} bytes", sheet.len());
    }
}

#[test]
fn a_workbook_that_breaks_off_or_asks_for_something_is_none() {
    let row = r#"<row r="1"><c r="A1"><v>1</v></c></row>"#;
    let whole = workbook(row);
    assert_eq!(first_rows(&whole[..whole.len() - 30], 2), Err(SheetError::NotASheet));
    for broken in
        [r#"<row><c r="1"><v>1</v></c></row>"#, r#"<row><c t="x"><v>1</v></c></row>"#, "<row><c><v>&a;</v></c></row>"]
    {
        assert_eq!(first_rows(&workbook(broken), 2), Err(SheetError::NotASheet), "{broken}");
    }
    let asking = [("xl/sharedStrings.xml", r#"<!DOCTYPE sst [<!ENTITY a "aaaa">]><sst><si><t>&a;</t></si></sst>"#)];
    assert_eq!(first_rows(&workbook_of(row, &asking), 2), Err(SheetError::NotASheet));
}
