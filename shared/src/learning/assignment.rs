//! 作业: a learner hands in, a teacher of the class marks it or returns it for correction. Facts are added, and where
//! an assignment stands follows from the last of them.

use super::{HandInMark, MAX_REMARK_CHARS, NewHandIn, Takes};
use crate::{
    ids::AccountId,
    points::Points,
    problem::{FieldError, ProblemCode, Refusal},
    rights::text_enum,
};

text_enum! {
    /// Where a hand-in stands.
    HandInState {
        /// 待批改.
        Waiting = "waiting",
        /// 退回订正: the learner hands in again.
        Returned = "returned",
        /// 已批改.
        Marked = "marked",
    }
}

text_enum! {
    /// What a teacher decides of a hand-in.
    HandInDecision {
        /// The learner corrects it, and hands in again.
        Return = "return",
        /// It is marked.
        Mark = "mark",
    }
}

/// Characters of a text that is handed in.
pub const MAX_HAND_IN_CHARS: usize = 5_000;
/// Largest photo that may be sent, in bytes.
pub const MAX_HAND_IN_PHOTO_BYTES: usize = 12 * 1024 * 1024;
/// Longest side of what is kept of a photo, in pixels: handwriting stays readable when it is enlarged.
pub const MAX_HAND_IN_PHOTO_SIDE: u32 = 2_000;
/// Photos that a learner may send for one assignment, handed in or not.
pub const MAX_ASSIGNMENT_PHOTOS: u64 = 60;
/// Characters of a hand-in that a list shows.
pub const EXCERPT_CHARS: usize = 60;

impl HandInState {
    /// Where a hand-in stands; `is_returned` is what its teacher decided, if they did.
    #[must_use]
    pub const fn of(is_returned: Option<bool>) -> Self {
        match is_returned {
            None => Self::Waiting,
            Some(true) => Self::Returned,
            Some(false) => Self::Marked,
        }
    }
}

/// Whether a required assignment counts for its task point: it was handed in, and the last hand-in was not returned.
#[must_use]
pub const fn hand_in_counts(last: Option<HandInState>) -> bool {
    matches!(last, Some(HandInState::Waiting | HandInState::Marked))
}

/// Why something is not handed in, or not marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HandInRefusal {
    /// It was handed in, and not returned.
    #[error("the assignment is {state}")]
    HandedIn {
        /// Where the last hand-in stands.
        state: HandInState,
    },
    /// Somebody has marked or returned it.
    #[error("the hand-in is {state}")]
    Settled {
        /// Where it stands.
        state: HandInState,
    },
    /// Who is to correct it has left the class, and could not hand in again.
    #[error("the learner has left the class")]
    LearnerLeft,
    /// Nobody marks what they handed in themselves.
    #[error("who handed in may not mark")]
    OwnHandIn,
    /// The learner has sent very many photos for it.
    #[error("{most} photos were sent")]
    TooManyPhotos {
        /// How many may be sent.
        most: u64,
    },
    /// The learner has sent very many files for it.
    #[error("{most} files were sent")]
    TooManyFiles {
        /// How many may be sent.
        most: u64,
    },
}

impl Refusal for HandInRefusal {
    fn code(&self) -> ProblemCode {
        match self {
            Self::OwnHandIn => ProblemCode::SecondPersonNeeded,
            _ => ProblemCode::WrongState,
        }
    }

    fn message_key(&self) -> &'static str {
        match self {
            Self::HandedIn { .. } => "wrong-state.handed-in",
            Self::Settled { .. } => "wrong-state.hand-in-settled",
            Self::TooManyPhotos { .. } => "wrong-state.hand-in-photos",
            Self::TooManyFiles { .. } => "wrong-state.hand-in-files",
            Self::LearnerLeft => "wrong-state.hand-in-learner-left",
            Self::OwnHandIn => self.code().as_str(),
        }
    }

    fn params(&self) -> serde_json::Value {
        match self {
            Self::HandedIn { state } | Self::Settled { state } => serde_json::json!({ "state": state }),
            Self::TooManyPhotos { most } | Self::TooManyFiles { most } => serde_json::json!({ "most": most }),
            Self::LearnerLeft | Self::OwnHandIn => serde_json::Value::Null,
        }
    }
}

