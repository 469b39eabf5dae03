//! What is to be known of a list, on the second sheet.

use super::{Cell, List};
use crate::platform::words::{moment, word};
use shared::time::Timestamp;

/// What stands on every page of the list itself: who took it, when, and what for.
pub(super) fn watermark(taken_by: &str, now: Timestamp) -> String {
    let (by, zone) = (word("exports.about_taken_by"), word("exports.beijing_time"));
    format!("{by} {taken_by} {} {zone} {}", moment(now), word("exports.purpose"))
}

/// What it is, who took it, when, what it was narrowed down by, and how long it is.
pub(super) fn about(list: &List, taken_by: String, rows: u32, now: Timestamp) -> Vec<(String, Cell)> {
    let line = |key: &str, value: Cell| (word(&format!("exports.{key}")).to_owned(), value);
    let mut lines = vec![
        line("about_list", list.title().into()),
        line("about_taken_by", taken_by.into()),
        line("about_taken_at", format!("{} {}", moment(now), word("exports.beijing_time")).into()),
        line("about_rows", rows.into()),
    ];
    if list.filter.shown().is_empty() {
        lines.push(line("about_filter", word("exports.no_filter").into()));
    }
    let parts = list.filter.shown().iter();
    lines.extend(parts.map(|(name, shown)| (format!("{} {name}", word("exports.about_filter")), shown.clone().into())));
    lines.push(line("about_purpose", word("exports.purpose").into()));
    lines.push(line("about_reach", word("exports.reach").into()));
    lines.push(line("about_safety", word("exports.safety").into()));
    lines
}
