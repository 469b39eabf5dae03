//! The one next deed of an exam session.

use crate::i18n::{Locale, td_string};
use shared::sittings::{ExamKind, ExamSessionState, ExamSessionView};

/// What an administrator does next. What takes two persons is two steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Be the first who finds the plan right.
    OpenFirst,
    /// Be the second, who lets learners register.
    OpenSecond,
    /// End registration and create the sittings.
    Arrange,
    /// Be the first who arms the key.
    ArmFirst,
    /// Be the second.
    ArmSecond,
    /// Propose the release of the results.
    ReleaseFirst,
    /// Confirm it.
    ReleaseSecond,
}

/// What is said before a deed.
pub(super) struct StepWords {
    /// The question before it.
    pub(super) question: &'static str,
    /// What it does, and whether it can be undone.
    pub(super) about: &'static str,
}

impl Step {
    /// The next deed, unless there is nothing to do but wait.
    pub(super) const fn next(exam_session: &ExamSessionView) -> Option<Self> {
        match (exam_session.state, exam_session.awaits_second_person) {
            (ExamSessionState::Draft, false) => Some(Self::OpenFirst),
            (ExamSessionState::Draft, true) => Some(Self::OpenSecond),
            (ExamSessionState::Registering, _) => Some(Self::Arrange),
            (ExamSessionState::Arranged, false) => Some(Self::ArmFirst),
            (ExamSessionState::Arranged, true) => Some(Self::ArmSecond),
            (ExamSessionState::Marking, true) => Some(Self::ReleaseSecond),
            (ExamSessionState::Marking, false) if exam_session.counts.to_mark == 0 => Some(Self::ReleaseFirst),
            (ExamSessionState::Armed | ExamSessionState::Marking, _) => None,
            (ExamSessionState::Published | ExamSessionState::Cancelled, _) => None,
        }
    }

    /// The last part of its path.
    pub(super) const fn verb(self) -> &'static str {
        match self {
            Self::OpenFirst | Self::OpenSecond => "open_registration",
            Self::Arrange => "arrange",
            Self::ArmFirst | Self::ArmSecond => "arm",
            Self::ReleaseFirst | Self::ReleaseSecond => "release",
        }
    }

    /// The step that somebody else must take after this one.
    pub(super) const fn second(self) -> Option<Self> {
        match self {
            Self::OpenFirst | Self::OpenSecond => Some(Self::OpenSecond),
            Self::ArmFirst | Self::ArmSecond => Some(Self::ArmSecond),
            Self::ReleaseFirst | Self::ReleaseSecond => Some(Self::ReleaseSecond),
            Self::Arrange => None,
        }
    }

    /// The deed itself, as it stands on its button.
    pub(super) fn name(self, locale: Locale) -> &'static str {
        match self {
            Self::OpenFirst | Self::OpenSecond => td_string!(locale, sittings.do_open_registration),
            Self::Arrange => td_string!(locale, sittings.do_arrange),
            Self::ArmFirst | Self::ArmSecond => td_string!(locale, sittings.do_arm),
            Self::ReleaseFirst | Self::ReleaseSecond => td_string!(locale, sittings.do_release),
        }
    }

    /// What is said before it.
    pub(super) fn words(self, locale: Locale, kind: ExamKind) -> StepWords {
        let (question, about) = match self {
            Self::OpenFirst => (
                td_string!(locale, sittings.ask_open_registration),
                td_string!(locale, sittings.about_open_registration),
            ),
            Self::OpenSecond => {
                (td_string!(locale, sittings.ask_open_registration), td_string!(locale, sittings.about_open_second))
            }
            Self::Arrange => (td_string!(locale, sittings.ask_arrange), td_string!(locale, sittings.about_arrange)),
            Self::ArmFirst => (td_string!(locale, sittings.ask_arm), td_string!(locale, sittings.about_arm)),
            Self::ArmSecond => (td_string!(locale, sittings.ask_arm), td_string!(locale, sittings.about_arm_second)),
            Self::ReleaseFirst => {
                (td_string!(locale, sittings.ask_release), td_string!(locale, sittings.about_release))
            }
            Self::ReleaseSecond => {
                (td_string!(locale, sittings.ask_release), td_string!(locale, sittings.about_release_second))
            }
        };
        StepWords { question, about: self.about_alone(locale, kind).unwrap_or(about) }
    }

    /// What is said instead before a deed that one person does alone, because nothing rests on the test.
    fn about_alone(self, locale: Locale, kind: ExamKind) -> Option<&'static str> {
        match self {
            _ if kind.needs_second_person() => None,
            Self::OpenFirst => Some(td_string!(locale, sittings.about_mock_open)),
            Self::ArmFirst => Some(td_string!(locale, sittings.about_mock_arm)),
            Self::ReleaseFirst => Some(td_string!(locale, sittings.about_mock_release)),
            Self::OpenSecond | Self::Arrange | Self::ArmSecond | Self::ReleaseSecond => None,
        }
    }

    /// What is said after it. Whether this was the first person's half, the server knows best.
    pub(super) fn done(self, locale: Locale, awaits_second_person: bool) -> &'static str {
        match self {
            Self::Arrange => td_string!(locale, sittings.done_arrange),
            _ if awaits_second_person => td_string!(locale, sittings.done_first),
            Self::OpenFirst | Self::OpenSecond => td_string!(locale, sittings.done_open_registration),
            Self::ArmFirst | Self::ArmSecond => td_string!(locale, sittings.done_arm),
            Self::ReleaseFirst | Self::ReleaseSecond => td_string!(locale, sittings.done_release),
        }
    }
}