/// Whether an assignment may be handed in; `last` is where the last hand-in stands.
///
/// # Errors
/// [`HandInRefusal::HandedIn`] unless it is the first, or the last was returned.
pub const fn may_hand_in(last: Option<HandInState>) -> Result<(), HandInRefusal> {
    match last {
        None | Some(HandInState::Returned) => Ok(()),
        Some(state) => Err(HandInRefusal::HandedIn { state }),
    }
}

/// Whether another photo may be sent for an assignment for which so many were.
///
/// # Errors
/// [`HandInRefusal::TooManyPhotos`].
pub const fn may_send_photo(sent: u64) -> Result<(), HandInRefusal> {
    if sent < MAX_ASSIGNMENT_PHOTOS {
        Ok(())
    } else {
        Err(HandInRefusal::TooManyPhotos { most: MAX_ASSIGNMENT_PHOTOS })
    }
}

/// Whether `by` may mark or return what `learner` handed in; once, and never their own. Whether they keep or teach the
/// class is for the caller to know.
///
/// # Errors
/// [`HandInRefusal`].
pub fn may_mark(learner: AccountId, state: HandInState, by: AccountId) -> Result<(), HandInRefusal> {
    match state {
        _ if learner == by => Err(HandInRefusal::OwnHandIn),
        HandInState::Waiting => Ok(()),
        HandInState::Returned | HandInState::Marked => Err(HandInRefusal::Settled { state }),
    }
}

/// Whether a hand-in may be returned to its learner: a return where nobody hands in again would take the task point for
/// good. Whether the class is over says [`may_change`](super::may_change).
///
/// # Errors
/// [`HandInRefusal::LearnerLeft`].
pub const fn may_return(is_in_class: bool) -> Result<(), HandInRefusal> {
    if is_in_class { Ok(()) } else { Err(HandInRefusal::LearnerLeft) }
}

impl NewHandIn {
    /// The text in the form in which it is kept.
    ///
    /// # Errors
    /// The fields `/text`, `/photos` and `/files`: something must be there, and nothing that the assignment does not
    /// take.
    pub fn check(&self, takes: Takes) -> Result<String, Vec<FieldError>> {
        let text = self.text.trim();
        let mut errors = Vec::new();
        if text.chars().count() > MAX_HAND_IN_CHARS {
            errors.push(FieldError::new("/text", "too-long"));
        } else if !takes.may_write && !text.is_empty() {
            errors.push(FieldError::new("/text", "wrong-type"));
        }
        if self.photos.len() > usize::from(takes.photos) {
            errors.push(FieldError::new("/photos", "too-many"));
        } else if has_twice(&self.photos) {
            errors.push(FieldError::new("/photos", "duplicate"));
        }
        if self.files.len() > usize::from(takes.files) {
            errors.push(FieldError::new("/files", "too-many"));
        } else if has_twice(&self.files) {
            errors.push(FieldError::new("/files", "duplicate"));
        }
        if text.is_empty() && self.photos.is_empty() && self.files.is_empty() {
            let first = match takes {
                Takes { may_write: true, .. } => "/text",
                Takes { photos: 1.., .. } => "/photos",
                Takes { .. } => "/files",
            };
            errors.push(FieldError::new(first, "required"));
        }
        if errors.is_empty() { Ok(text.to_owned()) } else { Err(errors) }
    }
}

/// Whether something stands twice in a list.
fn has_twice<T: PartialEq>(list: &[T]) -> bool {
    (1..list.len()).any(|at| list[..at].contains(&list[at]))
}

