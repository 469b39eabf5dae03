//! Exercises: answered as often as one likes, with feedback at once; every try is kept.

use super::{
    entity::exercise_answer,
    store,
    study::{OwnUnit, StudyCourses},
};
use crate::{
    access::Permit,
    platform::{
        Services,
        error::{AppError, AppResult},
        markdown,
        texts::{Language, text},
    },
};
use sea_orm::ConnectionTrait;
use shared::{
    ids::UnitId,
    item_bank::{Item, ItemBody, Response, Scored, hot_words, key_letters, score},
    learning::{ExerciseAnswer, ExerciseFeedback},
    points::Points,
};

/// Characters of a free text.
const TEXT_CHARS: usize = 5_000;

/// Takes an answer to an exercise and says whether it is right.
///
/// # Errors
/// `not-found` if no class of the learner studies the unit or it has no such exercise; the field
/// that is wrong, `/id` if another answer has it.
pub async fn answer(
    cx: &Services,
    permit: &Permit<StudyCourses>,
    unit_id: UnitId,
    index: usize,
    answer: &ExerciseAnswer,
    language: Language,
) -> AppResult<ExerciseFeedback> {
    let account_id = *permit.target();
    let own = OwnUnit::find(cx, account_id, unit_id, answer.version).await?;
    let item = own.exercise(index)?;
    if let Some(code) = fault(item, &answer.response) {
        return Err(AppError::field("/response", code));
    }
    let is_right = is_right(item, &answer.response);
    let row = exercise_answer::Model {
        id: answer.id.map_or_else(|| cx.ids.uuid(), |id| id.0),
        account_id,
        course_id: own.studied.course_id,
        unit_id,
        exercise: i32::try_from(index).map_err(AppError::internal)?,
        response: serde_json::to_string(&answer.response).map_err(AppError::internal)?,
        is_right,
        answered_at: cx.clock.now(),
        course_version_id: Some(own.version_id),
    };
    // A try is its own record of who answered what and when.
    cx.db.write_journal(async |conn| record(conn, &row).await).await?;
    Ok(ExerciseFeedback {
        is_right,
        key_text: key_text(item, language),
        explanation_html: markdown::render_lesson(&item.explanation),
        progress: own.progress(cx, account_id).await?,
    })
}

/// Stores a try once, however often and by whichever way it comes.
async fn record(conn: &impl ConnectionTrait, row: &exercise_answer::Model) -> AppResult<()> {
    store::lock_learner(conn, row.account_id).await?;
    match store::find_answer(conn, row.id).await? {
        None => store::insert_answer(conn, row.clone()).await,
        Some(stored) if is_repeat(&stored, row) => Ok(()),
        Some(_) => Err(AppError::field("/id", "answer-id-taken")),
    }
}

/// Whether the same learner has answered the same to the same.
pub(super) fn is_repeat(stored: &exercise_answer::Model, sent: &exercise_answer::Model) -> bool {
    let place = |row: &exercise_answer::Model| (row.account_id, row.unit_id, row.exercise);
    place(stored) == place(sent) && stored.response == sent.response
}

