//! Tests of rounds.

use super::*;
use crate::{
    ids::{AccountId, VisitId},
    problem::are_named,
    roster::VisitChannel,
};
use jiff::civil::date;
use proptest::prelude::*;
use uuid::Uuid;

const SPAN: RoundSpan = RoundSpan { begins_on: date(2026, 3, 1), ends_on: date(2026, 5, 31) };

fn visit(day: Date, outcome: VisitOutcome) -> Visit {
    Visit {
        id: VisitId(Uuid::from_u128(1)),
        visited_at: Timestamp::of_day_in_china(day),
        visitor: AccountId(Uuid::nil()),
        channel: VisitChannel::Door,
        outcome,
        note: String::new(),
    }
}

fn stated(intent: UpgradeIntent) -> VisitOutcome {
    VisitOutcome::Stated {
        intent,
        route: None,
        reason: String::new(),
        preferred_time: String::new(),
        preferred_place: String::new(),
        study_mode: None,
    }
}

#[test]
fn every_standing_has_its_name() {
    let keys: Vec<_> = RoundStanding::ALL.iter().map(|value| format!("round_{value}")).collect();
    let files = [include_str!("../../../locales/zh-CN/roster.json"), include_str!("../../../locales/en/roster.json")];
    assert!(are_named(files, &keys));
}

#[test]
fn visits_of_another_season_do_not_count() {
    let last_year = visit(date(2025, 4, 1), stated(UpgradeIntent::Unwilling));
    assert_eq!(round_standing(std::slice::from_ref(&last_year), SPAN), RoundStanding::Unvisited);
    let now = visit(date(2026, 5, 31), stated(UpgradeIntent::Senior));
    assert_eq!(round_standing(&[last_year, now], SPAN), RoundStanding::Willing);
    assert_eq!(round_standing(&[visit(date(2026, 6, 1), VisitOutcome::Met {})], SPAN), RoundStanding::Unvisited);
}

#[test]
fn who_was_reached_once_is_reached() {
    let gone = visit(date(2026, 3, 9), VisitOutcome::Unreachable {});
    assert_eq!(round_standing(std::slice::from_ref(&gone), SPAN), RoundStanding::Unreached);
    let met = visit(date(2026, 3, 2), VisitOutcome::Met {});
    assert_eq!(round_standing(&[gone, met], SPAN), RoundStanding::Undecided);
}

#[test]
fn a_round_has_a_name_and_days_that_no_other_has() {
    let today = date(2026, 3, 10);
    let wanted = |name: &str, begins_on, ends_on| OpenRound {
        division: None,
        provider_id: None,
        name: name.to_owned(),
        begins_on,
        ends_on,
    };
    let codes = |wanted: &OpenRound| {
        let errors = check_round(wanted, today, &[SPAN]).err().unwrap_or_default();
        errors.into_iter().map(|error| error.code).collect::<Vec<_>>()
    };
    assert_eq!(codes(&wanted("夏", date(2026, 6, 1), date(2026, 8, 31))), Vec::<String>::new());
    assert_eq!(codes(&wanted(" ", date(2026, 6, 1), date(2026, 5, 31))), ["required", "round-length"]);
    assert_eq!(codes(&wanted("夏", date(2026, 5, 31), date(2026, 8, 31))), ["round-overlaps"]);
    assert_eq!(codes(&wanted("冬", date(2026, 1, 1), date(2026, 2, 1))), ["round-too-early", "round-length"]);
    assert_eq!(codes(&wanted("年", date(2026, 6, 1), date(2027, 6, 2))), ["round-length"]);
}

proptest! {
    #[test]
    fn everybody_stands_in_one_figure(counted in proptest::collection::vec((0_usize..6, 0_u64..1_000), 0..20)) {
        let mut sums = RoundSums::default();
        for (standing, persons) in counted {
            sums.count(RoundStanding::ALL[standing], persons);
        }
        prop_assert_eq!(sums.persons, sums.unvisited + sums.unreached + sums.reached());
        prop_assert_eq!(sums.reached(), sums.undecided + sums.willing + sums.unwilling + sums.left_out);
        prop_assert!(sums.visited_pct().is_none_or(|pct| pct <= 100));
    }
}
