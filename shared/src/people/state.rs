//! How far a person has come on the way to a diploma.

use crate::{rights::text_enum, roster::LearnerStage};

text_enum! {
    /// Where a person stands, whatever list they are on.
    PersonState {
        /// 未报名: no record of theirs stands.
        NotEnrolled = "not_enrolled",
        /// 已报名.
        Enrolled = "enrolled",
        /// 在读.
        Studying = "studying",
        /// 已完成: every condition of a diploma is met.
        Completed = "completed",
        /// 已毕业: they hold a diploma.
        Verified = "verified",
    }
}

impl PersonState {
    /// The furthest stage of their records, if one stands.
    #[must_use]
    pub const fn stage(self) -> Option<LearnerStage> {
        match self {
            Self::NotEnrolled => None,
            Self::Enrolled => Some(LearnerStage::Enrolled),
            Self::Studying => Some(LearnerStage::Studying),
            Self::Completed => Some(LearnerStage::Completed),
            Self::Verified => Some(LearnerStage::Verified),
        }
    }
}

impl From<Option<LearnerStage>> for PersonState {
    fn from(stage: Option<LearnerStage>) -> Self {
        match stage {
            None => Self::NotEnrolled,
            Some(LearnerStage::Enrolled) => Self::Enrolled,
            Some(LearnerStage::Studying) => Self::Studying,
            Some(LearnerStage::Completed) => Self::Completed,
            Some(LearnerStage::Verified) => Self::Verified,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::are_named;

    #[test]
    fn every_state_is_one_stage_and_has_its_name() {
        for state in PersonState::ALL {
            assert_eq!(PersonState::from(state.stage()), *state);
        }
        let keys: Vec<_> = PersonState::ALL.iter().map(|state| format!("person_{state}")).collect();
        let files = [include_str!("../../locales/zh-CN/people.json"), include_str!("../../locales/en/people.json")];
        assert!(are_named(files, &keys));
    }
}
