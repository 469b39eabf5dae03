//! The key of a paper as a file, for hosts that are not ours.

use super::{open_store, say};
use crate::{
    platform::{
        clock::SystemClock,
        config::Config,
        crypto::Keys,
        error::{AppError, AppResult},
    },
    sittings,
};
use shared::{ids::PaperId, problem::ProblemCode};
use std::{fs, path::Path, sync::Arc};

/// Writes the key of a paper into a file, as the API tells it: no sooner than every test of the paper has begun.
///
/// # Errors
/// If it is not released, or the file cannot be written.
pub(super) async fn release_key(config: Config, paper: &str, file: &Path) -> AppResult<()> {
    let id: PaperId = paper.parse().map_err(|_| refused(format!("{paper} is the id of no paper")))?;
    let cx = open_store(config, Arc::new(SystemClock), |config| Keys::load(&config.key_dir)).await?;
    let key = sittings::released_key(&cx, id).await.map_err(|error| match error.code() {
        ProblemCode::NotFound => refused(format!("the key of {id} is not released")),
        _ => error,
    })?;
    let text = serde_json::to_string(&key).map_err(AppError::internal)?;
    fs::write(file, text).map_err(AppError::internal)?;
    say(&format!("{} holds the key of {id}", file.display())).map_err(AppError::internal)
}

fn refused(reason: String) -> AppError {
    AppError::Unavailable { reason }
}
