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

/// What becomes of a note that a device kept, once the server is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeptNoteFate {
    /// The server has it already: the reply to an earlier try was lost, or both devices wrote the same.
    There,
    /// Nobody has changed the note since: it is sent.
    Send,
    /// Another device has written something else meanwhile: its learner decides.
    Conflict,
}

/// Judges a `text` that a device kept and that was written over `base`; the server has `newest` by now. A device that
/// did not know the server's note says that it was empty, and so writes over none.
#[must_use]
pub fn judge_kept_note(base: &str, text: &str, newest: &str) -> KeptNoteFate {
    if newest == text {
        KeptNoteFate::There
    } else if newest == base {
        KeptNoteFate::Send
    } else {
        KeptNoteFate::Conflict
    }
}

/// Two texts of one note in one, the other device's first; `None` if that is longer than a note may be.
#[must_use]
pub fn both_notes(theirs: &str, ours: &str) -> Option<String> {
    let text = match (theirs.trim_end(), ours) {
        ("", ours) => ours.to_owned(),
        (theirs, "") => theirs.to_owned(),
        (theirs, ours) => format!("{theirs}\n\n{ours}"),
    };
    NoteText { text: text.clone() }.check().is_ok().then_some(text)
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
    use proptest::prelude::*;

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

    #[test]
    fn a_kept_note_is_sent_over_what_its_writer_saw_alone() {
        assert_eq!(judge_kept_note("甲", "乙", "甲"), KeptNoteFate::Send);
        assert_eq!(judge_kept_note("甲", "乙", "乙"), KeptNoteFate::There, "the reply was lost");
        assert_eq!(judge_kept_note("甲", "乙", "丙"), KeptNoteFate::Conflict);
        assert_eq!(judge_kept_note("", "乙", "甲"), KeptNoteFate::Conflict, "the device did not know of it");
        assert_eq!(judge_kept_note("甲", "甲", "丙"), KeptNoteFate::Conflict);
    }

    #[test]
    fn two_texts_become_one_as_long_as_it_is_a_note() {
        assert_eq!(both_notes("甲\n", "乙").as_deref(), Some("甲\n\n乙"));
        assert_eq!(both_notes("", "乙").as_deref(), Some("乙"));
        assert_eq!(both_notes("甲", "").as_deref(), Some("甲"));
        let half = "记".repeat(MAX_NOTE_CHARS / 2);
        assert_eq!(both_notes(&half, &half), None);
    }

    proptest! {
        #[test]
        fn a_note_never_takes_the_place_of_a_text_that_its_writer_did_not_see(
            base in ".{0,3}", text in ".{0,3}", newest in ".{0,3}",
        ) {
            let is_sent = judge_kept_note(&base, &text, &newest) == KeptNoteFate::Send;
            prop_assert!(!is_sent || newest == base);
        }

        #[test]
        fn one_text_of_two_has_both(theirs in "[a-z ]{0,8}", ours in "[a-z ]{0,8}") {
            let both = both_notes(&theirs, &ours).unwrap();
            prop_assert!(both.contains(theirs.trim_end()) && both.contains(&ours));
        }
    }
}
