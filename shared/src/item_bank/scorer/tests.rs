//! Examples and laws of scoring.

use super::*;
use crate::item_bank::{ItemKind, Judgement, NumericUnit, PartAnswers, Tolerance, body_of_lines};
use proptest::prelude::*;

fn item(body: ItemBody) -> Item {
    Item { schema_version: 1, stem: "1+1=____".to_owned(), body, explanation: String::new() }
}

fn options(count: usize) -> Vec<String> {
    (0..count).map(|i| format!("option {i}")).collect()
}

fn multiple(key: &[u16], rule: MultipleRule) -> Item {
    item(ItemBody::MultipleChoice { options: options(6), key: key.to_vec(), rule })
}

fn blanks(accepted: &[&[&str]]) -> Item {
    let blanks = accepted.iter().map(|list| list.iter().map(|&text| text.to_owned()).collect()).collect();
    item(ItemBody::FillIn { blanks, groups: Vec::new() })
}

#[track_caller]
fn check(item: &Item, response: Response, max: i32, expected: i32) {
    assert_eq!(score(item, Some(&response), Points(max)), Scored::Points(Points(expected)));
}

#[test]
fn single_choice_and_true_false_are_all_or_nothing() {
    let single = item(ItemBody::SingleChoice { options: options(4), key: 2 });
    check(&single, Response::Single(2), 300, 300);
    check(&single, Response::Single(1), 300, 0);
    check(&single, Response::Multiple(vec![2]), 300, 0);
    check(&single, Response::Cleared, 300, 0);
    check(&item(ItemBody::TrueFalse { key: false }), Response::TrueFalse(false), 200, 200);
    check(&item(ItemBody::TrueFalse { key: false }), Response::TrueFalse(true), 200, 0);
    assert_eq!(score(&single, None, Points(300)), Scored::Points(Points::ZERO));
}

#[test]
fn half_of_a_multiple_choice_is_rounded_down() {
    let partial = multiple(&[0, 3], MultipleRule::PartialNoWrong);
    check(&partial, Response::Multiple(vec![0]), 125, 62);
    check(&partial, Response::Multiple(vec![0, 3]), 125, 125);
    check(&partial, Response::Multiple(vec![0, 1]), 125, 0);
    check(&partial, Response::Multiple(Vec::new()), 125, 0);
    check(&multiple(&[0, 3], MultipleRule::AllOrNothing), Response::Multiple(vec![0]), 125, 0);
}

#[test]
fn hundredths_that_remain_go_to_the_first_blanks() {
    let three = blanks(&[&["30"], &["0.5", "1/2"], &["杭州"]]);
    let texts = |given: [&str; 3]| Response::Blanks(given.map(str::to_owned).to_vec());
    check(&three, texts(["三十", "1/2", "杭 州"]), 200, 200);
    check(&three, texts(["30.0", "", "宁波"]), 200, 67);
    check(&three, texts(["", "０．５", ""]), 200, 67);
    check(&three, texts(["", "", "杭州"]), 200, 66);
    check(&three, Response::Blanks(vec!["30".to_owned()]), 200, 67);
    check(&blanks(&[&[""]]), Response::Blanks(vec![" ".to_owned()]), 200, 0);
    check(&blanks(&[&["0.5"]]), Response::Blanks(vec!["1/2".to_owned()]), 200, 0);
}

#[test]
fn texts_of_a_group_may_change_places() {
    let free = item(body_of_lines(ItemKind::FillIn, "* a\n* b\nc").unwrap());
    let texts = |given: [&str; 3]| Response::Blanks(given.map(str::to_owned).to_vec());
    check(&free, texts(["b", "a", "c"]), 200, 200);
    check(&free, texts(["a", "a", "c"]), 200, 133);
    check(&free, texts(["c", "b", "a"]), 200, 67);
}

#[test]
fn only_what_is_written_needs_a_person() {
    let short = item(ItemBody::ShortAnswer { rubric: "1".to_owned() });
    let essay = item(body_of_lines(ItemKind::Essay, "600-\na 50%\nb 50%").unwrap());
    for written in [short, essay] {
        assert_eq!(score(&written, Some(&Response::Text("a".to_owned())), Points(500)), Scored::NeedsPerson);
        check(&written, Response::Text(" \n".to_owned()), 500, 0);
        assert_eq!(score(&written, None, Points(500)), Scored::Points(Points::ZERO));
    }
}

