use super::*;
use crate::{
    delivery::{PartShape, item_order, option_order},
    problem::{Refusal, has_texts},
};
use ExamSessionState::{Armed, Arranged, Cancelled, Draft, Marking, Published, Registering};
use proptest::prelude::*;

/// Options of an item.
const OPTIONS: usize = 4;
/// Orders that they can have.
const ORDERS: usize = 24;

/// Seeds of 53 bits, as sittings have them.
fn seeds(count: u64) -> Vec<u64> {
    (1..=count).map(|nth| nth.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 11).collect()
}

/// A photo of the first `items` items on the screen that belongs to `seed`.
fn photo(seed: u64, items: usize) -> Vec<ItemReading> {
    let reading = |item| {
        let options = option_order(seed, item, OPTIONS).into_iter().map(Some).collect();
        ItemReading { item, place: None, options }
    };
    (0..items).map(reading).collect()
}

/// Reads the options of one item wrongly.
fn misread(photo: &mut [ItemReading], item: usize) {
    photo[item].options.reverse();
}

#[track_caller]
fn check(photo: &[ItemReading], seeds: &[u64], verdict: TraceVerdict, best: Option<usize>) {
    let traced = trace_leak(photo, &PaperShape::plain(40), seeds);
    assert_eq!((traced.verdict, traced.fits.first().map(|fit| fit.sitting)), (verdict, best), "{traced:?}");
}

/// Why eight items, one of them misread, name the right one of 100,000 candidates in more than 99.9 % of all cases.
///
/// The right one agrees in seven items. Another must agree in seven or eight to be taken for them. If the shuffle is
/// fair, which the next test counts, that happens in 8 · 23 + 1 of the 24⁸ combinations of eight orders, and among
/// 100,000 others at most 100,000 times as often.
#[test]
fn by_chance_nobody_of_a_hundred_thousand_fits_as_well() {
    let as_good: u64 = 8 * 23 + 1;
    assert!(as_good * 100_000 * 1_000 < (ORDERS as u64).pow(8), "in less than one of 1,000 cases");
}

/// The exact shuffle of 100,000 other candidates, each followed until their second disagreement: then they are out.
#[test]
fn the_orders_of_others_agree_by_chance_alone() {
    const OTHERS: usize = 100_000;
    let own: Vec<_> = (0..8).map(|item| option_order(42, item, OPTIONS)).collect();
    let (mut first, mut second, mut both, mut as_good) = (0_usize, 0_usize, 0_usize, 0_usize);
    for seed in seeds(OTHERS as u64) {
        let mut agrees: Vec<bool> = Vec::new();
        while agrees.len() < own.len() && agrees.iter().filter(|agrees| !**agrees).count() < 2 {
            agrees.push(option_order(seed, agrees.len(), OPTIONS) == own[agrees.len()]);
        }
        first += usize::from(agrees[0]);
        second += usize::from(agrees[1]);
        both += usize::from(agrees[0] && agrees[1]);
        as_good += usize::from(agrees.iter().filter(|agrees| !**agrees).count() < 2);
    }
    // Five standard deviations around the mean: √4167 · 5 and √174 · 5.
    let (mean, mean_of_both) = (OTHERS / ORDERS, OTHERS / ORDERS / ORDERS);
    assert!(first.abs_diff(mean) < 323 && second.abs_diff(mean) < 323, "{first} and {second} for {mean}");
    assert!(both.abs_diff(mean_of_both) < 66, "{both} for {mean_of_both}: items are shuffled independently");
    assert_eq!(as_good, 0);
}

/// Among 100,000 the right one is even named as sure: the ratios of the others are 1 each in the mean, that of nobody is
/// as great as theirs together, and one unlucky rival may agree in six items.
#[test]
fn the_right_one_of_a_hundred_thousand_is_sure() {
    let ratio = |agreeing: i32| {
        let log =
            f64::from(agreeing) * log_ratio(true, ORDERS as f64) + f64::from(8 - agreeing) * log_ratio(false, 1.0);
        log.exp()
    };
    let certainty = ratio(7) / (ratio(7) + ratio(6) + 2.0 * 100_000.0);
    assert!(certainty * 1_000_000.0 > f64::from(SURE_PPM), "{certainty}");
}

#[test]
fn eight_items_name_the_candidate_though_one_is_misread() {
    let seeds = seeds(500);
    for trial in 0..5 {
        let own = trial * 97;
        let mut photo = photo(seeds[own], 8);
        misread(&mut photo, trial);
        check(&photo, &seeds, TraceVerdict::OneFits, Some(own));
        let best = trace_leak(&photo, &PaperShape::plain(40), &seeds).fits[0];
        assert_eq!(best.agreeing, 7);
    }
}

#[test]
fn too_few_items_decide_nothing_and_name_nobody() {
    let seeds = seeds(500);
    check(&photo(seeds[3], 1), &seeds, TraceVerdict::Undecided, None);
    check(&[], &seeds, TraceVerdict::Undecided, None);
}

