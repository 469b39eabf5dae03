mod samples;

use super::{outline::divide, *};
use proptest::prelude::*;
use samples::{Sample, paragraph, run};
use shared::{learning::DocxRemarkKind as Kind, media::picture_path};

/// The units of a document as titles and lessons; its pictures are at addresses that tell their number.
fn lessons(bytes: &[u8], split: DocxSplit) -> (Vec<(String, String, String)>, Document) {
    let mut document = reader::read(bytes).unwrap();
    let addresses: Vec<_> = (0..document.pictures.len()).map(|at| Some(picture_path(&format!("{at:064}")))).collect();
    let mut units = Vec::new();
    for chapter in divide(&mut document, split, "文件") {
        for section in chapter.sections {
            let lesson = markdown::lesson(&section.blocks, section.level, &document, &addresses);
            units.push((chapter.title.clone(), section.title, lesson.markdown));
        }
    }
    (units, document)
}

/// The body of a document becomes this lesson, with these remarks.
#[track_caller]
fn check(sample: &Sample, expected: &str, remarks: &[(Kind, &str)]) {
    let (units, document) = lessons(&sample.pack(), DocxSplit::Units);
    let written: Vec<_> = units.into_iter().map(|(_, _, lesson)| lesson).collect();
    assert_eq!(written.join("\n----\n"), expected);
    let ours = |remark: &&shared::learning::DocxRemark| remark.kind != Kind::NoHeadings;
    let found: Vec<_> =
        document.report.remarks.iter().filter(ours).map(|remark| (remark.kind, remark.detail.as_str())).collect();
    assert_eq!(found, remarks);
}

fn error_of(bytes: &[u8]) -> DocxError {
    reader::read(bytes).unwrap_err()
}

#[test]
fn a_document_as_word_writes_it_becomes_modules_and_units() {
    let body = [
        samples::styled("Title", "走进数学"),
        samples::styled("1", "第一章 集合"),
        paragraph(&run("把东西分清楚。")),
        samples::styled("2", "元素"),
        paragraph(&format!("{}{}", run("这是"), samples::dressed("<w:b/>", "重点"))),
        samples::styled("2", "运算"),
        paragraph(&run("并与交。")),
    ];
    let (units, document) = lessons(&Sample::of(&body.concat()).pack(), DocxSplit::Modules);
    let expected = [
        ("第一章 集合", "第一章 集合", "把东西分清楚。"),
        ("第一章 集合", "元素", "这是**重点**"),
        ("第一章 集合", "运算", "并与交。"),
    ];
    let expected = expected.map(|(module, unit, lesson)| (module.to_owned(), unit.to_owned(), lesson.to_owned()));
    assert_eq!(units, expected);
    assert_eq!(document.report.remarks, []);
    let (units, _) = lessons(&Sample::of(&body.concat()).pack(), DocxSplit::Units);
    assert_eq!(
        (units[0].0.as_str(), units[0].2.as_str()),
        ("走进数学", "把东西分清楚。\n\n## 元素\n\n这是**重点**\n\n## 运算\n\n并与交。")
    );
}

#[test]
fn headings_are_known_by_their_outline_as_wps_writes_it() {
    let heading = r#"<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:rPr><w:rFonts w:hint="eastAsia"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr><w:t>一、概述</w:t></w:r></w:p>"#;
    let (units, _) = lessons(&Sample::of(&format!("{heading}{}", paragraph(&run("文")))).pack(), DocxSplit::Units);
    assert_eq!(units, [("文件".to_owned(), "一、概述".to_owned(), "文".to_owned())]);
}

#[test]
fn headings_of_libreoffice_rest_on_others_and_bookmarks_do_not_matter() {
    let heading = r#"<w:p><w:pPr><w:pStyle w:val="Own"/></w:pPr><w:bookmarkStart w:id="0" w:name="x"/><w:r><w:t>章</w:t></w:r><w:bookmarkEnd w:id="0"/></w:p>"#;
    let (units, _) = lessons(&Sample::of(&format!("{heading}{}", paragraph(&run("文")))).pack(), DocxSplit::Units);
    assert_eq!(units[0].1, "章");
}

