//! The keys that sign access tokens: each signs from a moment on, until a newer one does. A key is there before its
//! moment, so that every node knows it when the first one signs by it.

use super::{
    KEY_BYTES,
    key_file::{make_folder, read_key, read_or_create},
};
use crate::platform::{
    error::{AppError, AppResult},
    ids::IdSource,
};
use ed25519_dalek::SigningKey;
use shared::time::Timestamp;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Where the keys after the first one lie. Each is named by the moment from which it signs, in milliseconds.
const FOLDER: &str = "tokens";

/// A key that signs access tokens.
pub struct TokenKey {
    /// From when on it signs.
    pub begins_at: Timestamp,
    /// The key.
    pub key: SigningKey,
}

/// Adds a key that signs from a moment on, for those who read the folder from now on; its file.
///
/// # Errors
/// If it cannot be written.
pub fn add_token_key(dir: &Path, begins_at: Timestamp, ids: &dyn IdSource) -> AppResult<PathBuf> {
    let folder = dir.join(FOLDER);
    make_folder(&folder)?;
    let file = folder.join(format!("{}.key", begins_at.0));
    read_or_create(&file, ids)?;
    Ok(file)
}

/// All keys, the oldest first: `first` signs until another does.
pub(super) fn read_all(dir: &Path, first: &[u8; KEY_BYTES]) -> AppResult<Vec<TokenKey>> {
    let mut keys = vec![TokenKey { begins_at: Timestamp::default(), key: SigningKey::from_bytes(first) }];
    for (begins_at, file) in files(&dir.join(FOLDER))? {
        keys.push(TokenKey { begins_at, key: SigningKey::from_bytes(&read_key(&file)?) });
    }
    keys.sort_by_key(|key| key.begins_at);
    Ok(keys)
}

/// The files of keys in a folder, if it is there; other files in it are none of ours.
fn files(folder: &Path) -> AppResult<Vec<(Timestamp, PathBuf)>> {
    let mut found = Vec::new();
    if !folder.is_dir() {
        return Ok(found);
    }
    for entry in fs::read_dir(folder).map_err(AppError::internal)? {
        let path = entry.map_err(AppError::internal)?.path();
        let is_key = path.extension().is_some_and(|ending| ending == "key");
        let begins_at = path.file_stem().and_then(|stem| stem.to_str()).and_then(|stem| stem.parse().ok());
        found.extend(begins_at.filter(|_| is_key).map(|ms| (Timestamp(ms), path)));
    }
    Ok(found)
}
