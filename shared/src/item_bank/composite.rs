//! Several questions on one material: they are one item, so they stay together wherever it is shown.

use super::{Item, ItemBody, ItemKind, ItemView, Response, Scored, score, shares::shares_of};
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
    /// What is asked for, and the key: a body as that of an item, of a kind that rules score.
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

/// Whether a question on a material may be of a kind: rules score it, and it has no questions of its own.
#[must_use]
pub const fn may_be_child(kind: ItemKind) -> bool {
    !matches!(kind, ItemKind::ShortAnswer | ItemKind::Essay | ItemKind::Composite)
}

/// The points of all questions, each scored by itself.
pub(super) fn points(children: &[Child], given: &PartAnswers, max: Points) -> Points {
    let shares = shares_of(children.iter().map(|child| child.percent), max);
    let judged = children.iter().zip(&given.parts).zip(shares);
    judged
        .map(|((child, response), share)| match score(&child.as_item(), Some(response), share) {
            Scored::Points(points) => points,
            Scored::NeedsPerson => Points::ZERO,
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let worth = |parts: Vec<Response>| points(&children, &PartAnswers { parts }, Points(1_000)).0;
        assert_eq!(worth(vec![Response::TrueFalse(true), blanks("x", "y")]), 1_000);
        assert_eq!(worth(vec![Response::Cleared, blanks("x", "")]), 350);
        assert_eq!(worth(vec![Response::TrueFalse(true)]), 300);
        assert_eq!(worth(vec![blanks("x", "y"), Response::TrueFalse(true)]), 0);
        assert_eq!(worth(Vec::new()), 0);
    }

    #[test]
    fn what_a_person_marks_is_no_question_on_a_material() {
        let refused: Vec<_> = ItemKind::ALL.iter().filter(|kind| !may_be_child(**kind)).copied().collect();
        assert_eq!(refused, [ItemKind::ShortAnswer, ItemKind::Essay, ItemKind::Composite]);
    }
}
