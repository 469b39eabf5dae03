//! Where a learner stands in a course, in one sentence and one word.

use super::unit_facts::{minutes_left, was_hasty};
use crate::{
    i18n::{Locale, t, td_string, use_i18n},
    ui::{Tag, Tone},
};
use leptos::prelude::*;
use shared::learning::{CourseStanding, Gate, NotYet};

/// Why the course is not complete yet, or that it is.
pub(super) fn standing_sentence(locale: Locale, standing: &CourseStanding) -> String {
    match standing.gate {
        Gate::Open => td_string!(locale, learning.standing_open).to_owned(),
        Gate::TaskPointsMissing { .. } if standing.task_points == 0 => {
            td_string!(locale, learning.standing_unprepared).to_owned()
        }
        Gate::TaskPointsMissing { missing } if standing.completed == 0 => {
            td_string!(locale, learning.standing_untouched, missing = missing)
        }
        Gate::TaskPointsMissing { missing } => td_string!(locale, learning.standing_missing, missing = missing),
    }
}

/// Why the course is not complete yet, and what to do about it first.
pub(super) fn not_yet_sentence(locale: Locale, reason: &NotYet) -> String {
    match reason {
        NotYet::Unprepared => td_string!(locale, learning.not_yet_unprepared).to_owned(),
        NotYet::Begin { missing, unit } => {
            td_string!(locale, learning.not_yet_begin, missing = *missing, unit = unit.title.clone())
        }
        NotYet::Read { missing, unit } if was_hasty(unit) => {
            let (title, minutes) = (unit.title.clone(), minutes_left(unit));
            td_string!(locale, learning.not_yet_longer, missing = *missing, unit = title, minutes = minutes)
        }
        NotYet::Read { missing, unit } => {
            td_string!(locale, learning.not_yet_read, missing = *missing, unit = unit.title.clone())
        }
        NotYet::Exercise { missing, unit, left } => {
            let unit = unit.title.clone();
            td_string!(locale, learning.not_yet_exercise, missing = *missing, unit = unit, left = *left)
        }
        NotYet::Activity { missing, unit, left } => {
            let unit = unit.title.clone();
            td_string!(locale, learning.not_yet_activity, missing = *missing, unit = unit, left = *left)
        }
    }
}

/// How much of the course is complete, in per cent.
pub(super) fn percent_complete(standing: &CourseStanding) -> u8 {
    let (completed, all) = (u32::from(standing.completed), u32::from(standing.task_points));
    u8::try_from(completed * 100 / all.max(1)).unwrap_or(100).min(100)
}

/// The same in a word.
#[component]
pub(super) fn StandingTag(
    /// Where the learner stands.
    standing: CourseStanding,
) -> impl IntoView {
    let i18n = use_i18n();
    match standing.gate {
        Gate::Open => view! { <Tag tone=Tone::Ok>{t!(i18n, learning.state_open)}</Tag> }.into_any(),
        Gate::TaskPointsMissing { .. } if standing.studied_minutes == 0 && standing.completed == 0 => {
            view! { <Tag>{t!(i18n, learning.state_new)}</Tag> }.into_any()
        }
        Gate::TaskPointsMissing { .. } => {
            view! { <Tag tone=Tone::Wait>{t!(i18n, learning.state_studying)}</Tag> }.into_any()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(completed: u16, task_points: u16) -> CourseStanding {
        let gate = match task_points.max(1) - completed {
            0 => Gate::Open,
            missing => Gate::TaskPointsMissing { missing },
        };
        CourseStanding { task_points, completed, studied_minutes: 0, gate }
    }

    #[test]
    fn the_percentage_is_whole_and_full_only_at_the_end() {
        assert_eq!(percent_complete(&standing(2, 3)), 66);
        assert_eq!(percent_complete(&standing(3, 3)), 100);
        assert_eq!(percent_complete(&standing(0, 0)), 0);
    }
}
