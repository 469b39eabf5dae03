//! What goes wrong, as stable codes (RFC 9457).

use serde::{Deserialize, Serialize};

macro_rules! problem_codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $status:literal;)*) => {
        /// The registry of problems: append-only; kebab-case on the wire.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(rename_all = "kebab-case")]
        pub enum ProblemCode { $($(#[$doc])* $name,)* }

        impl ProblemCode {
            /// Every code, in the registry's order.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The code as it stands on the wire.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// The code with this text.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|code| code.as_str() == text)
            }

            /// The HTTP status that goes with it.
            #[must_use]
            pub const fn status(self) -> u16 {
                match self { $(Self::$name => $status,)* }
            }
        }
    };
}

problem_codes! {
    /// The body or a parameter is not of the form that the API document gives.
    Malformed = "malformed", 400;
    /// Nobody is logged in, or the access token has expired.
    Unauthenticated = "unauthenticated", 401;
    /// Account name and password do not belong together.
    WrongCredentials = "wrong-credentials", 401;
    /// The actor may not do this here.
    Forbidden = "forbidden", 403;
    /// There is no such thing, or the actor may not know of it.
    NotFound = "not-found", 404;
    /// The state of the thing forbids this.
    WrongState = "wrong-state", 409;
    /// Another device has continued the sitting.
    SittingTakenOver = "sitting-taken-over", 409;
    /// The submitted digest differs from the stored answers.
    AnswersMissing = "answers-missing", 409;
    /// The sitting has been submitted or closed.
    SittingClosed = "sitting-closed", 410;
    /// The working time is over.
    TimeUp = "time-up", 410;
    /// Somebody else changed the thing since it was read.
    Stale = "stale", 412;
    /// The body is larger than this route takes.
    TooLarge = "too-large", 413;
    /// One or more fields are wrong; `errors` names them.
    Invalid = "invalid", 422;
    /// The same idempotency key came with another body.
    IdempotencyConflict = "idempotency-conflict", 422;
    /// The person who made this may not be the second person who confirms it.
    SecondPersonNeeded = "second-person-needed", 409;
    /// The learner has not completed the course.
    GateNotMet = "gate-not-met", 409;
    /// `If-Match` is missing.
    PreconditionRequired = "precondition-required", 428;
    /// Too many tries; wait as `Retry-After` says.
    TooMany = "too-many", 429;
    /// A bug or a broken machine; logged under the request id.
    Internal = "internal", 500;
    /// The system cannot take this now; try again as `Retry-After` says.
    Unavailable = "unavailable", 503;
    /// The rules of enrolment do not allow it.
    EnrolmentRefused = "enrolment-refused", 409;
    /// The activation code is used, expired or unknown.
    ActivationRefused = "activation-refused", 409;
    /// Who marks a response has no claim on it.
    NotClaimed = "not-claimed", 409;
    /// Another person holds this document; nothing is said of them.
    DocumentInUse = "document-in-use", 409;
    /// A teacher, room or class is needed at two places at once.
    TimetableClash = "timetable-clash", 409;
    /// The code is not on the screen of the meeting now.
    CheckInRefused = "check-in-refused", 409;
    /// Somebody who logged in with a first password must choose their own before anything else.
    PasswordChangeNeeded = "password-change-needed", 403;
    /// The account takes a second factor, and none came.
    SecondFactorNeeded = "second-factor-needed", 401;
    /// The code of the second factor is wrong or was used before.
    WrongCode = "wrong-code", 401;
    /// Staff must set up the second factor before anything else.
    SecondFactorSetupNeeded = "second-factor-setup-needed", 403;
    /// The list has more rows than one file may have.
    ExportTooLong = "export-too-long", 422;
    /// Photos of papers are missing that a review needs; `missing` names them.
    PapersMissing = "papers-missing", 409;
    /// The test was called off.
    ExamCancelled = "exam-cancelled", 409;
    /// What was asked for lies behind the end of the recording.
    RangeNotSatisfiable = "range-not-satisfiable", 416;
    /// The room is watched, and its invigilator has not consented to another device.
    TakeOverConsentNeeded = "take-over-consent-needed", 409;
    /// Who comes so late is not let in to the test any more.
    ExamTooLate = "exam-too-late", 409;
    /// The test asks for the entry code of the room, and another one was typed or none.
    EntryCodeWrong = "entry-code-wrong", 409;
    /// The test opens in Safe Exam Browser alone, and this is not it, or not by the settings of this installation.
    SafeBrowserNeeded = "safe-browser-needed", 409;
    /// Candidates begin after they were let in to the room, and this one was not yet.
    AdmissionNeeded = "admission-needed", 409;
    /// An admission ticket lets nobody in: it is unknown, or not of this time.
    TicketRefused = "ticket-refused", 401;
    /// The part of the paper that an answer belongs to is closed.
    PartClosed = "part-closed", 410;
}

/// One field that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldError {
    /// JSON pointer (RFC 6901) to the field.
    pub pointer: String,
    /// What is wrong, as a message key: `required`, `too-long`, ….
    pub code: String,
    /// The same in the request's language.
    pub detail: String,
}

impl FieldError {
    /// A field error whose text is filled in at the edge.
    #[must_use]
    pub fn new(pointer: impl Into<String>, code: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), code: code.into(), detail: String::new() }
    }
}

/// `application/problem+json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// `/problems/<code>`.
    #[serde(rename = "type")]
    pub kind: String,
    /// What it is called, in the request's language.
    pub title: String,
    /// The HTTP status again.
    pub status: u16,
    /// What happened and what to do, in the request's language.
    pub detail: String,
    /// The request's id.
    pub instance: String,
    /// The stable code.
    pub code: ProblemCode,
    /// The wrong fields, if any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// Facts that the code speaks of: the winning epoch, the missing entries, ….
    #[serde(default, skip_serializing_if = "serde_json::Value::is_null")]
    pub params: serde_json::Value,
}

/// A rule said no. Facts, not sentences; the texts are in the message files.
pub trait Refusal: std::fmt::Debug + std::fmt::Display {
    /// The stable code.
    fn code(&self) -> ProblemCode;

    /// The message key below `problem.`; the code itself unless the refusal is finer.
    fn message_key(&self) -> &'static str {
        self.code().as_str()
    }

    /// The facts for the message and the client.
    fn params(&self) -> serde_json::Value {
        serde_json::Value::Null
    }

    /// Seconds after which it may be tried again, where waiting is all that helps.
    fn retry_after_s(&self) -> Option<i64> {
        None
    }
}

/// Whether both languages have a text under `key`.
#[cfg(test)]
pub(crate) fn has_texts(key: &str) -> bool {
    let files = [include_str!("../locales/zh-CN/problem.json"), include_str!("../locales/en/problem.json")];
    are_named(files, &[key.to_owned()])
}

/// Whether two message files have a text under each key.
#[cfg(test)]
pub(crate) fn are_named(files: [&str; 2], keys: &[String]) -> bool {
    files.iter().all(|file| {
        let texts: serde_json::Value = serde_json::from_str(file).unwrap();
        keys.iter().all(|key| texts[key].as_str().is_some_and(|text| !text.is_empty()))
    })
}
