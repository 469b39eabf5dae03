//! Items: what is asked, how a response looks, and how it is scored.

mod aiken;
mod alike;
mod api;
mod blanks;
mod changing;
mod chinese_text;
mod descriptor;
mod encoding;
mod export;
mod fill_in;
mod gift;
mod html;
mod import;
mod inline_choice;
mod markdown;
mod matching;
mod mixed;
mod model;
mod moodle;
mod normalise;
mod numeric;
mod ordering;
mod pinned;
mod qti;
mod review;
mod revise;
mod scorer;
mod searched;
mod statistics;
mod title;
mod validate;
mod weights;
mod written;
mod xml;

pub use aiken::parse_aiken;
pub use alike::{ALIKE_FROM, ALIKE_RULE, ComparedText, alike_bands};
pub use api::*;
pub use changing::*;
pub use chinese_text::{item_from_question, parse_chinese_text};
pub use descriptor::*;
pub use encoding::encodings_of;
pub use export::{
    OutgoingItem, OutgoingPicture, OutgoingPictures, SheetRow, TruthWords, WrittenItems, export_loss, picture_bytes,
    sheet_row, shown_pictures, write_items,
};
pub use gift::parse_gift;
pub use import::ParsedItems;
pub use inline_choice::NO_BEGINNING;
pub use model::*;
pub use moodle::parse_moodle_xml;
pub use normalise::normalise_answer;
pub use pinned::pinned_options;
pub use qti::{MAX_PACKAGE_BYTES, QTI_MANIFEST, QtiManifest, parse_qti, read_qti_manifest};
pub use review::*;
pub use revise::*;
pub use scorer::*;
pub use searched::{SEARCHED_CHARS, searched_letters, searched_text};
pub use statistics::{Attempt, difficulty, discrimination, option_counts, unanswered};
pub use title::{item_title, plain_formulas};
pub use validate::*;
pub use written::{body_of_lines, key_lines};