#[test]
fn two_with_one_order_are_both_told_and_neither_is_meant() {
    let seeds = [7, 9, 7];
    let traced = trace_leak(&photo(7, 8), &PaperShape::plain(40), &seeds);
    assert_eq!(traced.verdict, TraceVerdict::Undecided);
    assert_eq!(traced.fits.iter().map(|fit| fit.sitting).collect::<Vec<_>>(), [0, 2]);
    assert_eq!(traced.fits[0].certainty_ppm, traced.fits[1].certainty_ppm);
}

#[test]
fn the_photo_of_a_stranger_fits_nobody() {
    check(&photo(42, 8), &seeds(300), TraceVerdict::NobodyFits, None);
    assert_eq!(trace_leak(&photo(42, 8), &PaperShape::plain(40), &[]).fits, []);
}

#[test]
fn what_cannot_be_read_is_left_open() {
    let seeds = seeds(300);
    let mut photo = photo(seeds[9], 12);
    for reading in &mut photo {
        reading.options[1..].fill(None);
    }
    check(&photo, &seeds, TraceVerdict::OneFits, Some(9));
    for reading in &mut photo {
        reading.options[0] = None;
    }
    let traced = trace_leak(&photo, &PaperShape::plain(40), &seeds);
    assert_eq!((traced.verdict, traced.clues), (TraceVerdict::Undecided, 0));
}

#[test]
fn the_numbers_above_the_items_tell_it_too() {
    let seeds = seeds(300);
    let order = item_order(seeds[5], 40);
    let read = |place: usize| ItemReading { item: order[place], place: Some(place), options: Vec::new() };
    let photo: Vec<_> = [0, 3, 7, 12, 30].map(read).into_iter().collect();
    check(&photo, &seeds, TraceVerdict::OneFits, Some(5));
}

#[test]
fn what_stays_at_its_place_on_every_screen_tells_nothing() {
    let paper = PaperShape {
        parts: vec![
            PartShape { blocks: vec![1; 20], is_shuffled: false },
            PartShape { blocks: vec![2; 10], is_shuffled: true },
        ],
        pinned: vec![vec![3]; 40],
    };
    let seeds = seeds(300);
    let order = paper.item_order(seeds[5]);
    let read = |place: usize| {
        let options = paper.option_order(seeds[5], order[place], OPTIONS).into_iter().map(Some).collect();
        ItemReading { item: order[place], place: Some(place), options }
    };
    let photo: Vec<_> = [0, 1, 2, 3, 4, 20, 21, 22].into_iter().map(read).collect();
    let traced = trace_leak(&photo, &paper, &seeds);
    assert_eq!((traced.verdict, traced.fits[0].sitting), (TraceVerdict::OneFits, 5));
    assert_eq!(traced.clues, 8 + 2, "eight orders of three options, and where two blocks of the second part stand");

    let of_pinned = |options: [Option<usize>; 4]| [ItemReading { item: 3, place: Some(3), options: options.to_vec() }];
    let nothing = trace_leak(&of_pinned([None, None, None, Some(3)]), &paper, &seeds);
    assert_eq!((nothing.verdict, nothing.clues), (TraceVerdict::Undecided, 0));
}

#[test]
fn nobody_is_ever_certain() {
    let traced = trace_leak(&photo(7, 30), &PaperShape::plain(40), &[7]);
    assert_eq!((traced.verdict, traced.fits[0].certainty_ppm), (TraceVerdict::OneFits, MOST_PPM));
}

proptest! {
    #[test]
    fn the_certainties_are_parts_of_one_whole(own: u64, others in prop::collection::vec(any::<u64>(), 0..4), items in 0..6_usize) {
        let seeds: Vec<_> = others.into_iter().chain([own]).collect();
        let traced = trace_leak(&photo(own, items), &PaperShape::plain(40), &seeds);
        let told: u32 = traced.fits.iter().map(|fit| fit.certainty_ppm).sum();
        prop_assert!(told + traced.nobody_ppm <= 1_000_000);
        prop_assert!(traced.fits.iter().all(|fit| fit.agreeing <= traced.clues && fit.sitting < seeds.len()));
        prop_assert!(traced.fits.is_sorted_by_key(|fit| std::cmp::Reverse(fit.certainty_ppm)));
    }
}

#[test]
fn orders_are_held_against_a_photo_once_the_test_has_begun() {
    let (starts_at, before) = (Timestamp(1_000), Timestamp(999));
    for state in [Armed, Marking, Published] {
        assert_eq!(may_trace_leak(state, starts_at, starts_at), Ok(()));
        assert_eq!(may_trace_leak(state, starts_at, before), Err(ExamSessionRefusal::NotBegun));
    }
    for state in [Draft, Registering, Arranged] {
        assert_eq!(may_trace_leak(state, starts_at, starts_at), Err(ExamSessionRefusal::NotBegun), "{state}");
    }
    assert_eq!(may_trace_leak(Cancelled, starts_at, starts_at), Err(ExamSessionRefusal::Cancelled));
    assert!(has_texts(&format!("{}.detail", ExamSessionRefusal::NotBegun.message_key())));
}