#[test]
fn a_number_is_all_or_nothing() {
    let units = vec![NumericUnit { name: "m".to_owned(), factor: "1".to_owned() }];
    let tolerance = Tolerance::Absolute { by: "0.1".to_owned() };
    let number = item(ItemBody::Numeric { key: "9.8".to_owned(), tolerance, units });
    for (text, points) in [("9.8 m", 300), ("９．７ｍ", 300), ("9.8", 0), ("10m", 0), ("", 0)] {
        check(&number, Response::Text(text.to_owned()), 300, points);
    }
    check(&number, Response::Blanks(vec!["9.8 m".to_owned()]), 300, 0);
    assert_eq!(key_letters(&number), ["9.8 \u{b1} 0.1 m"]);
}

#[test]
fn each_pair_has_its_share_of_the_points() {
    let pairs = item(body_of_lines(ItemKind::Matching, "a -> 1\nb -> 2\nc -> 1\n-> 3").unwrap());
    let ItemBody::Matching { key, rights, .. } = &pairs.body else { panic!("it is a matching") };
    let right: Vec<_> = key.iter().copied().map(Some).collect();
    check(&pairs, Response::Choices(right.clone()), 200, 200);
    check(&pairs, Response::Choices(vec![right[0], None, right[1]]), 200, 67);
    check(&pairs, Response::Choices(vec![None, right[1]]), 200, 67);
    check(&pairs, Response::Choices(vec![None, None, right[2], right[0]]), 200, 66);
    check(&pairs, Response::Choices(vec![u16::try_from(rights.len()).ok(); 3]), 200, 0);
    check(&pairs, Response::Multiple(key.clone()), 200, 0);
    assert_eq!(key_letters(&pairs), ["a \u{2192} 1", "b \u{2192} 2", "c \u{2192} 1"]);
}

#[test]
fn each_menu_has_its_share_of_the_points() {
    let menus = item(body_of_lines(ItemKind::InlineChoice, "a | b\nc | d | e").unwrap());
    let ItemBody::InlineChoice { key, .. } = &menus.body else { panic!("it has menus") };
    check(&menus, Response::Choices(vec![Some(key[0]), Some(key[1])]), 125, 125);
    check(&menus, Response::Choices(vec![Some(key[0]), None]), 125, 63);
    check(&menus, Response::Choices(vec![Some(key[0] ^ 1), Some(key[1])]), 125, 62);
    check(&menus, Response::Choices(Vec::new()), 125, 0);
    assert_eq!(key_letters(&menus), ["a", "c"]);
}

#[test]
fn each_row_of_a_table_has_its_share_of_the_points() {
    let table = item(body_of_lines(ItemKind::Matrix, "x | y\na -> y\nb -> x\nc -> y").unwrap());
    check(&table, Response::Choices(vec![Some(1), Some(0), Some(1)]), 200, 200);
    check(&table, Response::Choices(vec![Some(1), None, Some(0)]), 200, 67);
    check(&table, Response::Choices(vec![None, None, Some(1)]), 200, 66);
    check(&table, Response::Choices(vec![Some(2); 4]), 200, 0);
    check(&table, Response::Multiple(vec![1, 0, 1]), 200, 0);
    assert_eq!(key_letters(&table), ["a \u{2192} y", "b \u{2192} x", "c \u{2192} y"]);
}

#[test]
fn half_of_the_points_is_for_what_puts_a_statement_right() {
    let judged = |is_right, text: &str| Response::Judged(Judgement { is_right, correction: text.to_owned() });
    let wrong = item(body_of_lines(ItemKind::Correction, "× 30 | a month").unwrap());
    check(&wrong, judged(false, "三十"), 125, 125);
    check(&wrong, judged(false, "31"), 125, 63);
    check(&wrong, judged(false, ""), 125, 63);
    check(&wrong, judged(true, "30"), 125, 0);
    check(&wrong, Response::TrueFalse(false), 125, 0);
    let right = item(body_of_lines(ItemKind::Correction, "√").unwrap());
    check(&right, judged(true, ""), 125, 125);
    check(&right, judged(false, "30"), 125, 0);
    assert_eq!((key_letters(&wrong), key_letters(&right)), (vec!["× 30 | a month".to_owned()], vec!["√".to_owned()]));
}

#[test]
fn each_step_has_its_own_share_of_the_points() {
    let steps = item(body_of_lines(ItemKind::Calculation, "a 30%: 9 g\nb 70%: 3 +- 1").unwrap());
    let texts = |given: [&str; 2]| Response::Blanks(given.map(str::to_owned).to_vec());
    check(&steps, texts(["9g", "4"]), 125, 125);
    check(&steps, texts(["9", "2"]), 125, 87);
    check(&steps, texts(["9 g", ""]), 125, 38);
    check(&steps, Response::Text("9 g".to_owned()), 125, 0);
    assert_eq!(key_letters(&steps), ["a 30%: 9 g", "b 70%: 3 \u{b1} 1"]);
}

