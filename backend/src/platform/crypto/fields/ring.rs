//! The keys that seal fields: one file each, named by its number. The highest one that was read seals,
//! all open.

use crate::platform::{
    crypto::key_file::{make_folder, read_key, read_or_create},
    error::{AppError, AppResult},
    ids::IdSource,
};
use aes_gcm::{Aes256Gcm, KeyInit};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
};

/// The number of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(pub u32);

impl std::fmt::Display for KeyId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl KeyId {
    /// The one key of the time before there was a ring; what it sealed says no key.
    pub const SINGLE: Self = Self(0);

    const FIRST: Self = Self(1);

    fn file(self, dir: &Path) -> PathBuf {
        dir.join(format!("{self}.key"))
    }
}

/// All keys, ready to be used.
pub(super) struct Ring {
    dir: PathBuf,
    keys: RwLock<Keys>,
}

#[derive(Clone)]
struct Keys {
    current: KeyId,
    ciphers: BTreeMap<KeyId, Arc<Aes256Gcm>>,
}

impl Ring {
    pub(super) fn load(dir: &Path) -> AppResult<Self> {
        Ok(Self { dir: dir.to_owned(), keys: RwLock::new(read_all(dir)?) })
    }

    pub(super) fn reload(&self) -> AppResult<()> {
        let keys = read_all(&self.dir)?;
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = keys;
        Ok(())
    }

    /// The key that seals now.
    pub(super) fn current(&self) -> (KeyId, Arc<Aes256Gcm>) {
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        (keys.current, keys.ciphers[&keys.current].clone())
    }

    /// The numbers of all keys, in order.
    pub(super) fn numbers(&self) -> Vec<KeyId> {
        self.keys.read().unwrap_or_else(PoisonError::into_inner).ciphers.keys().copied().collect()
    }

    /// A key by its number. Another node may have begun to use one that came after our start.
    pub(super) fn cipher(&self, id: KeyId) -> AppResult<Arc<Aes256Gcm>> {
        if let Some(cipher) = self.known(id) {
            return Ok(cipher);
        }
        self.reload()?;
        self.known(id).ok_or_else(|| AppError::internal(format!("{} is missing", id.file(&self.dir).display())))
    }

    fn known(&self, id: KeyId) -> Option<Arc<Aes256Gcm>> {
        self.keys.read().unwrap_or_else(PoisonError::into_inner).ciphers.get(&id).cloned()
    }
}

/// Makes the first key, unless there is one.
///
/// # Errors
/// If it cannot be written.
pub(super) fn make_first(dir: &Path, ids: &dyn IdSource) -> AppResult<()> {
    make_folder(dir)?;
    if numbers(dir)?.is_empty() {
        read_or_create(&KeyId::FIRST.file(dir), ids)?;
    }
    Ok(())
}

/// Adds a key with the next number. It seals for those who read the folder from then on.
///
/// # Errors
/// If it cannot be written.
pub(super) fn add(dir: &Path, ids: &dyn IdSource) -> AppResult<KeyId> {
    let next = KeyId(last(dir)?.0 + 1);
    read_or_create(&next.file(dir), ids)?;
    Ok(next)
}

/// The highest key in the folder.
pub(super) fn last(dir: &Path) -> AppResult<KeyId> {
    Ok(numbers(dir)?.into_iter().max().unwrap_or(KeyId::SINGLE))
}

fn read_all(dir: &Path) -> AppResult<Keys> {
    let mut ciphers = BTreeMap::new();
    for id in numbers(dir)? {
        ciphers.insert(id, Arc::new(Aes256Gcm::new(&read_key(&id.file(dir))?.into())));
    }
    let none = || AppError::internal(format!("{} holds no key", dir.display()));
    let current = *ciphers.keys().next_back().ok_or_else(none)?;
    Ok(Keys { current, ciphers })
}

/// The numbers of the keys in a folder; other files in it are none of ours.
fn numbers(dir: &Path) -> AppResult<Vec<KeyId>> {
    let mut found = Vec::new();
    let unreadable = |error| AppError::internal(format!("{}: {error}", dir.display()));
    for entry in fs::read_dir(dir).map_err(unreadable)? {
        let path = entry.map_err(AppError::internal)?.path();
        let is_key = path.extension().is_some_and(|ending| ending == "key");
        let number = path.file_stem().and_then(|stem| stem.to_str()).and_then(|stem| stem.parse().ok());
        found.extend(number.filter(|_| is_key).map(KeyId));
    }
    Ok(found)
}