/// A paper of a choice among three, a statement, and a choice among two.
fn paper() -> Vec<TraceItem> {
    let item = |(at, (kind, options)): (usize, (ItemKind, usize))| TraceItem {
        paper_number: u16::try_from(at + 1).unwrap(),
        part: None,
        kind,
        stem_html: String::new(),
        options_html: vec![String::new(); options],
    };
    let items = [(ItemKind::SingleChoice, 3), (ItemKind::TrueFalse, 0), (ItemKind::MultipleChoice, 2)];
    items.into_iter().enumerate().map(item).collect()
}

fn reading(paper_number: u16, shown_number: Option<u16>, options: &[Option<u16>]) -> LeakReading {
    LeakReading { paper_number, part: None, shown_number, options: options.to_vec() }
}

#[test]
fn questions_on_a_material_are_read_by_their_places_behind_the_items() {
    let mut items = paper();
    for part in [1, 2] {
        let (kind, options_html) = (ItemKind::SingleChoice, vec![String::new(); 3]);
        items.push(TraceItem { paper_number: 2, part: Some(part), kind, stem_html: String::new(), options_html });
    }
    let of_part = |part, shown_number, options: &[Option<u16>]| LeakReading {
        part: Some(part),
        ..reading(2, shown_number, options)
    };
    let read = check_readings(&[of_part(2, None, &[Some(1)]), reading(2, Some(1), &[])], &items).unwrap();
    assert_eq!(read[0], ItemReading { item: 4, place: None, options: vec![Some(1), None, None] });
    assert_eq!(read[1].item, 1);
    let codes = |readings: &[LeakReading]| check_readings(readings, &items).unwrap_err().remove(0).pointer;
    assert_eq!(codes(&[of_part(1, Some(1), &[Some(0)])]), "/items/0/shown_number", "it has no number of its own");
    assert_eq!(codes(&[reading(2, Some(4), &[])]), "/items/0/shown_number", "a question is no item");
    assert_eq!(codes(&[of_part(3, None, &[Some(0)])]), "/items/0/paper_number");
    let shape = PaperShape { pinned: vec![Vec::new(); 5], ..PaperShape::plain(3) };
    let seeds: Vec<u64> = (0..4).collect();
    let own: Vec<_> = [3, 4].map(|item| (item, shape.option_order(2, item, 5))).to_vec();
    let readings = own.into_iter().map(|(item, order)| ItemReading {
        item,
        place: Some(0),
        options: order.into_iter().map(Some).collect(),
    });
    let traced = trace_leak(&readings.collect::<Vec<_>>(), &shape, &seeds);
    assert_eq!((traced.clues, traced.fits[0].sitting, traced.fits[0].agreeing), (2, 2, 2));
}

#[track_caller]
fn check_wrong(readings: &[LeakReading], expected: &[(&str, &str)]) {
    let errors = check_readings(readings, &paper()).unwrap_err();
    let found: Vec<_> = errors.iter().map(|error| (error.pointer.as_str(), error.code.as_str())).collect();
    assert_eq!(found, expected);
}

#[test]
fn what_was_read_becomes_indices_of_the_paper() {
    let readings = [reading(1, None, &[Some(2)]), reading(2, Some(3), &[]), reading(3, Some(1), &[Some(1), Some(0)])];
    let expected = [
        ItemReading { item: 0, place: None, options: vec![Some(2), None, None] },
        ItemReading { item: 1, place: Some(2), options: Vec::new() },
        ItemReading { item: 2, place: Some(0), options: vec![Some(1), Some(0)] },
    ];
    assert_eq!(check_readings(&readings, &paper()), Ok(expected.to_vec()));
}

#[test]
fn what_no_photo_of_this_paper_can_show_is_told() {
    check_wrong(&[], &[("/items", "required")]);
    check_wrong(&[reading(0, None, &[])], &[("/items/0/paper_number", "out-of-range")]);
    check_wrong(&[reading(4, Some(1), &[])], &[("/items/0/paper_number", "out-of-range")]);
    check_wrong(&[reading(2, Some(1), &[]), reading(2, Some(2), &[])], &[("/items/1/paper_number", "duplicate")]);
    check_wrong(&[reading(2, Some(1), &[]), reading(1, Some(1), &[])], &[("/items/1/shown_number", "duplicate")]);
    for number in [0, 4] {
        check_wrong(&[reading(2, Some(number), &[])], &[("/items/0/shown_number", "out-of-range")]);
    }
    check_wrong(&[reading(1, None, &[Some(3)])], &[("/items/0/options", "out-of-range")]);
    check_wrong(&[reading(1, Some(1), &[None; 4])], &[("/items/0/options", "out-of-range")]);
    check_wrong(&[reading(2, None, &[Some(0)])], &[("/items/0/options", "out-of-range")]);
    check_wrong(&[reading(3, None, &[Some(0), Some(0)])], &[("/items/0/options", "duplicate")]);
    check_wrong(&[reading(1, None, &[None, None])], &[("/items/0/options", "required")]);
}
