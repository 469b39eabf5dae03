//! Several questions on one material: they are one item, so they stay together wherever it is shown.

use super::{Item, ItemBody, ItemKind, ItemView, Response, Scored, ScoredPart, score, shares::shares_of};
use crate::points::Points;
use serde::{Deserialize, Serialize};

/// A question on a material, **with its key**.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Child {
    /// What is asked, in Markdown.
    pub stem: String,
    /// Its part of the points, in per cent; those of all questions are a hundred.
    pub percent: u16,
    /// What is asked for, and the key: a body as that of an item without questions of its own.
    #[cfg_attr(feature = "openapi", schema(no_recursion))]
    pub body: ItemBody,
}

/// What was answered to the questions on a material.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PartAnswers {
    /// For each question the response, `cleared` where there is none.
    #[cfg_attr(feature = "openapi", schema(no_recursion))]
    pub parts: Vec<Response>,
}

/// What a candidate may see of a question on a material: no key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PartView {
    /// Its part of the points, in per cent.
    pub percent: u16,
    /// The question, as an item is seen.
    #[cfg_attr(feature = "openapi", schema(no_recursion))]
    pub view: ItemView,
}

impl Child {
    /// The question as an item of its own.
    #[must_use]
    pub fn as_item(&self) -> Item {
        let (stem, body) = (self.stem.clone(), self.body.clone());
        Item { schema_version: super::ITEM_SCHEMA_VERSION, stem, body, explanation: String::new() }
    }
}

/// Whether a question on a material may be of a kind: it has no questions of its own.
#[must_use]
pub const fn may_be_child(kind: ItemKind) -> bool {
    !matches!(kind, ItemKind::Composite)
}

/// The most points of each question, together all.
#[must_use]
pub fn child_points(children: &[Child], max: Points) -> Vec<Points> {
    shares_of(children.iter().map(|child| child.percent), max)
}

/// The question of an item that has this number, from 1, as an item of its own; the item itself for 0. `None` if it has
/// none of that number.
#[must_use]
pub fn part_of(item: &Item, part: u16) -> Option<Item> {
    match (&item.body, usize::from(part).checked_sub(1)) {
        (_, None) => Some(item.clone()),
        (ItemBody::Composite { children }, Some(place)) => children.get(place).map(Child::as_item),
        _ => None,
    }
}

/// What was answered to the question of this number, from 1; the whole response for 0.
#[must_use]
pub fn response_to(response: Option<&Response>, part: u16) -> Option<&Response> {
    match (response, usize::from(part).checked_sub(1)) {
        (whole, None) => whole,
        (Some(Response::Parts(given)), Some(place)) => given.parts.get(place),
        _ => None,
    }
}

/// What rules say of all questions together, and then each that waits for a person: what was not answered to such a
/// question needs none.
pub(super) fn scored_parts(children: &[Child], given: &PartAnswers, max: Points) -> Vec<ScoredPart> {
    let (mut written, mut points, mut rest) = (Vec::new(), Points::ZERO, max);
    let asked = (1..).zip(children).zip(&given.parts).zip(child_points(children, max));
    for (((part, child), response), share) in asked {
        match score(&child.as_item(), Some(response), share) {
            Scored::Points(more) => points = [points, more].into_iter().sum(),
            Scored::NeedsPerson => {
                rest = Points(rest.0 - share.0);
                written.push(ScoredPart { part, max: share, scored: Scored::NeedsPerson });
            }
        }
    }
    let by_rule = ScoredPart { part: 0, max: rest, scored: Scored::Points(points) };
    std::iter::once(by_rule).chain(written).collect()
}