#[test]
fn lists_are_nested_and_numbered() {
    let item = |list: u8, depth: u8, words: &str| {
        let numbers = format!(r#"<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list}"/></w:numPr>"#);
        format!("<w:p><w:pPr>{numbers}</w:pPr>{}</w:p>", run(words))
    };
    let body = [
        item(1, 0, "甲"),
        item(1, 1, "乙"),
        item(1, 1, "丙"),
        item(1, 0, "丁"),
        paragraph(&run("间")),
        item(1, 0, "戊"),
    ];
    check(&Sample::of(&body.concat()), "1. 甲\n   - 乙\n   - 丙\n2. 丁\n\n间\n\n3. 戊", &[]);
    let body = [item(2, 0, "子"), item(9, 0, "丑")];
    check(&Sample::of(&body.concat()), "3. 子\n* 丑", &[(Kind::Numbering, "子")]);
}

#[test]
fn tables_are_flattened_and_frames_are_opened() {
    let cell =
        |properties: &str, words: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", paragraph(&run(words)));
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let rows = [
        row(&[cell(r#"<w:gridSpan w:val="2"/>"#, "头"), cell("", "尾")]),
        row(&[cell(r#"<w:vMerge w:val="restart"/>"#, "甲"), cell("", "乙"), cell("", "丙")]),
        row(&[format!("<w:tc><w:tcPr><w:vMerge/></w:tcPr>{}</w:tc>", paragraph("")), cell("", "丁"), cell("", "戊")]),
    ];
    let table = format!("<w:tbl><w:tblPr/><w:tblGrid/>{}</w:tbl>", rows.concat());
    let expected = "| 头 | | 尾 |\n| --- | --- | --- |\n| 甲 | 乙 | 丙 |\n|  | 丁 | 戊 |";
    check(&Sample::of(&table), expected, &[(Kind::MergedCells, "")]);
    let frame = format!("<w:tbl>{}</w:tbl>", row(&[cell("", "框里")]));
    check(&Sample::of(&frame), "框里", &[]);
}

#[test]
fn links_lead_to_the_web_alone() {
    let link = |id: &str| format!(r#"<w:hyperlink r:id="{id}">{}</w:hyperlink>"#, run("这里"));
    let field = r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> HYPERLINK "https://b.cn/" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>那</w:t></w:r><w:r><w:t>里</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>"#;
    let sample = Sample::of(&paragraph(&format!("{}{}{field}", link("web"), link("file"))));
    let sample = sample.relation("web", "hyperlink", "https://a.cn/", true).relation(
        "file",
        "hyperlink",
        "file:///c:/a.doc",
        true,
    );
    check(&sample, "[这里](<https://a.cn/>)这里[那里](<https://b.cn/>)", &[(Kind::Link, "file:///c:/a.doc")]);
}

#[test]
fn notes_come_along_and_comments_are_reported() {
    let body =
        format!(r#"{}<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:commentReference w:id="0"/></w:r>"#, run("文"));
    let note = format!(r#"<w:footnote w:id="2">{}</w:footnote>"#, paragraph(&run("脚注")));
    let comment = format!(r#"<w:comment w:id="0">{}</w:comment>"#, paragraph(&run("再想想")));
    let sample = Sample::of(&paragraph(&body));
    let sample = sample.part("footnotes", "w:footnotes", &note).part("comments", "w:comments", &comment);
    check(&sample, "文[^1]\n\n[^1]: 脚注", &[(Kind::Comment, "再想想")]);
}

#[test]
fn what_was_inserted_is_taken_and_what_was_deleted_is_not() {
    let body = format!(
        "{}<w:ins w:id=\"1\">{}</w:ins><w:del w:id=\"2\"><w:r><w:delText>旧</w:delText></w:r></w:del>",
        run("一"),
        run("新")
    );
    check(&Sample::of(&paragraph(&body)), "一新", &[(Kind::Insertion, "新"), (Kind::Deletion, "旧")]);
}

#[test]
fn formulas_become_those_of_lessons() {
    let formula =
        "<m:oMath><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>";
    let body =
        [paragraph(&format!("{}{formula}", run("若"))), paragraph(&format!("<m:oMathPara>{formula}</m:oMathPara>"))];
    check(&Sample::of(&body.concat()), "若$x^{2}$\n\n$$x^{2}$$", &[]);
}

#[test]
fn pictures_are_taken_with_their_words_and_what_cannot_be_is_reported() {
    let body = [
        paragraph(&samples::picture("png", "两个圆")),
        paragraph(&samples::picture("png", "image1.png")),
        paragraph(&samples::picture("emf", "图")),
        paragraph(&samples::picture("away", "图")),
        paragraph(&samples::picture("none", "图")),
    ];
    let sample = Sample::of(&body.concat()).file("word/media/image1.png", b"picture");
    let sample = sample.relation("png", "image", "media/image1.png", false);
    let sample = sample.relation("emf", "image", "media/image2.emf", false);
    let sample = sample.relation("away", "image", "https://a.cn/x.png", true);
    let path = picture_path(&"0".repeat(64));
    let second = picture_path(&format!("{:064}", 1));
    let remarks = [
        (Kind::PictureWithoutWords, "image1.png"),
        (Kind::VectorPicture, "image2.emf"),
        (Kind::PictureLinked, "https://a.cn/x.png"),
        (Kind::PictureUnreadable, "图"),
    ];
    check(&sample, &format!("![两个圆]({path})\n\n![]({second})"), &remarks);
    let document = reader::read(&sample.pack()).unwrap();
    assert_eq!(
        document.files.into_iter().collect::<Vec<_>>(),
        [("word/media/image1.png".to_owned(), b"picture".to_vec())]
    );
}

#[test]
fn boxes_objects_charts_and_margins_are_reported() {
    let text_box = format!(
        r#"<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wp:docPr id="1" name="n"/><a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent></w:r>"#,
        paragraph(&run("框"))
    );
    let math_type = r#"<w:r><w:object><v:shape><v:imagedata r:id="x"/></v:shape><o:OLEObject ProgID="Equation.DSMT4"/></w:object></w:r>"#;
    let drawn = |inner: &str| {
        format!(
            r#"<w:r><w:drawing><wp:inline><wp:docPr id="1" name="n" descr="趋势"/><a:graphic><a:graphicData>{inner}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"#
        )
    };
    let body =
        [text_box, math_type.to_owned(), drawn(r#"<c:chart r:id="x"/>"#), drawn("<dgm:relIds/>"), run("文")].concat();
    let header = format!("<w:hdr>{}</w:hdr>", paragraph(&run("内部资料")));
    let sample = Sample::of(&paragraph(&body)).part("header", "w:document", &header);
    let remarks = [
        (Kind::TextBox, "框"),
        (Kind::MathType, "Equation.DSMT4"),
        (Kind::Chart, "趋势"),
        (Kind::SmartArt, "趋势"),
        (Kind::HeaderFooter, "内部资料"),
    ];
    check(&sample, "文", &remarks);
}

#[test]
fn a_remark_tells_where_it_is() {
    let body = [samples::styled("1", "第一章"), paragraph(&run("文")), paragraph("<w:r><w:object/></w:r>")];
    let document = reader::read(&Sample::of(&body.concat()).pack()).unwrap();
    let remark = &document.report.remarks[0];
    assert_eq!((remark.kind, remark.heading.as_str(), remark.paragraph), (Kind::OleObject, "第一章", 3));
}

#[test]
fn a_table_of_contents_is_left_out() {
    let body = [
        samples::styled("TOC1", "第一章 1"),
        paragraph(&format!(r#"<w:fldSimple w:instr="TOC \o">{}</w:fldSimple>"#, run("第二章 2"))),
        paragraph(&run("文")),
    ];
    check(&Sample::of(&body.concat()), "文", &[(Kind::ContentsTable, "")]);
}

#[test]
fn files_that_are_no_documents_say_why() {
    let compound = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    assert_eq!(error_of(&compound), DocxError::OldFormat);
    let locked: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(error_of(&[&compound[..], &locked[..]].concat()), DocxError::Encrypted);
    let whole = Sample::of(&paragraph(&run("文"))).pack();
    for bytes in [&b""[..], b"%PDF-1.7", b"PK\x03\x04", &whole[..whole.len() / 2]] {
        assert_eq!(error_of(bytes), DocxError::NotADocx);
    }
    assert_eq!(
        error_of(&Sample::default().file("word/document.xml", b"<w:document/>").pack_files()),
        DocxError::NotADocx
    );
}

#[test]
fn what_unfolds_without_end_is_not_unfolded() {
    let endless = vec![b' '; 30 * 1024 * 1024];
    assert_eq!(error_of(&Sample::default().file("word/document.xml", &endless).pack_files()), DocxError::TooLarge);
    let mut many = Sample::default();
    for at in 0..5_001 {
        many = many.file(&format!("{at}"), b"");
    }
    assert_eq!(error_of(&many.pack_files()), DocxError::TooLarge);
    let bomb = r#"<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>"#;
    let text = format!("{bomb}<w:document xmlns:w=\"x\">&b;</w:document>");
    assert_eq!(
        error_of(&Sample::default().file("word/document.xml", text.as_bytes()).pack_files()),
        DocxError::NotADocx
    );
}

#[test]
fn the_name_of_a_file_becomes_a_title() {
    let named = |name: Option<&str>| DocxQuery { split: None, file_name: name.map(str::to_owned) }.name();
    assert_eq!([Some("数学.docx"), Some(" a\u{7}b "), Some(""), None].map(named), ["数学", "ab", "docx", "docx"]);
}

/// Elements within elements, with names and values that a document has.
fn any_element() -> impl Strategy<Value = String> {
    let names = "w:p|w:r|w:t|w:tbl|w:tr|w:tc|w:pPr|w:rPr|w:numPr|w:ins|w:del|w:hyperlink|w:drawing|w:pict|w:object|w:sdt|w:sdtContent|w:fldChar|w:instrText|w:footnoteReference|w:ruby|m:oMath|m:f|m:d|m:nary|m:m|m:eqArr|m:e|m:r|m:t|m:func|m:acc";
    let leaf = "[a-z一二 ]{0,6}";
    leaf.prop_recursive(6, 60, 6, move |inner| {
        (names, "0|1|99999999999|-1|begin|end|x", proptest::collection::vec(inner, 0..6)).prop_map(|(name, value, inner)| {
            let properties = format!(r#"<w:tcPr><w:gridSpan w:val="{value}"/></w:tcPr><w:rPr><w:b w:val="{value}"/></w:rPr>"#);
            format!(r#"<{name} w:val="{value}" w:fldCharType="{value}" w:id="{value}" m:val="{value}">{properties}{}</{name}>"#, inner.concat())
        })
    })
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        let _ = reader::read(&bytes);
        let _ = reader::read(&[&b"PK\x03\x04"[..], &bytes[..]].concat());
        let _ = reader::read(&Sample::default().file("word/document.xml", &bytes).pack_files());
    }

    #[test]
    fn no_damage_makes_it_panic(at in 0_usize..4_000, byte in any::<u8>()) {
        let mut bytes = Sample::of(&paragraph(&run("文"))).pack();
        let at = at % bytes.len();
        bytes[at] = byte;
        let _ = reader::read(&bytes);
    }

    #[test]
    fn no_elements_make_it_panic(body in any_element()) {
        if let Ok(mut document) = reader::read(&Sample::of(&body).pack()) {
            for chapter in divide(&mut document, DocxSplit::Modules, "") {
                for section in chapter.sections {
                    markdown::lesson(&section.blocks, section.level, &document, &[]);
                }
            }
        }
    }
}
