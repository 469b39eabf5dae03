//! Pictures, and what is drawn or embedded in other ways.

use super::{
    model::{Inline, Picture},
    package::Target,
    reader::Reader,
    xml::Element,
};
use shared::learning::DocxRemarkKind as Kind;

/// Places of pictures in one document.
const MAX_PICTURES: usize = 200;
/// Pictures made of lines, by the endings of their files.
const VECTORS: [&str; 5] = ["emf", "wmf", "emz", "wmz", "svg"];
/// Pictures that can be taken, by the endings of their files.
const TAKEN: [&str; 6] = ["png", "jpg", "jpeg", "jpe", "jfif", "webp"];

/// What a picture's file is called, as far as that tells what it is.
fn ending(path: &str) -> String {
    path.rsplit('/')
        .next()
        .and_then(|name| name.rsplit_once('.'))
        .map(|(_, ending)| ending.to_lowercase())
        .unwrap_or_default()
}

/// Words for a picture, unless a program has put the name of a file there.
fn words(said: Option<&str>) -> Option<&str> {
    let said = said?.trim();
    let is_file = TAKEN.iter().chain(&VECTORS).any(|known| ending(said) == *known);
    (!said.is_empty() && !is_file).then_some(said)
}

impl Reader<'_> {
    pub(super) fn drawing(&mut self, drawing: &Element, out: &mut Vec<Inline>) {
        let said = drawing.find("wp:docPr").and_then(|named| words(named.attribute("descr")));
        let mut pictures = Vec::new();
        drawing.find_all("pic:pic", &mut pictures);
        for picture in &pictures {
            let own = picture.find("pic:cNvPr").and_then(|named| words(named.attribute("descr")));
            let said = if pictures.len() > 1 { own } else { said.or(own) };
            match picture.find("a:blip") {
                Some(file) => self.picture((file.attribute("r:embed"), file.attribute("r:link")), said, out),
                None => self.note(Kind::PictureUnreadable, ""),
            }
        }
        if let Some(text) = drawing.find("w:txbxContent") {
            self.note(Kind::TextBox, &text.text());
        } else if drawing.find("c:chart").is_some() {
            self.note(Kind::Chart, said.unwrap_or_default());
        } else if drawing.find("dgm:relIds").is_some() {
            self.note(Kind::SmartArt, said.unwrap_or_default());
        } else if pictures.is_empty() {
            self.note(Kind::Shape, said.unwrap_or_default());
        }
    }

    /// Drawings in the manner of old word processors.
    pub(super) fn drawing_of_old(&mut self, drawing: &Element, out: &mut Vec<Inline>) {
        let mut files = Vec::new();
        drawing.find_all("v:imagedata", &mut files);
        let said = drawing.elements().find_map(|shape| words(shape.attribute("alt")));
        for file in &files {
            self.picture((file.attribute("r:id"), file.attribute("r:href")), said, out);
        }
        if let Some(text) = drawing.find("w:txbxContent") {
            self.note(Kind::TextBox, &text.text());
        } else if files.is_empty() && !drawing.elements().any(|shape| shape.attribute("o:hr").is_some()) {
            self.note(Kind::Shape, said.unwrap_or_default());
        }
    }

    /// What another program made: it cannot be read, and the picture of it is made of lines.
    pub(super) fn object(&mut self, object: &Element) {
        let program = object.find("o:OLEObject").and_then(|object| object.attribute("ProgID")).unwrap_or_default();
        let kind = if program.starts_with("Equation") { Kind::MathType } else { Kind::OleObject };
        self.note(kind, program);
    }

    fn picture(&mut self, file: (Option<&str>, Option<&str>), said: Option<&str>, out: &mut Vec<Inline>) {
        let relations = self.relations;
        let (embedded, linked) = file;
        let part = match embedded.or(linked).map(|id| relations.get(id)) {
            Some(Some(Target::Part(path))) => path,
            Some(Some(Target::External(address))) => return self.note(Kind::PictureLinked, address),
            Some(None) | None => return self.note(Kind::PictureUnreadable, said.unwrap_or_default()),
        };
        let name = part.rsplit('/').next().unwrap_or(part);
        let ending = ending(part);
        if VECTORS.contains(&ending.as_str()) {
            return self.note(Kind::VectorPicture, name);
        }
        if !TAKEN.contains(&ending.as_str()) {
            return self.note(Kind::PictureFormat, name);
        }
        if self.document.pictures.len() >= MAX_PICTURES {
            return self.note(Kind::PictureOverLimit, name);
        }
        if said.is_none() {
            self.note(Kind::PictureWithoutWords, name);
        }
        let at = self.document.pictures.len();
        let picture =
            Picture { part: part.clone(), words: said.unwrap_or_default().to_owned(), place: self.place.clone() };
        self.document.pictures.push(picture);
        self.push(Inline::Picture(at), out);
    }
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn the_name_of_a_file_says_nothing_of_a_picture() {
        assert_eq!(words(Some(" 两个圆 ")), Some("两个圆"));
        for said in [None, Some(" "), Some("IMG_0001.JPG"), Some("微信图片_2024.png")] {
            assert_eq!(words(said), None, "{said:?}");
        }
    }
}