/// What is wrong with an answer to this kind of item; `None` if nothing is.
pub(super) fn fault(item: &Item, response: &Response) -> Option<&'static str> {
    match (&item.body, response) {
        (ItemBody::SingleChoice { options, .. }, Response::Single(chosen)) if usize::from(*chosen) < options.len() => {
            None
        }
        (ItemBody::MultipleChoice { options, .. }, Response::Multiple(chosen)) => several_fault(chosen, options.len()),
        (ItemBody::HotText { .. }, Response::Multiple(chosen)) => several_fault(chosen, hot_words(&item.stem).len()),
        (ItemBody::TrueFalse { .. }, Response::TrueFalse(_)) => None,
        (ItemBody::Correction { .. }, Response::Judged(given)) => is_too_long(&given.correction).then_some("too-long"),
        (ItemBody::FillIn { blanks, .. }, Response::Blanks(texts)) if texts.len() == blanks.len() => {
            texts.iter().any(|text| is_too_long(text)).then_some("too-long")
        }
        (ItemBody::Calculation { steps }, Response::Blanks(texts)) if texts.len() == steps.len() => {
            texts.iter().any(|text| is_too_long(text)).then_some("too-long")
        }
        (ItemBody::ShortAnswer { .. } | ItemBody::Essay { .. } | ItemBody::Numeric { .. }, Response::Text(text)) => {
            match text.trim().is_empty() {
                true => Some("required"),
                false => is_too_long(text).then_some("too-long"),
            }
        }
        (ItemBody::Matching { lefts, rights, .. }, Response::Choices(chosen)) if chosen.len() == lefts.len() => {
            choices_fault(chosen, |_| rights.len())
        }
        (ItemBody::Matrix { rows, columns, .. }, Response::Choices(chosen)) if chosen.len() == rows.len() => {
            choices_fault(chosen, |_| columns.len())
        }
        (ItemBody::InlineChoice { menus, .. }, Response::Choices(chosen)) if chosen.len() == menus.len() => {
            choices_fault(chosen, |place| menus.get(place).map_or(0, Vec::len))
        }
        (ItemBody::Ordering { lines, .. }, Response::Ordered(given)) => {
            let is_whole = given.len() == lines.len() && (0..).take(lines.len()).all(|index| given.contains(&index));
            (!is_whole).then_some("out-of-range")
        }
        (ItemBody::Composite { children }, Response::Parts(given)) if given.parts.len() == children.len() => {
            let of_each = children.iter().zip(&given.parts).filter(|(_, part)| !part.is_empty());
            let mut faults = of_each.map(|(child, part)| fault(&child.as_item(), part)).peekable();
            if faults.peek().is_none() { Some("required") } else { faults.flatten().next() }
        }
        (_, Response::Cleared) => Some("required"),
        _ => Some("wrong-type"),
    }
}

/// What is wrong with several of so many things.
fn several_fault(chosen: &[u16], count: usize) -> Option<&'static str> {
    match chosen.last() {
        None => Some("required"),
        Some(_) if chosen.iter().all(|chosen| usize::from(*chosen) < count) => None,
        Some(_) => Some("out-of-range"),
    }
}

/// What is wrong with what was chosen for places that have so many things to choose from.
fn choices_fault(chosen: &[Option<u16>], count: impl Fn(usize) -> usize) -> Option<&'static str> {
    let mut given = chosen.iter().enumerate().filter_map(|(place, chosen)| Some((place, (*chosen)?))).peekable();
    if given.peek().is_none() {
        return Some("required");
    }
    given.any(|(place, index)| usize::from(index) >= count(place)).then_some("out-of-range")
}

fn is_too_long(text: &str) -> bool {
    text.chars().count() > TEXT_CHARS
}

/// Right or wrong; `None` where a person would have to say.
pub(super) fn is_right(item: &Item, response: &Response) -> Option<bool> {
    let max = Points::whole(1);
    match score(item, Some(response), max) {
        Scored::Points(points) => Some(points == max),
        Scored::NeedsPerson => None,
    }
}

