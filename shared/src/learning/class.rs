//! Classes: their forms, their states and the steps between them (DOMAIN §8).

use crate::{
    ids::AccountId,
    problem::{ProblemCode, Refusal},
    rights::text_enum,
};

text_enum! {
    /// Who a class is for and where it meets.
    ClassForm {
        /// 村班: a village and a school.
        Village = "village",
        /// 厂班: a company and a school, on its premises.
        Factory = "factory",
        /// 夜校班.
        Evening = "evening",
        /// 重修班.
        Retake = "retake",
        /// 网络班.
        Online = "online",
    }
}

text_enum! {
    /// Where a class stands.
    ClassState {
        /// 计划中.
        Planned = "planned",
        /// 已批准: by the county.
        Approved = "approved",
        /// 招生中.
        Enrolling = "enrolling",
        /// 开班.
        Running = "running",
        /// 已结束.
        Finished = "finished",
        /// 已归档.
        Archived = "archived",
    }
}

/// What is known of a class that is to move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClassFacts {
    /// Where it stands.
    pub state: ClassState,
    /// Who planned it.
    pub planned_by: AccountId,
    /// Learners in it.
    pub learners: u32,
    /// How many it has room for.
    pub capacity: u32,
}

/// Why a class does not move, or takes nobody in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClassRefusal {
    /// The state is not the one before `wanted`.
    #[error("class is {state}, not ready to be {wanted}")]
    WrongState {
        /// Where it stands.
        state: ClassState,
        /// Where it should go.
        wanted: ClassState,
    },
    /// Who planned it may not approve it.
    #[error("a second person is needed")]
    SecondPersonNeeded,
    /// Nobody is in it.
    #[error("the class is empty")]
    Empty,
    /// It takes nobody in now.
    #[error("the class is {state} and takes nobody in")]
    NotEnrolling {
        /// Where it stands.
        state: ClassState,
    },
    /// It has no room.
    #[error("the class is full")]
    Full {
        /// How many it has room for.
        capacity: u32,
    },
}

impl Refusal for ClassRefusal {
    fn code(&self) -> ProblemCode {
        match self {
            Self::SecondPersonNeeded => ProblemCode::SecondPersonNeeded,
            _ => ProblemCode::WrongState,
        }
    }

    fn message_key(&self) -> &'static str {
        match self {
            Self::WrongState { .. } => "wrong-state",
            Self::SecondPersonNeeded => "second-person-needed",
            Self::Empty => "wrong-state.class-empty",
            Self::NotEnrolling { .. } => "wrong-state.class-not-enrolling",
            Self::Full { .. } => "wrong-state.class-full",
        }
    }

    fn params(&self) -> serde_json::Value {
        match self {
            Self::WrongState { state, wanted } => serde_json::json!({ "state": state, "wanted": wanted }),
            Self::NotEnrolling { state } => serde_json::json!({ "state": state }),
            Self::Full { capacity } => serde_json::json!({ "capacity": capacity }),
            Self::SecondPersonNeeded | Self::Empty => serde_json::Value::Null,
        }
    }
}

/// Whether `by` may bring a class to `wanted`: one step forward, never back. Another person than the
/// planner approves it, and nobody starts an empty class.
///
/// # Errors
/// [`ClassRefusal`].
pub fn judge_class_step(class: &ClassFacts, wanted: ClassState, by: AccountId) -> Result<(), ClassRefusal> {
    let is_next = ClassState::ALL.windows(2).any(|step| step == [class.state, wanted]);
    match wanted {
        _ if !is_next => Err(ClassRefusal::WrongState { state: class.state, wanted }),
        ClassState::Approved if by == class.planned_by => Err(ClassRefusal::SecondPersonNeeded),
        ClassState::Running if class.learners == 0 => Err(ClassRefusal::Empty),
        _ => Ok(()),
    }
}

/// Whether one more learner may join. Late comers may join a running class.
///
/// # Errors
/// [`ClassRefusal::NotEnrolling`] or [`ClassRefusal::Full`].
pub const fn may_join(class: &ClassFacts) -> Result<(), ClassRefusal> {
    match class.state {
        ClassState::Enrolling | ClassState::Running if class.learners < class.capacity => Ok(()),
        ClassState::Enrolling | ClassState::Running => Err(ClassRefusal::Full { capacity: class.capacity }),
        state => Err(ClassRefusal::NotEnrolling { state }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::{are_named, has_texts};
    use uuid::Uuid;

    const PLANNER: AccountId = AccountId(Uuid::from_u128(1));
    const COUNTY: AccountId = AccountId(Uuid::from_u128(2));

    fn class(state: ClassState) -> ClassFacts {
        ClassFacts { state, planned_by: PLANNER, learners: 29, capacity: 30 }
    }

    #[test]
    fn only_the_next_state_is_reached() {
        for (at, state) in ClassState::ALL.iter().enumerate() {
            for (to, wanted) in ClassState::ALL.iter().enumerate() {
                assert_eq!(judge_class_step(&class(*state), *wanted, COUNTY).is_ok(), to == at + 1);
            }
        }
    }

    #[test]
    fn nobody_approves_their_own_plan_or_starts_an_empty_class() {
        let planned = class(ClassState::Planned);
        let own = judge_class_step(&planned, ClassState::Approved, PLANNER);
        assert_eq!(own, Err(ClassRefusal::SecondPersonNeeded));
        let empty = ClassFacts { learners: 0, ..class(ClassState::Enrolling) };
        assert_eq!(judge_class_step(&empty, ClassState::Running, PLANNER), Err(ClassRefusal::Empty));
    }

    #[test]
    fn a_class_takes_learners_in_while_it_has_room() {
        assert_eq!(may_join(&class(ClassState::Enrolling)), Ok(()));
        assert_eq!(may_join(&class(ClassState::Running)), Ok(()));
        let full = ClassFacts { learners: 30, ..class(ClassState::Enrolling) };
        assert_eq!(may_join(&full), Err(ClassRefusal::Full { capacity: 30 }));
        for state in [ClassState::Planned, ClassState::Approved, ClassState::Finished, ClassState::Archived] {
            assert_eq!(may_join(&class(state)), Err(ClassRefusal::NotEnrolling { state }));
        }
    }

    #[test]
    fn every_form_and_state_has_its_name() {
        let mut keys = Vec::new();
        keys.extend(ClassForm::ALL.iter().map(|value| format!("form_{value}")));
        keys.extend(ClassState::ALL.iter().map(|value| format!("state_{value}")));
        let files = [include_str!("../../locales/zh-CN/classes.json"), include_str!("../../locales/en/classes.json")];
        assert!(are_named(files, &keys));
    }

    #[test]
    fn every_refusal_has_its_text() {
        let state = ClassState::Planned;
        let wrong = ClassRefusal::WrongState { state, wanted: state };
        let full = ClassRefusal::Full { capacity: 1 };
        let not = ClassRefusal::NotEnrolling { state };
        for refusal in [wrong, ClassRefusal::SecondPersonNeeded, ClassRefusal::Empty, not, full] {
            assert!(has_texts(&format!("{}.detail", refusal.message_key())), "{refusal}");
        }
    }
}
