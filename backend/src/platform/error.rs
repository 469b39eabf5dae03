//! What a service can fail with; turned into problem documents at the edge.

use super::db::dialect::{has_no_room, is_lost, is_stuck};
use shared::problem::{FieldError, ProblemCode, Refusal};

/// Why a request was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// A rule of the domain said no.
    #[error("refused: {0}")]
    Refused(Box<dyn Refusal + Send>),
    /// The body or a parameter cannot be read.
    #[error("malformed: {pointer}: {reason}")]
    Malformed {
        /// JSON pointer to the place.
        pointer: String,
        /// What the parser said; for the log.
        reason: String,
    },
    /// Fields are wrong.
    #[error("invalid: {0:?}")]
    Invalid(Vec<FieldError>),
    /// A plain problem that needs no further facts.
    #[error("{}", .0.as_str())]
    Problem(ProblemCode),
    /// Wait, then try again.
    #[error("too many tries")]
    TooMany {
        /// Seconds to wait.
        retry_after_s: u64,
    },
    /// The store cannot take this now.
    #[error("unavailable: {reason}")]
    Unavailable {
        /// What is missing; for the log.
        reason: String,
    },
    /// The store failed.
    #[error("store: {0}")]
    Store(#[source] sea_orm::DbErr),
    /// A bug.
    #[error("internal: {0}")]
    Internal(String),
}

/// The result of a service.
pub type AppResult<T> = Result<T, AppError>;

impl AppError {
    /// There is no such thing, or the actor may not know of it.
    #[must_use]
    pub const fn not_found() -> Self {
        Self::Problem(ProblemCode::NotFound)
    }

    /// A rule of the domain said no.
    pub fn refused(refusal: impl Refusal + Send + 'static) -> Self {
        Self::Refused(Box::new(refusal))
    }

    /// One field is wrong.
    pub fn field(pointer: &str, code: &str) -> Self {
        Self::Invalid(vec![FieldError::new(pointer, code)])
    }

    /// The same, but what was not found is what the field at `pointer` names.
    #[must_use]
    pub fn at_field(self, pointer: &str) -> Self {
        match self {
            Self::Problem(ProblemCode::NotFound) => Self::field(pointer, "not-found"),
            other => other,
        }
    }

    /// A bug, with what was seen.
    pub fn internal(what: impl std::fmt::Display) -> Self {
        Self::Internal(what.to_string())
    }

    /// The stable code.
    #[must_use]
    pub fn code(&self) -> ProblemCode {
        match self {
            Self::Refused(refusal) => refusal.code(),
            Self::Malformed { .. } => ProblemCode::Malformed,
            Self::Invalid(_) => ProblemCode::Invalid,
            Self::Problem(code) => *code,
            Self::TooMany { .. } => ProblemCode::TooMany,
            Self::Unavailable { .. } => ProblemCode::Unavailable,
            Self::Store(_) | Self::Internal(_) => ProblemCode::Internal,
        }
    }
}

impl From<sea_orm::DbErr> for AppError {
    /// A store that cannot be reached, is lost on the way or has no room is `Unavailable`; every other failure is a bug
    /// until a store function says otherwise.
    fn from(error: sea_orm::DbErr) -> Self {
        match error {
            sea_orm::DbErr::ConnectionAcquire(_) | sea_orm::DbErr::Conn(_) => {
                Self::Unavailable { reason: error.to_string() }
            }
            failed if is_lost(&failed) || has_no_room(&failed) || is_stuck(&failed) => {
                Self::Unavailable { reason: failed.to_string() }
            }
            other => Self::Store(other),
        }
    }
}
