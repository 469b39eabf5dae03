//! How long a list may be that is taken away at once.

use crate::problem::{ProblemCode, Refusal};
use serde_json::json;

/// Why a list is not made a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExportRefusal {
    /// It has more rows than one file may have.
    #[error("the list has more than {limit} rows")]
    TooManyRows {
        /// Rows that one file may have.
        limit: u32,
    },
}

impl Refusal for ExportRefusal {
    fn code(&self) -> ProblemCode {
        match self {
            Self::TooManyRows { .. } => ProblemCode::ExportTooLong,
        }
    }

    fn params(&self) -> serde_json::Value {
        match self {
            Self::TooManyRows { limit } => json!({ "limit": limit }),
        }
    }
}

/// Whether a list of so many rows may be made a file of at most `limit` rows.
///
/// # Errors
/// [`ExportRefusal::TooManyRows`].
pub const fn check_rows(rows: u32, limit: u32) -> Result<(), ExportRefusal> {
    if rows > limit { Err(ExportRefusal::TooManyRows { limit }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_made_a_file_up_to_the_limit_and_not_one_row_further() {
        assert_eq!(check_rows(0, 3), Ok(()));
        assert_eq!(check_rows(3, 3), Ok(()));
        assert_eq!(check_rows(4, 3), Err(ExportRefusal::TooManyRows { limit: 3 }));
    }
}
