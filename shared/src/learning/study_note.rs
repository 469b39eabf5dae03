//! 笔记: what a learner writes down for themselves beside a unit. Nobody else reads it.

use crate::{
    ids::{CourseId, UnitId},
    problem::FieldError,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// Characters of a note at most.
pub const MAX_NOTE_CHARS: usize = 2_000;
/// The version of a note of which nothing was saved yet.
pub const UNWRITTEN_VERSION: i32 = 1;

/// Body of `PUT /me/units/{unit_id}/note`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NoteText {
    /// Plain text; empty if the note is given up.
    pub text: String,
}

impl NoteText {
    /// Whether it may be saved.
    ///
    /// # Errors
    /// The field `/text`.
    pub fn check(&self) -> Result<(), FieldError> {
        if self.text.chars().count() > MAX_NOTE_CHARS { Err(FieldError::new("/text", "too-long")) } else { Ok(()) }
    }
}

/// The note of a learner beside a unit, as it stands in the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptNote<'a> {
    /// What was saved last.
    pub text: &'a str,
    /// Changes at every save.
    pub version: i32,
}

/// What becomes of a text that somebody saves over what they have seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoteSaving {
    /// It is the first text.
    Write,
    /// It takes the place of the text before.
    Replace,
    /// It stands there already: the reply to an earlier try was lost.
    Repeat,
    /// Another device has saved since.
    Stale,
}

/// Judges a text that is saved over the version `seen`.
#[must_use]
pub fn judge_note(kept: Option<&KeptNote<'_>>, seen: i32, text: &str) -> NoteSaving {
    match kept {
        None if seen == UNWRITTEN_VERSION => NoteSaving::Write,
        Some(kept) if kept.version == seen => NoteSaving::Replace,
        Some(kept) if kept.version == seen.saturating_add(1) && kept.text == text => NoteSaving::Repeat,
        _ => NoteSaving::Stale,
    }
}

/// The learner's note beside a unit: `GET` and `PUT /me/units/{unit_id}/note`; its `ETag` is `version`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnitNote {
    /// Plain text; empty if there is none.
    pub text: String,
    /// Changes at every save.
    pub version: i32,
    /// When it was saved last; absent before the first time.
    pub edited_at: Option<Timestamp>,
}

/// The notes of one course: one of `GET /me/notes`. A course without notes is left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CourseNotes {
    /// The course.
    pub course_id: CourseId,
    /// Its title.
    pub course_title: String,
    /// Its notes, in the order of its units.
    pub notes: Vec<NoteLine>,
}

/// One note of a course.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NoteLine {
    /// The unit beside which it stands.
    pub unit_id: UnitId,
    /// Its title; absent if no version that the learner studies or studied has it.
    pub unit_title: Option<String>,
    /// Whether the learner can open the unit now.
    pub is_open: bool,
    /// Plain text.
    pub text: String,
    /// When it was saved last.
    pub edited_at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_as_long_as_two_thousand_characters() {
        let of = |chars| NoteText { text: "记".repeat(chars) }.check().map_err(|error| error.code);
        assert_eq!(of(0), Ok(()));
        assert_eq!(of(MAX_NOTE_CHARS), Ok(()));
        assert_eq!(of(MAX_NOTE_CHARS + 1), Err("too-long".to_owned()));
    }

    #[test]
    fn nobody_writes_over_what_they_have_not_seen() {
        let kept = KeptNote { text: "甲", version: 3 };
        assert_eq!(judge_note(None, 1, "甲"), NoteSaving::Write);
        assert_eq!(judge_note(None, 2, "甲"), NoteSaving::Stale);
        assert_eq!(judge_note(Some(&kept), 3, "乙"), NoteSaving::Replace);
        assert_eq!(judge_note(Some(&kept), 2, "乙"), NoteSaving::Stale);
        assert_eq!(judge_note(Some(&kept), 1, "甲"), NoteSaving::Stale);
        assert_eq!(judge_note(Some(&kept), 4, "乙"), NoteSaving::Stale);
    }

    #[test]
    fn what_was_saved_may_be_sent_again() {
        let kept = KeptNote { text: "甲", version: 2 };
        assert_eq!(judge_note(Some(&kept), 1, "甲"), NoteSaving::Repeat);
    }
}
