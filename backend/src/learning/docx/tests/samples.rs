//! Documents as word processors write them, in small.

use std::io::{Cursor, Write};
use zip::{ZipWriter, write::SimpleFileOptions};

/// The namespaces that word processors declare.
const SPACES: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office""#;
const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const KINDS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// Styles as a Chinese word processor numbers them, one of `LibreOffice` that rests on another, and contents.
const STYLES: &str = r#"<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style><w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Own"/><w:basedOn w:val="1"/></w:style><w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style><w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>"#;
/// A list that counts and has bullets below, and one that counts in Chinese from the third.
const NUMBERING: &str = r#"<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/></w:lvlOverride></w:num>"#;

/// A document before it is packed.
#[derive(Default)]
pub(super) struct Sample {
    body: String,
    relations: String,
    files: Vec<(String, Vec<u8>)>,
}

impl Sample {
    /// A document with this body.
    pub(super) fn of(body: &str) -> Self {
        let sample = Self { body: body.to_owned(), ..Self::default() };
        sample.part("styles", "w:styles", STYLES).part("numbering", "w:numbering", NUMBERING)
    }

    /// Adds something that the text speaks of.
    pub(super) fn relation(mut self, id: &str, kind: &str, target: &str, is_external: bool) -> Self {
        let mode = if is_external { r#" TargetMode="External""# } else { "" };
        self.relations.push_str(&format!(r#"<Relationship Id="{id}" Type="{KINDS}/{kind}" Target="{target}"{mode}/>"#));
        self
    }

    /// Adds a part of a kind, with this root.
    pub(super) fn part(self, kind: &str, root: &str, content: &str) -> Self {
        let part = format!("{HEAD}<{root} {SPACES}>{content}</{root}>");
        self.relation(&format!("part-{kind}"), kind, &format!("{kind}.xml"), false)
            .file(&format!("word/{kind}.xml"), part.as_bytes())
    }

    /// Adds a file.
    pub(super) fn file(mut self, path: &str, content: &[u8]) -> Self {
        self.files.push((path.to_owned(), content.to_vec()));
        self
    }

    /// The document.
    pub(super) fn pack(&self) -> Vec<u8> {
        let text = format!("{HEAD}<w:document {SPACES}><w:body>{}<w:sectPr/></w:body></w:document>", self.body);
        let relations = |inner: &str| {
            format!(
                r#"{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>"#
            )
        };
        let root = format!(r#"<Relationship Id="rId1" Type="{KINDS}/officeDocument" Target="word/document.xml"/>"#);
        let mut files = vec![
            ("_rels/.rels".to_owned(), relations(&root).into_bytes()),
            ("word/document.xml".to_owned(), text.into_bytes()),
            ("word/_rels/document.xml.rels".to_owned(), relations(&self.relations).into_bytes()),
        ];
        files.extend(self.files.iter().cloned());
        packed(&files)
    }

    /// The files alone.
    pub(super) fn pack_files(&self) -> Vec<u8> {
        packed(&self.files)
    }
}

fn packed(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, content) in files {
        archive.start_file(path.as_str(), SimpleFileOptions::default()).unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

pub(super) fn paragraph(inner: &str) -> String {
    format!("<w:p>{inner}</w:p>")
}

pub(super) fn run(words: &str) -> String {
    format!(r#"<w:r><w:t xml:space="preserve">{words}</w:t></w:r>"#)
}

pub(super) fn dressed(look: &str, words: &str) -> String {
    format!("<w:r><w:rPr>{look}</w:rPr><w:t>{words}</w:t></w:r>")
}

pub(super) fn styled(style: &str, words: &str) -> String {
    format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{}</w:p>"#, run(words))
}

/// A picture that stands in the text.
pub(super) fn picture(id: &str, words: &str) -> String {
    format!(
        r#"<w:r><w:drawing><wp:inline><wp:docPr id="1" name="n" descr="{words}"/><a:graphic><a:graphicData><pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="n"/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{id}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"#
    )
}
