//! The demo province: a small world in which every role has an account to try.
//!
//! Persons, courses and items lie in `backend/demo/`; they are original or made up.

mod people;

pub use people::{accounts, routes};

use crate::platform::{Services, error::AppResult};
use std::path::Path;

/// Creates the demo province. Running it again changes nothing.
///
/// # Errors
/// If the content below `content` cannot be read, or the store fails.
pub async fn seed(cx: &Services, content: &Path) -> AppResult<()> {
    tracing::info!(content = %content.display(), "demo.seeding");
    people::seed(cx).await?;
    Ok(())
}
