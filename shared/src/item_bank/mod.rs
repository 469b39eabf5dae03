//! Items: what is asked, how a response looks, and how it is scored.

mod aiken;
mod api;
mod blanks;
mod chinese_text;
mod descriptor;
mod encoding;
mod fill_in;
mod gift;
mod import;
mod inline_choice;
mod matching;
mod mixed;
mod model;
mod normalise;
mod numeric;
mod ordering;
mod review;
mod revise;
mod scorer;
mod validate;
mod written;

pub use aiken::parse_aiken;
pub use api::*;
pub use chinese_text::{item_from_question, parse_chinese_text};
pub use descriptor::*;
pub use encoding::encodings_of;
pub use gift::parse_gift;
pub use import::ParsedItems;
pub use model::*;
pub use normalise::normalise_answer;
pub use review::*;
pub use revise::*;
pub use scorer::*;
pub use validate::*;
pub use written::{body_of_lines, key_lines};
