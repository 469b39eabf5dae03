//! The words of what leaves as a file or on paper. Such things are written in Chinese, whoever reads the page.

use shared::time::{Timestamp, write_date};
use std::{collections::HashMap, sync::LazyLock};

/// The message files that hold them, each by its name.
const FILES: [(&str, &str); 25] = [
    ("common", include_str!("../../../shared/locales/zh-CN/common.json")),
    ("credential", include_str!("../../../shared/locales/zh-CN/credential.json")),
    ("identity", include_str!("../../../shared/locales/zh-CN/identity.json")),
    ("own_data", include_str!("../../../shared/locales/zh-CN/own_data.json")),
    ("privacy", include_str!("../../../shared/locales/zh-CN/privacy.json")),
    ("exports", include_str!("../../../shared/locales/zh-CN/exports.json")),
    ("roster", include_str!("../../../shared/locales/zh-CN/roster.json")),
    ("people", include_str!("../../../shared/locales/zh-CN/people.json")),
    ("enrolment", include_str!("../../../shared/locales/zh-CN/enrolment.json")),
    ("classes", include_str!("../../../shared/locales/zh-CN/classes.json")),
    ("discussion", include_str!("../../../shared/locales/zh-CN/discussion.json")),
    ("merges", include_str!("../../../shared/locales/zh-CN/merges.json")),
    ("rights", include_str!("../../../shared/locales/zh-CN/rights.json")),
    ("organisation", include_str!("../../../shared/locales/zh-CN/organisation.json")),
    ("messages", include_str!("../../../shared/locales/zh-CN/messages.json")),
    ("learning", include_str!("../../../shared/locales/zh-CN/learning.json")),
    ("results", include_str!("../../../shared/locales/zh-CN/results.json")),
    ("sittings", include_str!("../../../shared/locales/zh-CN/sittings.json")),
    ("delivery", include_str!("../../../shared/locales/zh-CN/delivery.json")),
    ("rooms", include_str!("../../../shared/locales/zh-CN/rooms.json")),
    ("item_bank", include_str!("../../../shared/locales/zh-CN/item_bank.json")),
    ("papers", include_str!("../../../shared/locales/zh-CN/papers.json")),
    ("study_proof", include_str!("../../../shared/locales/zh-CN/study_proof.json")),
    ("diploma_sheet", include_str!("../../../shared/locales/zh-CN/diploma_sheet.json")),
    ("graduation", include_str!("../../../shared/locales/zh-CN/graduation.json")),
];

static WORDS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let texts = |(file, content): (&str, &str)| {
        let texts: HashMap<String, String> = serde_json::from_str(content).unwrap_or_default();
        let file = file.to_owned();
        texts.into_iter().map(move |(key, text)| (format!("{file}.{key}"), text))
    };
    FILES.into_iter().flat_map(texts).collect()
});

/// The word under a key, such as `roster.state_visited`; empty if there is none.
#[must_use]
pub fn word(key: &str) -> &'static str {
    WORDS.get(key).map_or("", String::as_str)
}

/// The day of an instant in China.
#[must_use]
pub fn day(at: Timestamp) -> String {
    write_date(at.date_in_china())
}

/// An instant in China, to the second.
#[must_use]
pub fn to_the_second(at: Timestamp) -> String {
    format!("{}:{:02}", moment(at), at.in_china().time().second())
}

/// An instant in China, to the minute.
#[must_use]
pub fn moment(at: Timestamp) -> String {
    let time = at.in_china().time();
    format!("{} {:02}:{:02}", day(at), time.hour(), time.minute())
}