/// What all questions are worth; a person says if one of those who wait for one was answered.
pub(super) fn scored(children: &[Child], given: &PartAnswers, max: Points) -> Scored {
    match scored_parts(children, given, max).as_slice() {
        [by_rule] => by_rule.scored,
        _ => Scored::NeedsPerson,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::item_bank::{Dimension, EssayLength, SCORER_VERSION, score_parts_by};

    fn child(percent: u16, body: ItemBody) -> Child {
        Child { stem: "a".to_owned(), percent, body }
    }

    #[test]
    fn each_question_has_its_share_and_is_scored_by_itself() {
        let children = [
            child(30, ItemBody::TrueFalse { key: true }),
            child(
                70,
                ItemBody::FillIn { blanks: vec![vec!["x".to_owned()], vec!["y".to_owned()]], groups: Vec::new() },
            ),
        ];
        let blanks = |first: &str, other: &str| Response::Blanks([first, other].map(str::to_owned).to_vec());
        let check = |parts: Vec<Response>, expected: i32| {
            assert_eq!(scored(&children, &PartAnswers { parts }, Points(1_000)), Scored::Points(Points(expected)));
        };
        check(vec![Response::TrueFalse(true), blanks("x", "y")], 1_000);
        check(vec![Response::Cleared, blanks("x", "")], 350);
        check(vec![Response::TrueFalse(true)], 300);
        check(vec![blanks("x", "y"), Response::TrueFalse(true)], 0);
        check(Vec::new(), 0);
    }

    /// A question that a rule scores, and two that a person marks.
    fn with_two_for_a_person() -> Item {
        let essay = Dimension { name: "x".to_owned(), percent: 100, about: String::new() };
        let children = vec![
            child(30, ItemBody::TrueFalse { key: true }),
            child(33, ItemBody::ShortAnswer { rubric: "r".to_owned() }),
            child(37, ItemBody::Essay { dimensions: vec![essay], length: EssayLength::default() }),
        ];
        let body = ItemBody::Composite { children };
        Item {
            schema_version: crate::item_bank::ITEM_SCHEMA_VERSION,
            stem: "m".to_owned(),
            body,
            explanation: String::new(),
        }
    }

    #[test]
    fn what_a_person_marks_waits_by_itself_and_what_was_not_written_does_not() {
        let item = with_two_for_a_person();
        assert!(item.body.is_marked_by_person());
        let text = |text: &str| Response::Text(text.to_owned());
        let parts = |short: &str, essay: &str| {
            let parts = vec![Response::TrueFalse(true), text(short), text(essay)];
            Response::Parts(PartAnswers { parts })
        };
        let found = |response: Option<&Response>| {
            let parts = score_parts_by(SCORER_VERSION, &item, response, Points(1_001)).unwrap();
            parts.into_iter().map(|one| (one.part, one.max.0, one.scored)).collect::<Vec<_>>()
        };
        let (right, waits) = (Scored::Points(Points(301)), Scored::NeedsPerson);
        let both = parts("a", "b");
        assert_eq!(found(Some(&both)), [(0, 301, right), (2, 330, waits), (3, 370, waits)]);
        assert_eq!(found(Some(&parts(" ", "b"))), [(0, 631, right), (3, 370, waits)]);
        assert_eq!(found(Some(&parts("", "\n"))), [(0, 1_001, right)]);
        assert_eq!(found(None), [(0, 1_001, Scored::Points(Points::ZERO))]);
        assert_eq!(score(&item, Some(&both), Points(1_001)), waits);
        assert_eq!(score_parts_by(SCORER_VERSION + 1, &item, None, Points(1)), None);
        assert_eq!((response_to(Some(&both), 2), response_to(Some(&both), 4)), (Some(&text("a")), None));
        assert_eq!((response_to(Some(&both), 0), response_to(None, 1)), (Some(&both), None));
        let asked = part_of(&item, 3).unwrap();
        assert_eq!((asked.body.kind(), part_of(&item, 0).as_ref()), (ItemKind::Essay, Some(&item)));
        assert_eq!((part_of(&item, 4), part_of(&asked, 1)), (None, None));
    }

    #[test]
    fn a_question_on_a_material_has_no_questions_of_its_own() {
        let refused: Vec<_> = ItemKind::ALL.iter().filter(|kind| !may_be_child(**kind)).copied().collect();
        assert_eq!(refused, [ItemKind::Composite]);
    }
}
