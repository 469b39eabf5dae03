//! Closing a school or a teaching point: its classes that are not over are named to whoever closes it, and go on.

use super::OpenState;
use crate::{
    ids::ClassId,
    problem::{ProblemCode, Refusal},
};

/// A class of a school, or of a teaching point, that is not over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnfinishedClass {
    /// The class.
    pub id: ClassId,
    /// What it is called.
    pub name: String,
}

/// Why a school or a teaching point is not closed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClosingRefusal {
    /// It has classes that are not over, of which its closer was not told.
    #[error("{} classes are not over", .names.len())]
    ClassesUntold {
        /// What they are called.
        names: Vec<String>,
    },
}

impl Refusal for ClosingRefusal {
    fn code(&self) -> ProblemCode {
        ProblemCode::WrongState
    }

    fn message_key(&self) -> &'static str {
        match self {
            Self::ClassesUntold { .. } => "wrong-state.has-classes",
        }
    }

    fn params(&self) -> serde_json::Value {
        match self {
            Self::ClassesUntold { names } => {
                serde_json::json!({ "count": names.len(), "classes": names.join(", ") })
            }
        }
    }
}

/// Whether what has these classes that are not over may be closed by somebody who was told of some classes. A class
/// that came meanwhile is named first.
///
/// # Errors
/// [`ClosingRefusal::ClassesUntold`] names those of which they were not told.
pub fn judge_closing(unfinished: &[UnfinishedClass], told: &[ClassId]) -> Result<(), ClosingRefusal> {
    let untold = unfinished.iter().filter(|class| !told.contains(&class.id));
    let names: Vec<String> = untold.map(|class| class.name.clone()).collect();
    if names.is_empty() { Ok(()) } else { Err(ClosingRefusal::ClassesUntold { names }) }
}

/// Whether a class may meet in the rooms of a teaching point. Those of one that is closed are for the classes that meet
/// there already, until they are moved.
#[must_use]
pub const fn may_meet_at(state: OpenState, is_where_it_meets: bool) -> bool {
    match state {
        OpenState::Open => true,
        OpenState::Closed => is_where_it_meets,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::has_texts;
    use uuid::Uuid;

    const EVENING: ClassId = ClassId(Uuid::from_u128(1));
    const FACTORY: ClassId = ClassId(Uuid::from_u128(2));

    fn classes() -> [UnfinishedClass; 2] {
        [(EVENING, "A"), (FACTORY, "B")].map(|(id, name)| UnfinishedClass { id, name: name.to_owned() })
    }

    fn untold(names: &[&str]) -> Result<(), ClosingRefusal> {
        Err(ClosingRefusal::ClassesUntold { names: names.iter().map(|name| (*name).to_owned()).collect() })
    }

    #[test]
    fn a_school_is_closed_over_no_class_of_which_its_closer_was_not_told() {
        assert_eq!(judge_closing(&[], &[]), Ok(()));
        assert_eq!(judge_closing(&classes(), &[]), untold(&["A", "B"]));
        assert_eq!(judge_closing(&classes(), &[EVENING]), untold(&["B"]));
        assert_eq!(judge_closing(&classes(), &[FACTORY, EVENING]), Ok(()));
    }

    #[test]
    fn a_class_that_ended_meanwhile_keeps_nothing_open() {
        assert_eq!(judge_closing(&classes()[..1], &[EVENING, FACTORY]), Ok(()));
        assert_eq!(judge_closing(&[], &[EVENING]), Ok(()));
    }

    #[test]
    fn the_rooms_of_a_closed_point_are_for_the_classes_that_meet_there() {
        let may = |state| [true, false].map(|is_where_it_meets| may_meet_at(state, is_where_it_meets));
        assert_eq!((may(OpenState::Open), may(OpenState::Closed)), ([true, true], [true, false]));
    }

    #[test]
    fn the_refusal_has_its_words() {
        let refusal = ClosingRefusal::ClassesUntold { names: vec!["A".to_owned(), "B".to_owned()] };
        assert!(has_texts(&format!("{}.detail", refusal.message_key())));
        assert_eq!(refusal.params(), serde_json::json!({ "count": 2, "classes": "A, B" }));
    }
}