/// The right answer, as a person would write it.
pub(super) fn key_text(item: &Item, language: Language) -> String {
    match &item.body {
        ItemBody::TrueFalse { key } => {
            text(language, if *key { "key.true" } else { "key.false" }, &serde_json::Value::Null)
        }
        ItemBody::Correction { key: true, .. } => text(language, "key.true", &serde_json::Value::Null),
        ItemBody::Correction { key: false, accepted } => {
            format!("{}: {}", text(language, "key.false", &serde_json::Value::Null), accepted.join(" | "))
        }
        ItemBody::MultipleChoice { .. } => key_letters(item).concat(),
        _ => key_letters(item).join("; "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::item_bank::{ItemKind, Judgement, PartAnswers, body_of_lines};

    fn item(kind: ItemKind, lines: &str) -> Item {
        let body = body_of_lines(kind, lines).unwrap();
        Item { schema_version: 1, stem: "a ____ b ____".to_owned(), body, explanation: String::new() }
    }

    #[track_caller]
    fn check(item: &Item, response: Response, expected: Option<&str>) {
        assert_eq!(fault(item, &response), expected, "{response:?}");
    }

    #[test]
    fn a_number_is_a_text() {
        let number = item(ItemKind::Numeric, "9.8 m");
        check(&number, Response::Text("9.8 m".to_owned()), None);
        check(&number, Response::Text(" ".to_owned()), Some("required"));
        check(&number, Response::Text("9".repeat(5_001)), Some("too-long"));
        check(&number, Response::Single(1), Some("wrong-type"));
    }

    #[test]
    fn choices_are_among_what_can_be_chosen() {
        let pairs = item(ItemKind::Matching, "a -> 1\nb -> 2\n-> 3");
        let menus = item(ItemKind::InlineChoice, "x | y\nu | v | w");
        let table = item(ItemKind::Matrix, "x | y | z\na -> x\nb -> x");
        for item in [&pairs, &menus, &table] {
            check(item, Response::Choices(vec![Some(1), None]), None);
            check(item, Response::Choices(vec![None, Some(2)]), None);
            check(item, Response::Choices(vec![None, Some(3)]), Some("out-of-range"));
            check(item, Response::Choices(vec![None, None]), Some("required"));
            check(item, Response::Choices(vec![Some(0)]), Some("wrong-type"));
        }
        check(&pairs, Response::Choices(vec![Some(2), None]), None);
        check(&menus, Response::Choices(vec![Some(2), None]), Some("out-of-range"));
    }

    #[test]
    fn several_are_among_what_can_be_chosen() {
        let stem = "[[x]] or [[y]]".to_owned();
        let hot = Item { stem, ..item(ItemKind::HotText, "2") };
        check(&hot, Response::Multiple(vec![0, 1]), None);
        check(&hot, Response::Multiple(vec![2]), Some("out-of-range"));
        check(&hot, Response::Multiple(Vec::new()), Some("required"));
        check(&hot, Response::Single(1), Some("wrong-type"));
    }

    #[test]
    fn a_verdict_may_stand_without_what_puts_the_statement_right() {
        let statement = item(ItemKind::Correction, "× 30");
        let judged =
            |correction: &str| Response::Judged(Judgement { is_right: false, correction: correction.to_owned() });
        check(&statement, judged(""), None);
        check(&statement, judged("30"), None);
        check(&statement, judged(&"9".repeat(5_001)), Some("too-long"));
        check(&statement, Response::TrueFalse(false), Some("wrong-type"));
        assert!(key_text(&statement, Language::Chinese).ends_with(": 30"));
        assert_eq!((is_right(&statement, &judged("30")), is_right(&statement, &judged(""))), (Some(true), Some(false)));
    }

    #[test]
    fn a_calculation_has_a_text_for_each_step() {
        let steps = item(ItemKind::Calculation, "a 40%: 9 g\nb 60%: 3");
        let texts = |given: &[&str]| Response::Blanks(given.iter().map(|&text| text.to_owned()).collect());
        check(&steps, texts(&["9 g", ""]), None);
        check(&steps, texts(&["9 g"]), Some("wrong-type"));
        assert_eq!(is_right(&steps, &texts(&["9 g", "3"])), Some(true));
        assert_eq!(is_right(&steps, &texts(&["9 g", ""])), Some(false));
    }

    #[test]
    fn some_question_on_a_material_is_answered_and_each_as_an_item_is() {
        let two = item(ItemKind::Composite, "(1) 40% x?\n答案：√\n(2) 60% y?\nA. a\nB. b\n答案：B");
        let parts = |first, other| Response::Parts(PartAnswers { parts: vec![first, other] });
        check(&two, parts(Response::TrueFalse(true), Response::Cleared), None);
        check(&two, parts(Response::TrueFalse(true), Response::Single(2)), Some("wrong-type"));
        check(&two, parts(Response::Single(0), Response::Cleared), Some("wrong-type"));
        check(&two, parts(Response::Cleared, Response::Cleared), Some("required"));
        check(&two, Response::Parts(PartAnswers { parts: vec![Response::TrueFalse(true)] }), Some("wrong-type"));
        assert_eq!(is_right(&two, &parts(Response::TrueFalse(true), Response::Single(1))), Some(true));
        assert_eq!(is_right(&two, &parts(Response::TrueFalse(true), Response::Cleared)), Some(false));
    }

    #[test]
    fn an_order_has_every_line_once() {
        let order = item(ItemKind::Ordering, "a\nb\nc");
        check(&order, Response::Ordered(vec![2, 0, 1]), None);
        for other in [vec![2, 0], vec![2, 0, 0], vec![0, 1, 3], Vec::new()] {
            check(&order, Response::Ordered(other), Some("out-of-range"));
        }
        check(&order, Response::Cleared, Some("required"));
    }

    #[test]
    fn a_part_is_not_right() {
        let order = item(ItemKind::Ordering, "a\nb\nc");
        let ItemBody::Ordering { key, .. } = &order.body else { panic!("it is an order") };
        assert_eq!(is_right(&order, &Response::Ordered(key.clone())), Some(true));
        assert_eq!(is_right(&order, &Response::Ordered(vec![key[1], key[2], key[0]])), Some(false));
    }
}
