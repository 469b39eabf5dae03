//! Backups of the embedded store, a look through a store that was restored, and newer keys of tokens.

use super::{open_store, say};
use crate::{
    app,
    platform::{
        clock::{Clock, SystemClock},
        config::Config,
        crypto::{Keys, add_token_key},
        db::dialect,
        error::{AppError, AppResult},
        ids::SystemIds,
    },
};
use std::{path::Path, sync::Arc};

/// Copies the embedded store while it is served. Its tables stay as they are: the copy is for the version that made it.
///
/// # Errors
/// If the store is none, or the file cannot be written.
pub(super) async fn back_up(config: &Config, file: &Path) -> AppResult<()> {
    dialect::copy_embedded(&config.database_url.0, file).await?;
    say(&format!("{} holds the store; the keys are backed up apart from it", file.display()))
        .map_err(AppError::internal)
}

/// Says what is found in the store, and fails unless it is whole.
///
/// # Errors
/// What is not as it must be; or why one could not look.
pub(super) async fn check_store(config: Config) -> AppResult<()> {
    let keys = match Keys::load(&config.key_dir) {
        Ok(keys) => keys,
        Err(error) => {
            say(&format!("keys: {error}")).map_err(AppError::internal)?;
            return Err(AppError::internal("without its keys the store is not whole"));
        }
    };
    let found = app::check_store(&open_store(config, Arc::new(SystemClock), |_| Ok(keys)).await?).await?;
    for line in found.lines() {
        say(&line).map_err(AppError::internal)?;
    }
    if found.is_whole() { Ok(()) } else { Err(AppError::internal("the store is not whole")) }
}

/// Adds a key that signs access tokens after so many minutes.
///
/// # Errors
/// If it cannot be written.
pub(super) fn rotate_token_key(config: &Config, in_minutes: u16) -> AppResult<()> {
    let begins_at = SystemClock.now().plus_s(i64::from(in_minutes) * 60);
    let file = add_token_key(&config.key_dir, begins_at, &SystemIds)?;
    let text = format!("{} signs from {begins_at} on: back it up, and restart all servers before", file.display());
    say(&text).map_err(AppError::internal)
}