impl HandInMark {
    /// The remark in the form in which it is kept; `most` are the points of the criteria.
    ///
    /// # Errors
    /// The fields `/points`, `/points/{index}` and `/remark`: each criterion gives something from nothing to its most,
    /// and who returns a hand-in says why.
    pub fn check(&self, most: &[Points]) -> Result<String, Vec<FieldError>> {
        let (remark, mut errors) = (self.remark.trim(), Vec::new());
        match self.decision {
            HandInDecision::Return if remark.is_empty() => errors.push(FieldError::new("/remark", "required")),
            HandInDecision::Return if !self.points.is_empty() => errors.push(FieldError::new("/points", "too-many")),
            HandInDecision::Return => {}
            HandInDecision::Mark if self.points.len() != most.len() => {
                errors.push(FieldError::new("/points", "required"));
            }
            HandInDecision::Mark => {
                let is_wrong = |(points, most): (&Points, &Points)| !(Points::ZERO..=*most).contains(points);
                let wrong = self.points.iter().zip(most).map(is_wrong).enumerate().filter(|(_, is_wrong)| *is_wrong);
                errors.extend(wrong.map(|(at, _)| FieldError::new(format!("/points/{at}"), "out-of-range")));
            }
        }
        if remark.chars().count() > MAX_REMARK_CHARS {
            errors.push(FieldError::new("/remark", "too-long"));
        }
        if errors.is_empty() { Ok(remark.to_owned()) } else { Err(errors) }
    }
}

