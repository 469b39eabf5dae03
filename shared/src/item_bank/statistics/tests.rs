use super::*;
use proptest::prelude::*;

/// Section 6 of the Law School Admission Test: how many of 1000 had each pattern of five items, from all wrong to all
/// right, the first item in the highest place (Bock and Lieberman, "Fitting a response model for n dichotomously scored
/// items", Psychometrika 35, 1970, table 1).
const LSAT: [usize; 32] = [
    3, 6, 2, 11, 1, 1, 3, 4, 1, 8, 0, 16, 0, 3, 2, 15, 10, 29, 14, 81, 3, 28, 15, 80, 16, 56, 21, 173, 11, 61, 28, 298,
];

fn attempt(points: i32, total: i32) -> Attempt {
    Attempt { points: Points(points), total: Points(total) }
}

/// What all candidates got for an item of the test, from 0, each item being worth so much.
fn lsat(item: usize, worth: i32) -> Vec<Attempt> {
    let of_pattern = |(pattern, persons): (usize, &usize)| {
        let is_right = |place: usize| (pattern >> (4 - place)) & 1 == 1;
        let right = i32::try_from((0..5).filter(|place| is_right(*place)).count()).unwrap();
        let points = if is_right(item) { worth } else { 0 };
        std::iter::repeat_n(attempt(points, right * worth), *persons)
    };
    LSAT.iter().enumerate().flat_map(of_pattern).collect()
}

/// As Rizopoulos has them, "ltm: An R Package for Latent Variable Modeling and Item Response Analysis", Journal of
/// Statistical Software 17 (5), 2006, 4.1: the share of right answers, and the correlation with the total without the
/// item, 0.1128, 0.1532, 0.1728, 0.1444 and 0.1216.
#[test]
fn a_well_known_test_has_its_well_known_figures() {
    for (item, hard, told) in [(0, 924, 113), (1, 709, 153), (2, 553, 173), (3, 763, 144), (4, 870, 122)] {
        for worth in [1, 200] {
            let attempts = lsat(item, worth);
            assert_eq!(attempts.len(), 1_000);
            assert_eq!(difficulty(&attempts, Points(worth)), Some(hard), "item {item}");
            assert_eq!(discrimination(&attempts), Some(told), "item {item}");
        }
    }
}

/// By hand: item 0, 0, 2, 4 beside a rest of 1, 2, 3, 6 has deviations of -1.5, -1.5, 0.5, 2.5 and -2, -1, 0, 3, so that
/// r = 12 / √(11 · 14) = 0.967.
#[test]
fn items_that_are_worth_more_than_a_point_are_measured_alike() {
    let attempts = [attempt(0, 1), attempt(0, 2), attempt(2, 5), attempt(4, 10)];
    assert_eq!(difficulty(&attempts, Points(4)), Some(375));
    assert_eq!(discrimination(&attempts), Some(967));
}

#[test]
fn who_knows_less_and_gets_the_item_makes_it_tell_the_wrong_way() {
    assert_eq!(discrimination(&[attempt(1, 1), attempt(1, 2), attempt(0, 5), attempt(0, 6)]), Some(-981));
    assert_eq!(discrimination(&[attempt(1, 1), attempt(0, 1)]), Some(-1_000));
}

#[test]
fn where_all_got_the_same_nothing_is_told() {
    assert_eq!(difficulty(&[], Points(100)), None);
    assert_eq!(discrimination(&[]), None);
    assert_eq!(discrimination(&[attempt(1, 5)]), None, "one candidate");
    assert_eq!(discrimination(&[attempt(1, 5), attempt(1, 7)]), None, "everybody had it right");
    assert_eq!(discrimination(&[attempt(1, 5), attempt(0, 4)]), None, "the rest was the same");
    assert_eq!(difficulty(&[attempt(0, 1)], Points::ZERO), None);
}

#[test]
fn what_was_chosen_is_counted_in_the_authors_order() {
    let options = || ["a", "b", "c"].map(str::to_owned).to_vec();
    let body = ItemBody::SingleChoice { options: options(), key: 0 };
    let given = [Some(Response::Single(1)), Some(Response::Single(1)), None, Some(Response::Single(9))];
    assert_eq!(option_counts(&body, given.iter().map(Option::as_ref)), [0, 2, 0]);
    let body = ItemBody::MultipleChoice {
        options: options(),
        key: vec![0, 2],
        rule: crate::item_bank::MultipleRule::default(),
    };
    let given = [Some(Response::Multiple(vec![0, 2])), Some(Response::Multiple(vec![2])), Some(Response::Cleared)];
    assert_eq!(option_counts(&body, given.iter().map(Option::as_ref)), [1, 0, 2]);
    let given = [Some(Response::TrueFalse(true)), Some(Response::TrueFalse(false)), Some(Response::TrueFalse(false))];
    assert_eq!(option_counts(&ItemBody::TrueFalse { key: true }, given.iter().map(Option::as_ref)), [1, 2]);
    let body = ItemBody::ShortAnswer { rubric: String::new() };
    assert!(option_counts(&body, given.iter().map(Option::as_ref)).is_empty());
}

#[test]
fn who_took_an_answer_back_gave_none() {
    let given = [None, Some(Response::Cleared), Some(Response::Multiple(Vec::new())), Some(Response::Single(0))];
    assert_eq!(unanswered(given.iter().map(Option::as_ref)), 3);
    assert_eq!(unanswered(std::iter::empty()), 0);
}

proptest! {
    #[test]
    fn figures_stay_within_their_bounds(scores in prop::collection::vec((0_i32..=400, 0_i32..=10_000), 0..200)) {
        let attempts: Vec<_> = scores.iter().map(|(own, rest)| attempt(*own, own + rest)).collect();
        prop_assert!(difficulty(&attempts, Points(400)).is_none_or(|share| share <= 1_000));
        prop_assert!(discrimination(&attempts).is_none_or(|share| (-1_000..=1_000).contains(&share)));
    }

    /// What is added to all, or what a point is worth, changes nothing.
    #[test]
    fn a_correlation_knows_no_unit(scores in prop::collection::vec((0_i32..=4, 0_i32..=100), 2..50)) {
        let one: Vec<_> = scores.iter().map(|(own, rest)| attempt(*own, own + rest)).collect();
        let other: Vec<_> = scores.iter().map(|(own, rest)| attempt(own * 50, own * 50 + rest * 50 + 7)).collect();
        prop_assert_eq!(discrimination(&one), discrimination(&other));
    }
}

#[test]
fn so_many_candidates_as_a_province_has_are_measured() {
    let attempts: Vec<_> =
        (0..100_000).map(|n| if n % 2 == 0 { attempt(10_000, 20_000) } else { attempt(0, 0) }).collect();
    assert_eq!((difficulty(&attempts, Points(10_000)), discrimination(&attempts)), (Some(500), Some(1_000)));
}
