//! 班级通知: what who keeps or teaches a class tells all of it, until a day.

use crate::{
    ids::{AnnouncementId, ClassId},
    problem::{FieldError, ProblemCode, Refusal},
    rights::text_enum,
    time::Timestamp,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Characters of a title at most.
pub const MAX_ANNOUNCEMENT_TITLE_CHARS: usize = 60;
/// Characters of a text at most.
pub const MAX_ANNOUNCEMENT_CHARS: usize = 2_000;

text_enum! {
    /// Where an announcement stands. Derived, never set.
    AnnouncementState {
        /// 生效中.
        Current = "current",
        /// 已过期.
        Over = "over",
        /// 已撤回.
        Withdrawn = "withdrawn",
    }
}

/// Where an announcement stands on a day in China; its last day counts.
#[must_use]
pub fn announcement_state(until: Date, is_withdrawn: bool, today: Date) -> AnnouncementState {
    match is_withdrawn {
        true => AnnouncementState::Withdrawn,
        false if until < today => AnnouncementState::Over,
        false => AnnouncementState::Current,
    }
}

/// Why an announcement is not changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AnnouncementRefusal {
    /// It was withdrawn.
    #[error("the announcement was withdrawn")]
    Withdrawn,
}

impl Refusal for AnnouncementRefusal {
    fn code(&self) -> ProblemCode {
        ProblemCode::WrongState
    }

    fn message_key(&self) -> &'static str {
        "wrong-state.announcement-withdrawn"
    }
}

/// Whether an announcement may be edited or withdrawn: one that is over may be told anew.
///
/// # Errors
/// [`AnnouncementRefusal::Withdrawn`].
pub const fn may_change_announcement(is_withdrawn: bool) -> Result<(), AnnouncementRefusal> {
    if is_withdrawn { Err(AnnouncementRefusal::Withdrawn) } else { Ok(()) }
}

/// What somebody announces: body of `POST /classes/{id}/announcements` (with `Idempotency-Key`) and of
/// `PUT /announcements/{id}` (with `If-Match`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AnnouncementEntry {
    /// The title.
    pub title: String,
    /// Plain text.
    pub text: String,
    /// The last day on which it is shown.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    #[serde(with = "crate::time::civil_date")]
    pub until: Date,
}

impl AnnouncementEntry {
    /// The same without blanks around, if it may be announced on a day in China.
    ///
    /// # Errors
    /// The fields that are wrong.
    pub fn check(&self, today: Date) -> Result<Self, Vec<FieldError>> {
        let (title, text) = (self.title.trim(), self.text.trim());
        let of_text = |text: &str, most: usize, pointer: &str| match text.chars().count() {
            0 => Some(FieldError::new(pointer, "required")),
            length if length > most => Some(FieldError::new(pointer, "too-long")),
            _ => None,
        };
        let wrong = [
            of_text(title, MAX_ANNOUNCEMENT_TITLE_CHARS, "/title"),
            of_text(text, MAX_ANNOUNCEMENT_CHARS, "/text"),
            (self.until < today).then(|| FieldError::new("/until", "out-of-range")),
        ];
        let wrong: Vec<_> = wrong.into_iter().flatten().collect();
        if !wrong.is_empty() {
            return Err(wrong);
        }
        Ok(Self { title: title.to_owned(), text: text.to_owned(), until: self.until })
    }
}

/// An announcement as who follows the class sees it: one of `GET /classes/{id}/announcements`, the newest first; the
/// reply to whatever changes it. Its `ETag` is `version`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AnnouncementView {
    /// The announcement.
    pub id: AnnouncementId,
    /// Changes at every edit.
    pub version: i32,
    /// The title.
    pub title: String,
    /// Plain text.
    pub text: String,
    /// The last day on which it is shown.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    #[serde(with = "crate::time::civil_date")]
    pub until: Date,
    /// Where it stands.
    pub state: AnnouncementState,
    /// Name of who wrote it.
    pub by_name: String,
    /// When it was written.
    pub written_at: Timestamp,
    /// When it was edited last.
    pub edited_at: Option<Timestamp>,
    /// Learners of the class who have read it as it is.
    pub read: u32,
    /// Learners of the class.
    pub learners: u32,
}

