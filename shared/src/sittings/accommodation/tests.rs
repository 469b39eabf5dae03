use super::*;
use crate::{
    delivery::{TimePlan, deadline},
    problem::{are_named, has_texts},
    time::Timestamp,
};
use proptest::prelude::*;
use uuid::Uuid;

const CANDIDATE: AccountId = AccountId(Uuid::from_u128(1));
const COUNTY: AccountId = AccountId(Uuid::from_u128(2));
const CITY: AccountId = AccountId(Uuid::from_u128(3));

fn facts(state: AccommodationState, level: CourseLevel) -> AccommodationFacts {
    let checked_by = (state == AccommodationState::Checked).then_some(COUNTY);
    AccommodationFacts { state, level, candidate: CANDIDATE, has_paper: true, checked_by }
}

fn by_county(facts: &AccommodationFacts, is_granted: bool) -> Result<AccommodationState, AccommodationRefusal> {
    judge_accommodation(facts, AccommodationOffice::County, is_granted, COUNTY)
}

#[test]
fn the_county_grants_at_the_junior_level_and_the_city_after_it_at_the_senior_one() {
    let junior = facts(AccommodationState::Applied, CourseLevel::Junior);
    assert_eq!(by_county(&junior, true), Ok(AccommodationState::Granted));
    let senior = facts(AccommodationState::Applied, CourseLevel::Senior);
    assert_eq!(by_county(&senior, true), Ok(AccommodationState::Checked));
    assert_eq!(by_county(&senior, false), Ok(AccommodationState::Refused));
    let checked = facts(AccommodationState::Checked, CourseLevel::Senior);
    let by_city = |person| judge_accommodation(&checked, AccommodationOffice::City, true, person);
    assert_eq!(by_city(CITY), Ok(AccommodationState::Granted));
    assert_eq!(by_city(COUNTY), Err(AccommodationRefusal::SomebodyElseNeeded), "who looked for the county");
}

#[test]
fn an_office_has_a_say_exactly_where_a_decision_of_it_is_taken() {
    for level in [CourseLevel::Junior, CourseLevel::Senior] {
        let of_city = by_county(&facts(AccommodationState::Applied, level), true) == Ok(AccommodationState::Checked);
        assert_eq!(AccommodationOffice::City.has_a_say(level), of_city, "{level}");
        assert!(AccommodationOffice::County.has_a_say(level));
    }
    assert!(AccommodationOffice::County.turn() < AccommodationOffice::City.turn());
}

#[test]
fn nobody_decides_out_of_turn_or_about_themselves() {
    for state in AccommodationState::ALL {
        for office in AccommodationOffice::ALL {
            let judged = judge_accommodation(&facts(*state, CourseLevel::Senior), *office, true, CITY);
            assert_eq!(judged.is_ok(), state.turn() == Some(*office), "{state} {office}");
        }
    }
    let own = AccommodationFacts { candidate: COUNTY, ..facts(AccommodationState::Applied, CourseLevel::Junior) };
    assert_eq!(by_county(&own, true), Err(AccommodationRefusal::SomebodyElseNeeded));
}

#[test]
fn without_a_paper_it_is_refused_and_never_granted() {
    let bare = AccommodationFacts { has_paper: false, ..facts(AccommodationState::Applied, CourseLevel::Junior) };
    assert_eq!(by_county(&bare, true), Err(AccommodationRefusal::NoPaper));
    assert_eq!(by_county(&bare, false), Ok(AccommodationState::Refused));
}

#[test]
fn a_paper_is_added_before_anybody_decides_and_what_counts_can_be_given_up() {
    for state in AccommodationState::ALL {
        assert_eq!(may_add_paper(*state).is_ok(), *state == AccommodationState::Applied);
        let is_over = matches!(state, AccommodationState::Refused | AccommodationState::Withdrawn);
        assert_eq!(may_take_back(*state).is_err(), is_over, "{state}");
    }
}

#[test]
fn a_photo_is_put_in_the_place_of_another_a_few_times() {
    assert_eq!(may_add_photo(MAX_ACCOMMODATION_PHOTOS - 1), Ok(()));
    assert_eq!(may_add_photo(MAX_ACCOMMODATION_PHOTOS), Err(AccommodationRefusal::TooManyPhotos));
}

#[test]
fn a_share_is_rounded_up_to_whole_minutes() {
    assert_eq!([0, 30, 50].map(|pct| extra_minutes(75, pct)), [0, 23, 38]);
    assert_eq!((extra_minutes(60, 30), extra_minutes(1, 1)), (18, 1));
}

#[test]
fn what_was_granted_for_a_while_counts_until_its_last_day() {
    let until = Date::constant(2026, 12, 1);
    let broken_arm = ExamNeeds { extra_pct: 30, ..ExamNeeds::default() };
    let wheelchair = ExamNeeds { needs_accessible: true, ..ExamNeeds::default() };
    let granted =
        [GrantedNeeds { needs: broken_arm, until: Some(until) }, GrantedNeeds { needs: wheelchair, until: None }];
    assert_eq!(needs_on(until, &granted), ExamNeeds { extra_pct: 30, ..wheelchair });
    assert_eq!(needs_on(until.tomorrow().unwrap(), &granted), wheelchair);
    assert_eq!(needs_on(until, &[]), ExamNeeds::default());
}

#[test]
fn something_is_needed_and_a_share_is_one_of_those_that_there_are() {
    assert_eq!(ExamNeeds::default().check(), Err(FieldError::new("/needs", "required")));
    let odd = ExamNeeds { extra_pct: 31, ..ExamNeeds::default() };
    assert_eq!(odd.check(), Err(FieldError::new("/needs/extra_pct", "out-of-range")));
    assert_eq!(ExamNeeds { needs_large_print: true, ..ExamNeeds::default() }.check(), Ok(()));
}

#[test]
fn every_refusal_and_every_state_has_its_words() {
    let refusals = [
        AccommodationRefusal::WrongState { state: AccommodationState::Granted },
        AccommodationRefusal::NoPaper,
        AccommodationRefusal::SomebodyElseNeeded,
        AccommodationRefusal::NoRecord,
        AccommodationRefusal::AnotherWaits,
        AccommodationRefusal::TooManyPhotos,
    ];
    for refusal in refusals {
        assert!(has_texts(&format!("{}.detail", refusal.message_key())), "{refusal}");
    }
    let keys: Vec<_> = AccommodationState::ALL.iter().map(|state| format!("accommodation_{state}")).collect();
    let files =
        [include_str!("../../../locales/zh-CN/sittings.json"), include_str!("../../../locales/en/sittings.json")];
    assert!(are_named(files, &keys));
}

fn needs() -> impl Strategy<Value = ExamNeeds> {
    let share = proptest::sample::select(EXTRA_PCT.to_vec());
    (share, any::<bool>(), any::<bool>(), any::<bool>()).prop_map(
        |(extra_pct, needs_separate_room, needs_large_print, needs_accessible)| ExamNeeds {
            extra_pct,
            needs_separate_room,
            needs_large_print,
            needs_accessible,
        },
    )
}

proptest! {
    #[test]
    fn more_that_is_granted_never_takes_a_minute_away(one in needs(), other in needs(), duration_min in 1..=300u16) {
        let end = |needs: ExamNeeds| {
            let extra_min = needs.extra_min(duration_min);
            deadline(&TimePlan { starts_at: Timestamp(0), duration_min, extra_min, returned_s: 0 })
        };
        prop_assert!(end(one.with(other)) >= end(one));
        prop_assert_eq!(one.with(other), other.with(one));
        prop_assert_eq!(one.with(one), one);
    }
}
