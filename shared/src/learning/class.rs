//! Classes: their forms, their states and the steps between them (DOMAIN §8).

use super::{ClassEntry, CourseLevel};
use crate::{
    enrolment::MAX_ATTACHMENT_BYTES,
    ids::AccountId,
    organisation::is_office_phone,
    problem::{FieldError, ProblemCode, Refusal},
    rights::text_enum,
};
use std::collections::BTreeSet;

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
    /// When in the year a class begins.
    ClassSeason {
        /// 春季.
        Spring = "spring",
        /// 秋季.
        Autumn = "autumn",
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

impl ClassForm {
    /// Whether a village or company stands behind such a class.
    #[must_use]
    pub const fn has_partner(self) -> bool {
        matches!(self, Self::Village | Self::Factory)
    }
}

impl ClassState {
    /// Whether the class has met, or could have: from now on it keeps the rules by which it began.
    #[must_use]
    pub const fn has_begun(self) -> bool {
        matches!(self, Self::Running | Self::Finished | Self::Archived)
    }

    /// Whether nothing of the class changes any more.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Finished | Self::Archived)
    }
}

/// Characters of a reason why a learner leaves.
pub const MAX_DEPARTURE_CHARS: usize = 200;
/// Largest photo of an agreement that may be sent, in bytes: that of any photo of a paper.
pub const MAX_AGREEMENT_BYTES: usize = MAX_ATTACHMENT_BYTES;
/// Longest side of what is kept of it, in pixels.
pub const MAX_AGREEMENT_SIDE: u32 = 2_000;
/// Characters of a name of a class or partner.
pub const MAX_CLASS_NAME_CHARS: usize = 80;
/// Learners that a class has room for at most.
pub const MAX_CAPACITY: u16 = 500;
/// Courses of one class.
pub const MAX_CLASS_COURSES: usize = 20;

impl ClassEntry {
    /// Everything that is wrong with what a school writes, by itself.
    #[must_use]
    pub fn check(&self) -> Vec<FieldError> {
        let mut errors = Vec::new();
        let needs = [
            ("/name", &self.name, true),
            ("/partner", &self.partner, self.form.has_partner()),
            ("/partner_contact", &self.partner_contact, false),
        ];
        for (pointer, text, is_needed) in needs {
            if is_needed && text.trim().is_empty() {
                errors.push(FieldError::new(pointer, "required"));
            }
            if text.chars().count() > MAX_CLASS_NAME_CHARS {
                errors.push(FieldError::new(pointer, "too-long"));
            }
        }
        if !self.partner_phone.trim().is_empty() && !is_office_phone(&self.partner_phone) {
            errors.push(FieldError::new("/partner_phone", "office-phone"));
        }
        if !(1..=MAX_CAPACITY).contains(&self.capacity) {
            errors.push(FieldError::new("/capacity", "out-of-range"));
        }
        if self.courses.is_empty() {
            errors.push(FieldError::new("/courses", "required"));
        }
        if self.courses.len() > MAX_CLASS_COURSES {
            errors.push(FieldError::new("/courses", "too-long"));
        }
        let mut seen = BTreeSet::new();
        for (at, course) in self.courses.iter().enumerate() {
            if !seen.insert(course.course_id) {
                errors.push(FieldError::new(format!("/courses/{at}/course_id"), "duplicate"));
            }
        }
        if self.starts_on.zip(self.ends_on).is_some_and(|(first, last)| last < first) {
            errors.push(FieldError::new("/ends_on", "before-start"));
        }
        errors
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
    /// It has ended, and nothing of it changes any more.
    #[error("the class is {state}")]
    Over {
        /// Where it stands.
        state: ClassState,
    },
    /// Its school has been closed, and begins no class.
    #[error("the school is closed")]
    SchoolClosed,
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
            Self::Over { .. } => "wrong-state.class-over",
            Self::SchoolClosed => "wrong-state.class-school-closed",
            Self::NotEnrolling { .. } => "wrong-state.class-not-enrolling",
            Self::Full { .. } => "wrong-state.class-full",
        }
    }

    fn params(&self) -> serde_json::Value {
        match self {
            Self::WrongState { state, wanted } => serde_json::json!({ "state": state, "wanted": wanted }),
            Self::NotEnrolling { state } | Self::Over { state } => serde_json::json!({ "state": state }),
            Self::Full { capacity } => serde_json::json!({ "capacity": capacity }),
            Self::SecondPersonNeeded | Self::Empty | Self::SchoolClosed => serde_json::Value::Null,
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

/// Whether the school of a class may bring it to `wanted`. One that is closed leads to their end the classes that take
/// learners in or run, and begins none that is only planned or approved.
///
/// # Errors
/// [`ClassRefusal::SchoolClosed`].
pub const fn may_begin(wanted: ClassState, is_school_open: bool) -> Result<(), ClassRefusal> {
    match wanted {
        ClassState::Planned | ClassState::Approved | ClassState::Enrolling if !is_school_open => {
            Err(ClassRefusal::SchoolClosed)
        }
        _ => Ok(()),
    }
}

/// Whether a class may be changed, and its timetable.
///
/// # Errors
/// [`ClassRefusal::Over`].
pub const fn may_change(state: ClassState) -> Result<(), ClassRefusal> {
    if state.is_over() { Err(ClassRefusal::Over { state }) } else { Ok(()) }
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

/// Whether a learner of this level may join a class whose courses are of these: the class has the level of its courses,
/// and one with courses of both takes learners of both.
#[must_use]
pub fn is_of_level(courses: &[CourseLevel], learner: CourseLevel) -> bool {
    courses.is_empty() || courses.contains(&learner)
}

#[cfg(test)]
mod tests;
