//! Keys on disk. What a key sealed is lost with it, so a key outlives a power loss before it is used.

use super::KEY_BYTES;
use crate::platform::{
    error::{AppError, AppResult},
    ids::IdSource,
};
use std::{
    fs,
    io::{self, ErrorKind, Write},
    path::Path,
};

/// Makes a folder, and those above it, unless they are there.
pub(super) fn make_folder(dir: &Path) -> AppResult<()> {
    make_lasting_folder(dir).map_err(|error| failed(dir, &error))
}

/// Reads a key.
pub(super) fn read_key(path: &Path) -> AppResult<[u8; KEY_BYTES]> {
    let bytes = fs::read(path).map_err(|error| failed(path, &error))?;
    bytes.try_into().map_err(|_| AppError::internal(format!("{} is not a key", path.display())))
}

/// Reads a key; makes it if it is missing, readable by its owner alone.
pub(super) fn read_or_create(path: &Path, ids: &dyn IdSource) -> AppResult<[u8; KEY_BYTES]> {
    if path.exists() {
        return read_key(path);
    }
    let key: [u8; KEY_BYTES] = ids.secret();
    // A name that nobody else has: what a start that was cut off left behind is in nobody's way.
    let draft = path.with_extension(format!("{}.tmp", ids.uuid()));
    match create(path, &draft, &key) {
        Ok(()) => Ok(key),
        // Another start was faster; its key is the one.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => read_key(path),
        Err(error) => Err(failed(path, &error)),
    }
}

/// The key gets its name when all of it is on disk; until then it is a draft. Replaces nothing.
fn create(path: &Path, draft: &Path, key: &[u8; KEY_BYTES]) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(draft)?;
    let named = file.write_all(key).and_then(|()| file.sync_all()).and_then(|()| fs::hard_link(draft, path));
    fs::remove_file(draft)?;
    named?;
    flush_folder(folder_of(path))
}

fn make_lasting_folder(dir: &Path) -> io::Result<()> {
    if dir.is_dir() {
        return Ok(());
    }
    let above = folder_of(dir);
    make_lasting_folder(above)?;
    fs::create_dir_all(dir)?;
    flush_folder(above)
}

/// Brings the names in a folder to disk.
fn flush_folder(dir: &Path) -> io::Result<()> {
    fs::File::open(dir)?.sync_all()
}

/// The folder that holds something.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn failed(path: &Path, error: &io::Error) -> AppError {
    AppError::internal(format!("{}: {error}", path.display()))
}