/// An announcement as a learner of the class sees it: one of `GET /me/announcements`, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyAnnouncement {
    /// The announcement.
    pub id: AnnouncementId,
    /// The class.
    pub class_id: ClassId,
    /// Its name.
    pub class_name: String,
    /// The title.
    pub title: String,
    /// Plain text.
    pub text: String,
    /// The last day on which it is told on the learner's home.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    #[serde(with = "crate::time::civil_date")]
    pub until: Date,
    /// Whether that day has passed.
    pub state: AnnouncementState,
    /// Name of who wrote it.
    pub by_name: String,
    /// When it was written.
    pub written_at: Timestamp,
    /// When it was edited last.
    pub edited_at: Option<Timestamp>,
    /// When the learner has read it as it is.
    pub read_at: Option<Timestamp>,
}

/// That somebody has read an announcement, among their own data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AnnouncementReading {
    /// Name of the class.
    pub class_name: String,
    /// The title.
    pub title: String,
    /// When it was read.
    pub read_at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::{are_named, has_texts};
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 23);

    fn entry(title: &str, text: &str, until: Date) -> AnnouncementEntry {
        AnnouncementEntry { title: title.to_owned(), text: text.to_owned(), until }
    }

    #[track_caller]
    fn check(entry: &AnnouncementEntry, wrong: &[(&str, &str)]) {
        let found = entry.check(TODAY).err().unwrap_or_default();
        let found: Vec<_> = found.iter().map(|error| (error.pointer.as_str(), error.code.as_str())).collect();
        assert_eq!(found, wrong);
    }

    #[test]
    fn it_is_told_until_the_end_of_its_last_day_unless_it_is_withdrawn() {
        assert_eq!(announcement_state(TODAY, false, TODAY), AnnouncementState::Current);
        assert_eq!(announcement_state(date(2026, 11, 22), false, TODAY), AnnouncementState::Over);
        assert_eq!(announcement_state(TODAY, true, TODAY), AnnouncementState::Withdrawn);
    }

    #[test]
    fn what_is_wrong_with_one_is_named() {
        check(&entry("停课", "周三停课一次。", TODAY), &[]);
        check(
            &entry(" ", "\n", date(2026, 11, 22)),
            &[("/title", "required"), ("/text", "required"), ("/until", "out-of-range")],
        );
        let long = |most: usize| "长".repeat(most);
        check(&entry(&long(MAX_ANNOUNCEMENT_TITLE_CHARS), &long(MAX_ANNOUNCEMENT_CHARS), TODAY), &[]);
        let too_long = entry(&long(MAX_ANNOUNCEMENT_TITLE_CHARS + 1), &long(MAX_ANNOUNCEMENT_CHARS + 1), TODAY);
        check(&too_long, &[("/title", "too-long"), ("/text", "too-long")]);
        assert_eq!(entry(" 停课 ", " 周三\n", TODAY).check(TODAY), Ok(entry("停课", "周三", TODAY)));
    }

    #[test]
    fn what_was_withdrawn_stays_so() {
        assert_eq!(may_change_announcement(false), Ok(()));
        assert_eq!(may_change_announcement(true), Err(AnnouncementRefusal::Withdrawn));
        assert!(has_texts(&format!("{}.detail", AnnouncementRefusal::Withdrawn.message_key())));
    }

    #[test]
    fn every_state_has_its_words() {
        let keys: Vec<_> = AnnouncementState::ALL.iter().map(|state| format!("announcement_{state}")).collect();
        let files = [include_str!("../../locales/zh-CN/classes.json"), include_str!("../../locales/en/classes.json")];
        assert!(are_named(files, &keys));
    }
}
