//! How far a course has come on the way to the diploma.

use crate::{
    i18n::{Locale, td_string},
    platform::when,
};
use shared::{
    credit_bank::{CertificateState, CertificateView, CourseTowardsDiploma},
    ids::CourseId,
    learning::{CourseRole, Gate},
    points::Points,
    sittings::{ExamSessionState, MyExam},
    time::Timestamp,
};

/// Words in the reader's language.
pub(super) type Words = fn(Locale) -> &'static str;

/// Names the steps of a course, in order: [`Stage::position`] counts in them.
pub(super) const STEPS: [Words; 4] = [
    |locale| td_string!(locale, credit_bank.step_study),
    |locale| td_string!(locale, credit_bank.step_test),
    |locale| td_string!(locale, credit_bank.step_certificate),
    |locale| td_string!(locale, credit_bank.step_count),
];

/// The stage of one course.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// Another course of its kind counts already.
    NotNeeded,
    /// No class of the learner studies it.
    NotEnrolled,
    /// Task points are missing.
    Studying {
        /// How many.
        missing: u16,
    },
    /// Studied; the test is next.
    MayRegister,
    /// Registered for a test that begins then.
    Registered(Timestamp),
    /// Sat, and not marked yet.
    WaitsForResult,
    /// The best score is not enough.
    NotPassed(Points),
    /// Passed with this score.
    WaitsForIssue(Points),
    /// There is a certificate.
    Certified(Box<CertificateView>),
}

impl Stage {
    /// The stage of a course among all courses of the level.
    pub(super) fn of(course: &CourseTowardsDiploma, all: &[CourseTowardsDiploma], exams: &[MyExam]) -> Self {
        if let Some(certificate) = &course.certificate {
            return Self::Certified(Box::new(certificate.clone()));
        }
        let gate = course.standing.as_ref().map(|standing| standing.gate);
        match (course.best_score, gate) {
            (Some(score), _) if course.has_passed => Self::WaitsForIssue(score),
            (None, None) if is_spared(course, all) => Self::NotNeeded,
            (None, None) => Self::NotEnrolled,
            (None, Some(Gate::TaskPointsMissing { missing })) => Self::Studying { missing },
            (score, _) => {
                let without_exam = score.map_or(Self::MayRegister, Self::NotPassed);
                exams
                    .iter()
                    .filter(|exam| exam.kind.counts())
                    .find_map(|exam| under_way(course, exam))
                    .unwrap_or(without_exam)
            }
        }
    }

    /// Steps that are done; none where nothing has to be done.
    pub(super) fn position(&self) -> Option<usize> {
        match self {
            Self::NotNeeded => None,
            Self::NotEnrolled | Self::Studying { .. } => Some(0),
            Self::MayRegister | Self::Registered(_) | Self::WaitsForResult | Self::NotPassed(_) => Some(1),
            Self::WaitsForIssue(_) => Some(2),
            Self::Certified(certificate) => Some(match certificate.state {
                CertificateState::Revoked | CertificateState::Superseded => 2,
                CertificateState::Issued | CertificateState::Submitted | CertificateState::Returned => 3,
                CertificateState::Approved => STEPS.len(),
            }),
        }
    }

    /// Whether the next step is the learner's own.
    pub(super) fn is_the_learners_turn(&self) -> bool {
        matches!(self, Self::Studying { .. } | Self::MayRegister | Self::Registered(_) | Self::NotPassed(_))
    }

    /// Where things stand and what comes next, in a sentence.
    pub(super) fn sentence(&self, locale: Locale) -> String {
        match self {
            Self::NotNeeded => td_string!(locale, credit_bank.not_needed).to_owned(),
            Self::NotEnrolled => td_string!(locale, credit_bank.not_enrolled).to_owned(),
            Self::Studying { missing } => td_string!(locale, credit_bank.studying, missing = *missing),
            Self::MayRegister => td_string!(locale, credit_bank.may_register).to_owned(),
            Self::Registered(at) => td_string!(locale, credit_bank.registered, at = when::date_time(locale, *at)),
            Self::WaitsForResult => td_string!(locale, credit_bank.waits_result).to_owned(),
            Self::NotPassed(score) => td_string!(locale, credit_bank.not_passed, score = score.to_string()),
            Self::WaitsForIssue(score) => td_string!(locale, credit_bank.waits_issue, score = score.to_string()),
            Self::Certified(certificate) => certificate_sentence(locale, certificate),
        }
    }

    /// The way on: where it leads, and what the link says.
    pub(super) fn way(&self, course_id: CourseId) -> Option<(String, Words)> {
        let exams = |words: Words| Some(("/exams".to_owned(), words));
        match self {
            Self::NotNeeded | Self::NotEnrolled => None,
            Self::Studying { .. } => {
                Some((format!("/learn/courses/{course_id}"), |locale| td_string!(locale, credit_bank.to_study)))
            }
            Self::MayRegister | Self::NotPassed(_) => exams(|locale| td_string!(locale, credit_bank.to_register)),
            Self::Registered(_) | Self::WaitsForResult => exams(|locale| td_string!(locale, credit_bank.to_exam)),
            Self::WaitsForIssue(_) => Some(("/results".to_owned(), |locale| td_string!(locale, credit_bank.to_result))),
            Self::Certified(certificate) => Some((format!("/me/certificates/{}", certificate.id), |locale| {
                td_string!(locale, credit_bank.to_certificate)
            })),
        }
    }
}

fn certificate_sentence(locale: Locale, certificate: &CertificateView) -> String {
    let reason = certificate.reason.clone();
    match certificate.state {
        CertificateState::Issued => td_string!(locale, credit_bank.issued).to_owned(),
        CertificateState::Submitted => td_string!(locale, credit_bank.submitted).to_owned(),
        CertificateState::Approved => td_string!(locale, credit_bank.approved).to_owned(),
        CertificateState::Returned => td_string!(locale, credit_bank.returned, reason = reason),
        CertificateState::Revoked => td_string!(locale, credit_bank.revoked, reason = reason),
        CertificateState::Superseded => td_string!(locale, credit_bank.superseded).to_owned(),
    }
}

/// Whether one course of its kind is enough and another counts.
fn is_spared(course: &CourseTowardsDiploma, all: &[CourseTowardsDiploma]) -> bool {
    let counts_instead = |other: &CourseTowardsDiploma| other.role == course.role && other.is_counted;
    course.role != CourseRole::Required && all.iter().any(counts_instead)
}

/// The stage that a test of the course brings, while the learner is registered and its results are
/// not released.
fn under_way(course: &CourseTowardsDiploma, exam: &MyExam) -> Option<Stage> {
    let is_sat = exam.sitting.as_ref().is_some_and(|sitting| sitting.is_closed);
    let is_own = exam.is_registered && exam.course_title == course.course_title;
    match exam.state {
        _ if !is_own => None,
        ExamSessionState::Draft | ExamSessionState::Published | ExamSessionState::Cancelled => None,
        ExamSessionState::Marking => Some(Stage::WaitsForResult),
        _ if is_sat => Some(Stage::WaitsForResult),
        ExamSessionState::Registering | ExamSessionState::Arranged | ExamSessionState::Armed => {
            Some(Stage::Registered(exam.starts_at))
        }
    }
}

#[cfg(test)]
mod tests;
