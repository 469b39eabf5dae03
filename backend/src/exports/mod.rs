//! Lists that somebody takes away as .xlsx: the same rows that the list shows to them, masked as there, and
//! an audit entry with what was asked for and how much it was (ADR 13).
//!
//! A feature offers its list page by page; nothing of it is kept here. Lists of the features above are offered here.

mod about;
mod answer;
mod book;
mod filter;
mod lists;
mod take;

pub use answer::json_document;
pub use book::{Cell, WORKBOOK, named, pack};
pub use filter::{Filter, Part, class, division, school, worded};
pub use lists::routes;
pub use take::{List, take, take_document, take_noting};
