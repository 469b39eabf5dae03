//! Where a learner stands in a unit, in a few words.

use crate::i18n::{Locale, td_string};
use shared::learning::{StudyRules, UnitProgress};

/// How long the unit takes, how far it has been read, and its exercises, if there are any.
pub(super) fn facts(locale: Locale, unit: &UnitProgress) -> String {
    let mut facts = vec![
        td_string!(locale, learning.minutes, minutes = unit.minutes),
        td_string!(locale, learning.read_pct, pct = unit.read_pct),
    ];
    if unit.exercises > 0 {
        facts.push(td_string!(locale, learning.exercises_done, done = unit.exercises_done, all = unit.exercises));
    }
    if unit.activities > 0 {
        facts.push(td_string!(locale, learning.activities_done, done = unit.activities_done, all = unit.activities));
    }
    facts.join(" · ")
}

/// What is still to do before the task point is complete.
pub(super) fn still_to_do(locale: Locale, unit: &UnitProgress) -> String {
    let left = unit.exercises.saturating_sub(unit.exercises_done);
    let activities_left = unit.activities.saturating_sub(unit.activities_done);
    match (unit.is_read(&StudyRules::zhejiang_2022()), left) {
        _ if unit.is_complete => td_string!(locale, learning.unit_complete).to_owned(),
        _ if was_hasty(unit) => td_string!(locale, learning.still_longer, minutes = minutes_left(unit)),
        (true, 0) if activities_left > 0 => td_string!(locale, learning.still_activities, left = activities_left),
        (true, left) => td_string!(locale, learning.still_exercises, left = left),
        (false, 0) => td_string!(locale, learning.still_reading).to_owned(),
        (false, left) => td_string!(locale, learning.still_both, left = left),
    }
}

/// Whether the reader saw the end of the text, and sooner than anybody can have read it.
pub(super) fn was_hasty(unit: &UnitProgress) -> bool {
    unit.read_pct >= StudyRules::zhejiang_2022().read_enough_pct && unit.reading_left_s > 0
}

/// Minutes that are missing before the text can have been read, a part of one as one.
pub(super) const fn minutes_left(unit: &UnitProgress) -> u32 {
    unit.reading_left_s.div_ceil(60)
}
