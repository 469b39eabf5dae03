//! Reads PDF files as a reader that is not ours sees them.

use super::qr::Symbol;
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache, InterpreterSettings, Paint,
    PathDrawMode, SoftMask,
    font::Glyph,
    hayro_cmap::BfString,
    hayro_syntax::{
        Pdf,
        object::{Dict, Name, Object},
    },
    interpret_page,
};
use kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape};

/// What stands in a file.
pub(crate) struct Sheets {
    /// Every letter, as it can be searched for and copied.
    pub(crate) text: String,
    /// The fonts by name, and whether each brings its letters along.
    pub(crate) fonts: Vec<(String, bool)>,
    /// The files that are attached.
    pub(crate) attached: Vec<Vec<u8>>,
    /// The drawing with the most lines.
    richest: BezPath,
}

impl Sheets {
    /// Reads a file.
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let pdf = Pdf::new(bytes.to_vec()).unwrap();
        let (mut fonts, mut attached) = (Vec::new(), Vec::new());
        for object in pdf.objects() {
            match object {
                Object::Stream(stream) if is_of(stream.dict(), b"EmbeddedFile") => {
                    attached.push(stream.decoded().unwrap().into_owned());
                }
                Object::Dict(dict) if is_of(&dict, b"FontDescriptor") => {
                    let name = dict.get::<Name<'_>>("FontName").unwrap();
                    let has_letters = ["FontFile", "FontFile2", "FontFile3"].iter().any(|file| dict.contains_key(file));
                    fonts.push((String::from_utf8_lossy(&name).into_owned(), has_letters));
                }
                _ => {}
            }
        }
        let mut eye = Eye::default();
        let cache = InterpreterCache::new();
        for page in pdf.pages().iter() {
            let edge = Rect::new(0.0, 0.0, 10_000.0, 10_000.0);
            let settings = InterpreterSettings::default();
            interpret_page(page, &mut Context::new(Affine::IDENTITY, edge, &cache, pdf.xref(), settings), &mut eye);
        }
        Self { text: eye.text, fonts, attached, richest: eye.richest }
    }

    /// What the QR code on it says.
    pub(crate) fn qr(&self) -> String {
        let edge = self.richest.bounding_box();
        let outlines = outlines(&self.richest);
        let symbol = Symbol::seen(|down, across| {
            // What is above has the greater number.
            let point = Point::new(edge.x0 + across * edge.width(), edge.y1 - down * edge.height());
            let around = outlines.iter().filter(|(edge, _)| edge.contains(point));
            around.map(|(_, outline)| outline.winding(point)).sum::<i32>() != 0
        });
        symbol.expect("a QR code").text()
    }
}

/// The closed lines of a drawing, each with what it lies in: it winds around nothing outside.
fn outlines(drawing: &BezPath) -> Vec<(Rect, BezPath)> {
    let lines = drawing.elements().chunk_by(|_, next| !matches!(next, PathEl::MoveTo(_)));
    let whole = |line: &[PathEl]| line.iter().copied().collect::<BezPath>();
    lines.map(whole).map(|line| (line.bounding_box(), line)).collect()
}

fn is_of(dict: &Dict<'_>, kind: &[u8]) -> bool {
    dict.get::<Name<'_>>("Type").is_some_and(|name| *name == *kind)
}

/// Notes what is drawn.
#[derive(Default)]
struct Eye {
    text: String,
    richest: BezPath,
}

impl Device<'_> for Eye {
    fn set_soft_mask(&mut self, _: Option<SoftMask<'_>>) {}

    fn set_blend_mode(&mut self, _: BlendMode) {}

    fn draw_path(&mut self, path: &BezPath, transform: Affine, _: &Paint<'_>, _: &PathDrawMode) {
        if path.elements().len() > self.richest.elements().len() {
            self.richest = transform * path.clone();
        }
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}

    fn draw_glyph(&mut self, glyph: &Glyph<'_>, _: Affine, _: Affine, _: &Paint<'_>, _: &GlyphDrawMode) {
        match glyph.as_unicode() {
            Some(BfString::Char(letter)) => self.text.push(letter),
            Some(BfString::String(letters)) => self.text.push_str(&letters),
            None => {}
        }
    }

    fn draw_image(&mut self, _: Image<'_, '_>, _: Affine) {}

    fn pop_clip_path(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}
