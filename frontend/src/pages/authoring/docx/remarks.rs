//! What is to be known of a document, in words.

use crate::i18n::{Locale, t_string, td_string, use_i18n};
use leptos::prelude::*;
use shared::learning::{DocxRemark, DocxRemarkKind};

/// One remark: what it is, a few of its words, where it is.
#[component]
pub(super) fn Remark(
    /// The remark.
    remark: DocxRemark,
) -> impl IntoView {
    let i18n = use_i18n();
    let DocxRemark { kind, heading, paragraph, detail } = remark;
    let place = move || match (heading.is_empty(), paragraph) {
        (_, 0) => String::new(),
        (true, _) => t_string!(i18n, learning.docx_place_above, paragraph = paragraph),
        (false, _) => t_string!(i18n, learning.docx_place, heading = heading.clone(), paragraph = paragraph),
    };
    view! {
        <li>
            <p>{move || kind_name(i18n.get_locale(), kind)}</p>
            <p class="muted small">{place} " " {detail}</p>
        </li>
    }
}

fn kind_name(locale: Locale, kind: DocxRemarkKind) -> &'static str {
    match kind {
        DocxRemarkKind::TextBox => td_string!(locale, learning.docx_text_box),
        DocxRemarkKind::Shape => td_string!(locale, learning.docx_shape),
        DocxRemarkKind::MathType => td_string!(locale, learning.docx_math_type),
        DocxRemarkKind::OleObject => td_string!(locale, learning.docx_ole_object),
        DocxRemarkKind::Chart => td_string!(locale, learning.docx_chart),
        DocxRemarkKind::SmartArt => td_string!(locale, learning.docx_smart_art),
        DocxRemarkKind::VectorPicture => td_string!(locale, learning.docx_vector_picture),
        DocxRemarkKind::PictureFormat => td_string!(locale, learning.docx_picture_format),
        DocxRemarkKind::PictureLinked => td_string!(locale, learning.docx_picture_linked),
        DocxRemarkKind::PictureUnreadable => td_string!(locale, learning.docx_picture_unreadable),
        DocxRemarkKind::PictureOverLimit => td_string!(locale, learning.docx_picture_over_limit),
        DocxRemarkKind::PictureWithoutWords => td_string!(locale, learning.docx_picture_without_words),
        DocxRemarkKind::Comment => td_string!(locale, learning.docx_comment),
        DocxRemarkKind::Deletion => td_string!(locale, learning.docx_deletion),
        DocxRemarkKind::Insertion => td_string!(locale, learning.docx_insertion),
        DocxRemarkKind::HeaderFooter => td_string!(locale, learning.docx_header_footer),
        DocxRemarkKind::ContentsTable => td_string!(locale, learning.docx_contents_table),
        DocxRemarkKind::Field => td_string!(locale, learning.docx_field),
        DocxRemarkKind::Symbol => td_string!(locale, learning.docx_symbol),
        DocxRemarkKind::HiddenText => td_string!(locale, learning.docx_hidden_text),
        DocxRemarkKind::SubDocument => td_string!(locale, learning.docx_sub_document),
        DocxRemarkKind::FormulaPart => td_string!(locale, learning.docx_formula_part),
        DocxRemarkKind::MergedCells => td_string!(locale, learning.docx_merged_cells),
        DocxRemarkKind::NestedTable => td_string!(locale, learning.docx_nested_table),
        DocxRemarkKind::Reading => td_string!(locale, learning.docx_reading),
        DocxRemarkKind::Link => td_string!(locale, learning.docx_link),
        DocxRemarkKind::Numbering => td_string!(locale, learning.docx_numbering),
        DocxRemarkKind::HeadingNumbers => td_string!(locale, learning.docx_heading_numbers),
        DocxRemarkKind::TitleShortened => td_string!(locale, learning.docx_title_shortened),
        DocxRemarkKind::NoHeadings => td_string!(locale, learning.docx_no_headings),
    }
}
