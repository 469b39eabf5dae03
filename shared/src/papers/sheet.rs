//! A paper on paper: what is printed of it, and under which headings.

use crate::{item_bank::ItemKind, rights::text_enum};
use serde::{Deserialize, Serialize};
use std::ops::Range;

text_enum! {
    /// What is printed of a paper.
    PaperSheet {
        /// The paper with its answer sheet.
        Paper = "paper",
        /// The key.
        Key = "key",
        /// The marking scheme: every item with its key, rules and explanation.
        Scheme = "scheme",
    }
}

/// Body of `POST /papers/{id}/prints`.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PrintPaper {
    /// What is printed.
    pub sheet: PaperSheet,
}

/// Items of one kind that follow each other, by their indices: the parts of a paper that names none.
#[must_use]
pub fn runs_of_kinds(kinds: &[ItemKind]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, kind) in kinds.iter().enumerate() {
        match runs.last_mut() {
            Some(run) if kinds.get(run.start) == Some(kind) => run.end = at + 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use ItemKind::{ShortAnswer, SingleChoice, TrueFalse};

    #[test]
    fn items_of_a_kind_stand_together_and_none_moves() {
        assert_eq!(runs_of_kinds(&[]), []);
        let kinds = [SingleChoice, SingleChoice, TrueFalse, SingleChoice, ShortAnswer, ShortAnswer];
        assert_eq!(runs_of_kinds(&kinds), [0..2, 2..3, 3..4, 4..6]);
    }
}