#[test]
fn each_question_on_a_material_has_its_share_of_the_points() {
    let lines = "(1) 30% x?\n答案：√\n(2) 70% ____ y\n答案：a";
    let two = item(body_of_lines(ItemKind::Composite, lines).unwrap());
    let blank = |text: &str| Response::Blanks(vec![text.to_owned()]);
    let parts = |first, other| Response::Parts(PartAnswers { parts: vec![first, other] });
    check(&two, parts(Response::TrueFalse(true), blank("a")), 125, 125);
    check(&two, parts(Response::TrueFalse(true), blank("b")), 125, 38);
    check(&two, parts(Response::Cleared, blank("a")), 125, 87);
    check(&two, Response::TrueFalse(true), 125, 0);
    assert_eq!(key_letters(&two), ["(1) √", "(2) a"]);
}

#[test]
fn words_of_a_text_are_scored_as_a_multiple_choice_is() {
    let stem = "a [[x]] b [[y]] c [[z]]".to_owned();
    let hot = |rule| Item { stem: stem.clone(), ..item(ItemBody::HotText { key: vec![0, 2], rule }) };
    let (whole, partial) = (hot(MultipleRule::AllOrNothing), hot(MultipleRule::PartialNoWrong));
    for (chosen, of_whole, of_partial) in [(vec![2, 0], 125, 125), (vec![0], 0, 62), (vec![0, 1, 2], 0, 0)] {
        check(&whole, Response::Multiple(chosen.clone()), 125, of_whole);
        check(&partial, Response::Multiple(chosen), 125, of_partial);
    }
    check(&whole, Response::Single(0), 125, 0);
    assert_eq!(key_letters(&whole), ["1 x", "3 z"]);
}

#[test]
fn neighbours_in_the_right_order_have_their_share_of_the_points() {
    let order = item(ItemBody::Ordering { lines: options(4), key: vec![2, 0, 1, 3] });
    check(&order, Response::Ordered(vec![2, 0, 1, 3]), 200, 200);
    check(&order, Response::Ordered(vec![3, 2, 0, 1]), 200, 134);
    check(&order, Response::Ordered(vec![1, 3, 2, 0]), 200, 133);
    check(&order, Response::Ordered(vec![3, 1, 0, 2]), 200, 0);
    check(&order, Response::Ordered(vec![2, 0, 1]), 200, 0);
    check(&order, Response::Ordered(vec![2, 0, 1, 3, 2]), 200, 0);
    assert_eq!(key_letters(&order), ["option 2", "option 0", "option 1", "option 3"]);
}

#[test]
fn keys_are_shown_as_letters_or_values() {
    assert_eq!(key_letters(&multiple(&[0, 2], MultipleRule::AllOrNothing)), ["A", "C"]);
    assert_eq!(key_letters(&item(ItemBody::TrueFalse { key: true })), ["true"]);
    assert_eq!(key_letters(&blanks(&[&["a", "b"], &["c"]])), ["a | b", "c"]);
}

fn any_response() -> impl Strategy<Value = Response> {
    prop_oneof![
        (0..8_u16).prop_map(Response::Single),
        prop::collection::vec(0..8_u16, 0..8).prop_map(Response::Multiple),
        any::<bool>().prop_map(Response::TrueFalse),
        prop::collection::vec("[a-c0-9 .]{0,3}", 0..6).prop_map(Response::Blanks),
        prop::collection::vec(prop::option::of(0..8_u16), 0..8).prop_map(Response::Choices),
        prop::collection::vec(0..8_u16, 0..8).prop_map(Response::Ordered),
        (any::<bool>(), "[a-c0-9 .]{0,3}")
            .prop_map(|(is_right, correction)| Response::Judged(Judgement { is_right, correction })),
        Just(Response::Cleared),
    ]
}

fn key_of_multiple() -> impl Strategy<Value = Vec<u16>> {
    prop::collection::btree_set(0..6_u16, 1..=6).prop_map(|key| key.into_iter().collect())
}

