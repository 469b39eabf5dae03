//! Items: what is asked, how a response looks, and how it is scored.

mod aiken;
mod alike;
mod api;
mod attachment;
mod blanks;
mod calculation;
mod changing;
mod chinese_text;
mod comparing;
mod composite;
mod correction;
mod descriptor;
mod draft_paper;
mod encoding;
mod essay;
mod export;
mod export_api;
mod fill_in;
mod frozen;
mod gift;
mod history;
mod hot_text;
mod html;
mod import;
mod inline_choice;
mod markdown;
mod matching;
mod matrix;
mod measured;
mod mixed;
mod model;
mod moodle;
mod narrowing;
mod normalise;
mod numeric;
mod ordering;
mod own_format;
mod percent;
mod pinned;
mod qti;
#[cfg(test)]
mod replay;
mod response;
mod review;
mod revise;
mod scorer;
mod searched;
mod shares;
mod statistics;
mod title;
mod validate;
mod view;
mod weights;
mod written;
mod written_descriptor;
mod xml;

pub use aiken::parse_aiken;
pub use alike::{ALIKE_FROM, ALIKE_RULE, ComparedText, alike_bands};
pub use api::*;
pub use attachment::*;
pub use calculation::CalculationStep;
pub use changing::*;
pub use chinese_text::{TemplateRow, item_from_question, item_of_row, parse_chinese_text};
pub use comparing::*;
pub use composite::{Child, PartAnswers, PartView, child_points, may_be_child, part_of, response_to};
pub use descriptor::*;
pub use encoding::encodings_of;
pub use essay::{Dimension, EssayLength, dimension_points, essay_length, rubric_of};
pub use export::{
    OutgoingItem, OutgoingPicture, OutgoingPictures, SheetRow, TruthWords, WrittenItems, export_loss, picture_bytes,
    pictures_of_item, sheet_row, shown_pictures, write_items,
};
pub use export_api::*;
pub use frozen::*;
pub use gift::parse_gift;
pub use history::*;
pub use hot_text::hot_words;
pub use import::{ParsedItems, parse_items};
pub use inline_choice::NO_BEGINNING;
pub use measured::*;
pub use model::*;
pub use moodle::{MoodlePictures, has_moodle_files, moodle_files, parse_moodle_quiz, parse_moodle_xml};
pub use narrowing::*;
pub use normalise::normalise_answer;
pub use own_format::parse_own_items;
pub use pinned::{pinned_of_parts, pinned_options};
pub use qti::{
    MAX_PACKAGE_BYTES, QTI_MANIFEST, QtiManifest, QtiPictures, QtiSection, QtiStimuli, QtiTest, QtiTestItem, parse_qti,
    parse_qti_of_package, qti_stimuli_of, read_qti_manifest, read_qti_test,
};
pub use response::*;
pub use review::*;
pub use revise::*;
pub use scorer::*;
pub use searched::{SEARCHED_CHARS, searched_letters, searched_text};
pub use statistics::{Attempt, difficulty, discrimination, option_counts, unanswered};
pub use title::{item_title, plain_formulas};
pub use validate::*;
pub use view::ItemView;
pub use written::{body_of_lines, key_lines};
pub use written_descriptor::{DescriptorField, WrittenField};