/// The beginning of what was handed in, for a list.
#[must_use]
pub fn excerpt(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let end = line.char_indices().nth(EXCERPT_CHARS).map(|(end, _)| end);
    match end {
        Some(end) => format!("{}…", &line[..end]),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learning::{HandInFile, HandInFileKind};
    use crate::{
        ids::AssignmentPhotoId,
        problem::{are_named, has_texts},
    };
    use HandInState::{Marked, Returned, Waiting};
    use uuid::Uuid;

    const LEARNER: AccountId = AccountId(Uuid::from_u128(1));
    const TUTOR: AccountId = AccountId(Uuid::from_u128(2));
    const BOTH: Takes = Takes { may_write: true, photos: 2, files: 0 };

    #[test]
    fn it_is_handed_in_once_and_again_after_a_return() {
        assert_eq!([None, Some(Returned)].map(may_hand_in), [Ok(()), Ok(())]);
        for state in [Waiting, Marked] {
            assert_eq!(may_hand_in(Some(state)), Err(HandInRefusal::HandedIn { state }));
        }
    }

    #[test]
    fn it_counts_unless_it_was_returned() {
        assert_eq!([None, Some(Waiting), Some(Returned), Some(Marked)].map(hand_in_counts), [false, true, false, true]);
        assert_eq!([None, Some(true), Some(false)].map(HandInState::of), [Waiting, Returned, Marked]);
    }

    #[test]
    fn it_is_marked_once_and_by_somebody_else() {
        assert_eq!(may_mark(LEARNER, Waiting, TUTOR), Ok(()));
        for state in [Returned, Marked] {
            assert_eq!(may_mark(LEARNER, state, TUTOR), Err(HandInRefusal::Settled { state }));
        }
        assert_eq!(may_mark(TUTOR, Waiting, TUTOR), Err(HandInRefusal::OwnHandIn));
    }

    #[test]
    fn it_is_returned_to_who_can_hand_in_again() {
        assert_eq!([true, false].map(may_return), [Ok(()), Err(HandInRefusal::LearnerLeft)]);
    }

    #[track_caller]
    fn handed_in(text: &str, photos: &[u128], takes: Takes, expected: Result<&str, (&str, &str)>) {
        let photos = photos.iter().map(|n| AssignmentPhotoId(Uuid::from_u128(*n))).collect();
        let checked = NewHandIn { text: text.to_owned(), photos, files: Vec::new(), version: None }.check(takes);
        let first = checked.map_err(|errors| (errors[0].pointer.clone(), errors[0].code.clone()));
        let expected = expected.map(str::to_owned);
        assert_eq!(first, expected.map_err(|(pointer, code)| (pointer.to_owned(), code.to_owned())));
    }

    #[test]
    fn something_is_handed_in_and_nothing_else_than_was_asked() {
        handed_in(" 请假条\n", &[], BOTH, Ok("请假条"));
        handed_in("", &[1, 2], BOTH, Ok(""));
        handed_in(" ", &[], BOTH, Err(("/text", "required")));
        handed_in("", &[], Takes { may_write: false, photos: 1, files: 0 }, Err(("/photos", "required")));
        handed_in("字", &[1], Takes { may_write: false, photos: 1, files: 0 }, Err(("/text", "wrong-type")));
        handed_in("", &[1, 2, 3], BOTH, Err(("/photos", "too-many")));
        handed_in("", &[1, 1], BOTH, Err(("/photos", "duplicate")));
        handed_in(&"字".repeat(MAX_HAND_IN_CHARS + 1), &[], BOTH, Err(("/text", "too-long")));
    }

    #[test]
    fn files_are_handed_in_where_they_are_taken() {
        let file = |n: u128| HandInFile { id: AssignmentPhotoId(Uuid::from_u128(n)), kind: HandInFileKind::Pdf };
        let files_alone = Takes { may_write: false, photos: 0, files: 2 };
        let check = |files: &[u128], takes: Takes| {
            let files = files.iter().map(|n| file(*n)).collect();
            let checked = NewHandIn { text: String::new(), photos: Vec::new(), files, version: None }.check(takes);
            checked.map_err(|errors| (errors[0].pointer.clone(), errors[0].code.clone()))
        };
        let wrong = |code: &str| Err(("/files".to_owned(), code.to_owned()));
        assert_eq!(check(&[1, 2], files_alone), Ok(String::new()));
        assert_eq!(check(&[], files_alone), wrong("required"));
        assert_eq!(check(&[1, 1], files_alone), wrong("duplicate"));
        assert_eq!(check(&[1, 2, 3], files_alone), wrong("too-many"));
        assert_eq!(check(&[1], BOTH), wrong("too-many"));
    }

    #[track_caller]
    fn marked(mark: &HandInMark, expected: Result<&str, (&str, &str)>) {
        let checked = mark.check(&[Points::whole(5), Points::whole(10)]);
        let first = checked.map_err(|errors| (errors[0].pointer.clone(), errors[0].code.clone()));
        let expected = expected.map(str::to_owned);
        assert_eq!(first, expected.map_err(|(pointer, code)| (pointer.to_owned(), code.to_owned())));
    }

    #[test]
    fn each_criterion_gives_up_to_its_most_and_a_return_says_why() {
        let decided = |decision: HandInDecision, points: &[i32], remark: &str| HandInMark {
            decision,
            points: points.iter().copied().map(Points).collect(),
            remark: remark.to_owned(),
        };
        let points = |points: &[i32], remark: &str| decided(HandInDecision::Mark, points, remark);
        let returned = |remark: &str| decided(HandInDecision::Return, &[], remark);
        marked(&points(&[0, 1_000], " 好 "), Ok("好"));
        marked(&points(&[500, 250], ""), Ok(""));
        marked(&points(&[500], ""), Err(("/points", "required")));
        marked(&points(&[500, 1_001], ""), Err(("/points/1", "out-of-range")));
        marked(&points(&[-1, 0], ""), Err(("/points/0", "out-of-range")));
        marked(&points(&[0, 0], &"字".repeat(MAX_REMARK_CHARS + 1)), Err(("/remark", "too-long")));
        marked(&returned(" "), Err(("/remark", "required")));
        marked(&returned("写上日期。"), Ok("写上日期。"));
        marked(&decided(HandInDecision::Return, &[0, 0], "R"), Err(("/points", "too-many")));
    }

    #[test]
    fn a_list_shows_the_beginning() {
        assert_eq!(excerpt(" 一\n二  三"), "一 二 三");
        assert_eq!(excerpt(&"字".repeat(EXCERPT_CHARS)).chars().count(), EXCERPT_CHARS);
        assert_eq!(excerpt(&"字".repeat(EXCERPT_CHARS + 1)).chars().count(), EXCERPT_CHARS + 1);
    }

    #[test]
    fn every_state_and_refusal_has_its_texts() {
        let keys: Vec<_> = HandInState::ALL.iter().map(|state| format!("hand_in_{state}")).collect();
        let files = [include_str!("../../locales/zh-CN/classes.json"), include_str!("../../locales/en/classes.json")];
        assert!(are_named(files, &keys));
        let refusals = [
            HandInRefusal::HandedIn { state: Waiting },
            HandInRefusal::Settled { state: Marked },
            HandInRefusal::LearnerLeft,
            HandInRefusal::OwnHandIn,
            HandInRefusal::TooManyPhotos { most: 1 },
            HandInRefusal::TooManyFiles { most: 1 },
        ];
        for refusal in refusals {
            for part in ["title", "detail"] {
                assert!(has_texts(&format!("{}.{part}", refusal.message_key())), "{refusal:?}");
            }
        }
    }
}