/// Every kind that the rules can score, with its right response.
fn with_right_response() -> impl Strategy<Value = (Item, Response)> {
    prop_oneof![
        (0..6_u16)
            .prop_map(|key| { (item(ItemBody::SingleChoice { options: options(6), key }), Response::Single(key)) }),
        (key_of_multiple(), rule()).prop_map(|(key, rule)| (multiple(&key, rule), Response::Multiple(key))),
        (key_of_multiple(), rule())
            .prop_map(|(key, rule)| (item(ItemBody::HotText { key: key.clone(), rule }), Response::Multiple(key))),
        any::<bool>().prop_map(|key| (item(ItemBody::TrueFalse { key }), Response::TrueFalse(key))),
        (1..=99_u16, 0..999_i32, 0..999_i32).prop_map(|(percent, first, other)| {
            let lines = format!("a {percent}%: {first}\nb {}%: {other}", 100 - percent);
            let body = body_of_lines(ItemKind::Calculation, &lines).unwrap();
            (item(body), Response::Blanks(vec![first.to_string(), other.to_string()]))
        }),
        (any::<bool>(), "[a-c0-9]{1,3}").prop_map(|(key, text)| {
            let (accepted, correction) = if key { (Vec::new(), String::new()) } else { (vec![text.clone()], text) };
            let given = Response::Judged(Judgement { is_right: key, correction });
            (item(ItemBody::Correction { key, accepted }), given)
        }),
        prop::collection::vec("[a-c0-9.]{1,3}", 1..6).prop_map(|texts| {
            let blanks = texts.iter().map(|text| vec![text.clone()]).collect();
            (item(ItemBody::FillIn { blanks, groups: Vec::new() }), Response::Blanks(texts))
        }),
        Just((0..6_u16).collect::<Vec<_>>()).prop_shuffle().prop_map(|key| {
            (item(ItemBody::Ordering { lines: options(6), key: key.clone() }), Response::Ordered(key))
        }),
        prop::collection::vec(0..6_u16, 2..6).prop_map(|key| {
            let chosen = key.iter().copied().map(Some).collect();
            (item(ItemBody::Matching { lefts: options(key.len()), rights: options(6), key }), Response::Choices(chosen))
        }),
        prop::collection::vec(0..4_u16, 2..6).prop_map(|key| {
            let chosen = key.iter().copied().map(Some).collect();
            (item(ItemBody::Matrix { rows: options(key.len()), columns: options(4), key }), Response::Choices(chosen))
        }),
    ]
}

/// Two questions on one material, with what is right of both.
fn with_two_questions() -> impl Strategy<Value = (Item, Response)> {
    let two = || prop::collection::vec(with_right_response(), 2..=2);
    (1..=99_u16, two()).prop_map(|(percent, items)| {
        let (items, parts): (Vec<Item>, Vec<Response>) = items.into_iter().unzip();
        let child = |(item, percent): (Item, u16)| Child { stem: item.stem, percent, body: item.body };
        let children = items.into_iter().zip([percent, 100 - percent]).map(child).collect();
        (item(ItemBody::Composite { children }), Response::Parts(PartAnswers { parts }))
    })
}

fn rule() -> impl Strategy<Value = MultipleRule> {
    prop_oneof![Just(MultipleRule::AllOrNothing), Just(MultipleRule::PartialNoWrong)]
}

proptest! {
    #[test]
    fn points_stay_between_zero_and_the_maximum(
        (item, _) in with_right_response(), response in any_response(), max in -100..10_000_i32,
    ) {
        let Scored::Points(points) = score(&item, Some(&response), Points(max)) else {
            return Err(TestCaseError::fail("the rules can score this"));
        };
        prop_assert!(points >= Points::ZERO && points.0 <= max.max(0));
    }

    #[test]
    fn the_right_response_gets_everything(
        (item, response) in with_right_response(), max in 0..10_000_i32,
    ) {
        prop_assert_eq!(score(&item, Some(&response), Points(max)), Scored::Points(Points(max)));
    }

    #[test]
    fn right_answers_to_all_questions_on_a_material_get_everything(
        (item, response) in with_two_questions(), max in 0..10_000_i32, number in 1..=2_usize,
    ) {
        prop_assert_eq!(score(&item, Some(&response), Points(max)), Scored::Points(Points(max)));
        let Response::Parts(PartAnswers { parts }) = response else { return Err(TestCaseError::fail("they are parts")) };
        let some = Response::Parts(PartAnswers { parts: parts.into_iter().take(number).collect() });
        let Scored::Points(points) = score(&item, Some(&some), Points(max)) else {
            return Err(TestCaseError::fail("the rules can score this"));
        };
        prop_assert!(points >= Points::ZERO && points.0 <= max);
    }

    #[test]
    fn the_order_of_chosen_options_is_irrelevant(
        key in key_of_multiple(), chosen in prop::collection::vec(0..6_u16, 0..6), rule in rule(),
    ) {
        let mut reversed = chosen.clone();
        reversed.reverse();
        let item = multiple(&key, rule);
        let scored = |chosen| score(&item, Some(&Response::Multiple(chosen)), Points(400));
        prop_assert_eq!(scored(chosen), scored(reversed));
    }

    #[test]
    fn one_wrong_option_costs_everything(key in key_of_multiple(), wrong in 0..6_u16, rule in rule()) {
        prop_assume!(!key.contains(&wrong));
        let mut chosen = key.clone();
        chosen.push(wrong);
        let scored = score(&multiple(&key, rule), Some(&Response::Multiple(chosen)), Points(400));
        prop_assert_eq!(scored, Scored::Points(Points::ZERO));
    }
}
