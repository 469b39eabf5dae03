//! The way of a record from the application to the diploma.

use super::words::state_name;
use crate::{i18n::use_i18n, ui::Stepper};
use leptos::prelude::*;
use shared::{enrolment::RecordState, learning::CourseLevel};

/// The states that a record of this level passes, in order.
fn stations(level: CourseLevel) -> Vec<RecordState> {
    use RecordState as State;
    let all = [
        State::Applied,
        State::SchoolReview,
        State::CountyReview,
        State::CityFiled,
        State::Registered,
        State::Studying,
        State::Graduated,
    ];
    all.into_iter().filter(|state| *state != State::CityFiled || level == CourseLevel::Senior).collect()
}

/// How many of them are behind a record; all of them once it has its diploma.
fn position(level: CourseLevel, state: RecordState) -> usize {
    let stations = stations(level);
    let at = match state {
        RecordState::Graduated => return stations.len(),
        RecordState::Suspended => RecordState::Studying,
        RecordState::Eligible => RecordState::Graduated,
        RecordState::Transferred | RecordState::Withdrawn => return 0,
        state => state,
    };
    stations.iter().position(|station| *station == at).unwrap_or_default()
}

/// Where the record is on its way; nothing once it has left it.
#[component]
pub(super) fn RecordWay(level: CourseLevel, state: RecordState) -> impl IntoView {
    let i18n = use_i18n();
    let names =
        move || stations(level).into_iter().map(|state| state_name(i18n.get_locale(), state).to_owned()).collect();
    let is_on_it = !matches!(state, RecordState::Transferred | RecordState::Withdrawn);
    is_on_it.then(|| {
        view! {
            <div class="record-way">
                <Stepper steps=Signal::derive(names) current=position(level, state) />
            </div>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_senior_is_filed_with_the_city() {
        assert!(!stations(CourseLevel::Junior).contains(&RecordState::CityFiled));
        assert_eq!(position(CourseLevel::Senior, RecordState::CityFiled), 3);
        assert_eq!(position(CourseLevel::Junior, RecordState::Registered), 3);
        assert_eq!(position(CourseLevel::Senior, RecordState::Registered), 4);
    }

    #[test]
    fn who_pauses_stays_where_they_were_and_a_diploma_leaves_no_step_open() {
        let at = |state| position(CourseLevel::Junior, state);
        assert_eq!(at(RecordState::Suspended), at(RecordState::Studying));
        assert_eq!(at(RecordState::Graduated), stations(CourseLevel::Junior).len());
        assert_eq!(at(RecordState::Eligible), stations(CourseLevel::Junior).len() - 1);
    }
}
