//! A document of a word processor (`.docx`) that becomes a part of a course: what is shown of it before it is
//! taken, and what of it is not.

use super::UNIT_MINUTES;
use crate::rights::text_enum;
use serde::{Deserialize, Serialize};

/// Largest document that may be sent, in bytes.
pub const MAX_DOCX_BYTES: usize = 20 * 1024 * 1024;
/// A lesson above this is heavy on a phone, in bytes with its pictures.
pub const HEAVY_LESSON_BYTES: u64 = 3_000_000;
/// Characters that are read in a minute, with time to think.
const CHARS_A_MINUTE: usize = 200;
/// No lesson is meant to take less, in minutes.
const SHORTEST_MINUTES: u16 = 5;

text_enum! {
    /// What the highest headings of a document become.
    DocxSplit {
        /// Modules; the headings below them become units.
        Modules = "modules",
        /// Units of one module.
        Units = "units",
    }
}

text_enum! {
    /// What is to be known of a place in a document.
    DocxRemarkKind {
        /// A text box, which is not taken.
        TextBox = "text_box",
        /// A drawn shape, which is not taken.
        Shape = "shape",
        /// A formula of `MathType` or the old equation editor, which is not taken.
        MathType = "math_type",
        /// Another embedded object, which is not taken.
        OleObject = "ole_object",
        /// A chart, which is not taken.
        Chart = "chart",
        /// A `SmartArt` graphic, which is not taken.
        SmartArt = "smart_art",
        /// A picture made of lines (EMF, WMF), which is not taken.
        VectorPicture = "vector_picture",
        /// A picture of another format (BMP, GIF, TIFF), which is not taken.
        PictureFormat = "picture_format",
        /// A picture that lies outside the document, which is not fetched.
        PictureLinked = "picture_linked",
        /// A picture that is missing, broken or too large.
        PictureUnreadable = "picture_unreadable",
        /// There are more pictures than one document may bring.
        PictureOverLimit = "picture_over_limit",
        /// A picture was taken that has no words for who cannot see it.
        PictureWithoutWords = "picture_without_words",
        /// A comment, which is not taken.
        Comment = "comment",
        /// A tracked deletion, which is not taken.
        Deletion = "deletion",
        /// A tracked insertion, which was taken.
        Insertion = "insertion",
        /// A header or footer, which is not taken.
        HeaderFooter = "header_footer",
        /// The table of contents, which is not taken.
        ContentsTable = "contents_table",
        /// A field that shows nothing by itself, which is not taken.
        Field = "field",
        /// A letter of a symbol font, which is not taken.
        Symbol = "symbol",
        /// Hidden text, which is not taken.
        HiddenText = "hidden_text",
        /// Another document within this one, which is not taken.
        SubDocument = "sub_document",
        /// A part of a formula that is not known; what it holds was taken.
        FormulaPart = "formula_part",
        /// Cells that were one; what they hold stands in the first of them.
        MergedCells = "merged_cells",
        /// A table within a table; what it holds was taken as text.
        NestedTable = "nested_table",
        /// Letters with their reading above; it stands behind them.
        Reading = "reading",
        /// A link to something else than a page of the web; its words were taken.
        Link = "link",
        /// Numbers of another form, which became plain ones.
        Numbering = "numbering",
        /// Numbers that the word processor puts before headings, which are not taken.
        HeadingNumbers = "heading_numbers",
        /// A heading that was too long for a title.
        TitleShortened = "title_shortened",
        /// There is no heading: everything became one unit.
        NoHeadings = "no_headings",
    }
}

/// Something to be known of a document, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DocxRemark {
    /// What it is.
    pub kind: DocxRemarkKind,
    /// The heading above; empty before the first.
    pub heading: String,
    /// Number of the paragraph in the document, from 1; 0 if it belongs to none.
    pub paragraph: u32,
    /// A few of its words, or what it is called; empty if there are none.
    pub detail: String,
}

/// What a document would become: reply of `POST /courses/{id}/docx_previews`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DocxPreview {
    /// The modules that would stand behind those of the draft, in order.
    pub modules: Vec<DocxModule>,
    /// Different pictures in it.
    pub pictures: u32,
    /// What all of it weighs on the way to a learner, in bytes.
    pub bytes: u64,
    /// What is to be known of it, in the order of the document.
    pub report: Vec<DocxRemark>,
    /// Remarks that the report has no room for.
    pub left_out: u32,
}

/// One module out of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DocxModule {
    /// The title.
    pub title: String,
    /// The units, in order.
    pub units: Vec<DocxUnit>,
}

/// One unit out of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DocxUnit {
    /// The title.
    pub title: String,
    /// How long it is meant to take, in minutes.
    pub minutes: u16,
    /// The first words of the lesson.
    pub beginning: String,
    /// Pictures in it.
    pub pictures: u32,
    /// What it weighs on the way to a learner with its pictures, in bytes.
    pub bytes: u64,
}

impl DocxUnit {
    /// Whether a learner on a weak network would wait for it.
    #[must_use]
    pub const fn is_heavy(&self) -> bool {
        self.bytes > HEAVY_LESSON_BYTES
    }
}

/// How long a lesson of so many characters is meant to take, in minutes.
#[must_use]
pub fn lesson_minutes(chars: usize) -> u16 {
    let minutes = u16::try_from(chars.div_ceil(CHARS_A_MINUTE)).unwrap_or(u16::MAX);
    minutes.clamp(SHORTEST_MINUTES, *UNIT_MINUTES.end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::has_texts;

    #[test]
    fn a_lesson_takes_a_time_that_can_be_published() {
        assert_eq!([0, 1_000, 1_001, 4_000, usize::MAX].map(lesson_minutes), [5, 5, 6, 20, 240]);
    }

    #[test]
    fn a_lesson_is_heavy_above_three_megabytes() {
        let of = |bytes| DocxUnit { title: String::new(), minutes: 5, beginning: String::new(), pictures: 0, bytes };
        assert!(!of(HEAVY_LESSON_BYTES).is_heavy() && of(HEAVY_LESSON_BYTES + 1).is_heavy());
    }

    #[test]
    fn each_reason_not_to_read_a_document_has_a_text() {
        let of_the_file = ["not-a-docx", "docx-old-format", "docx-encrypted", "docx-too-large"];
        for code in of_the_file.into_iter().chain(["docx-too-long", "docx-empty"]) {
            assert!(has_texts(&format!("field.{code}")), "{code}");
        }
    }
}
