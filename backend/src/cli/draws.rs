//! A drawing as a stranger checks it: from its record, without a network, a store or keys.

use super::say;
use crate::platform::error::{AppError, AppResult};
use shared::papers::{DrawRecord, check_draw};
use std::{fs, path::Path};

/// Draws the forms of a record once more and says what came of it; fails unless they are the same and the record is what was
/// published.
///
/// # Errors
/// If the file is no record, or what it tells is not so.
pub(super) fn check(file: &Path, published: &str) -> AppResult<()> {
    let text = fs::read_to_string(file).map_err(AppError::internal)?;
    let record: DrawRecord = serde_json::from_str(&text).map_err(AppError::internal)?;
    let found = check_draw(&record);
    say(&serde_json::to_string_pretty(&found).map_err(AppError::internal)?).map_err(AppError::internal)?;
    if found.commitment != published.trim().to_lowercase() {
        return Err(AppError::internal("this is not what was published when the forms were drawn"));
    }
    if !found.is_algorithm_known {
        return Err(AppError::internal("this program draws by another version of the algorithm"));
    }
    if found.is_same { Ok(()) } else { Err(AppError::internal("other forms come of it")) }
}
