//! Files of the corpus of `fuzz/corpus`, and what comes of them by cutting, doubling and changing bytes.

use proptest::{collection::vec, prelude::*, sample::Index};
use std::{fs, path::PathBuf};

/// Cases of one reader in one run.
pub(super) const CASES: u32 = 300;
/// Bytes that one edit touches.
const EDITED: usize = 32;

/// A change of a file: which, where and how far.
pub(super) type Edit = (u8, Index, Index);

/// A file of a corpus.
pub(super) fn seed(corpus: &str, name: &str) -> Vec<u8> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus");
    fs::read(folder.join(corpus).join(name)).unwrap()
}

pub(super) fn some_edits() -> impl Strategy<Value = Vec<Edit>> {
    vec(any::<Edit>(), 1..6)
}

/// The file with these changes.
pub(super) fn edited(mut bytes: Vec<u8>, edits: Vec<Edit>) -> Vec<u8> {
    for (kind, at, length) in edits {
        let at = at.index(bytes.len() + 1);
        let end = at + length.index((bytes.len() - at).min(EDITED) + 1);
        match kind % 3 {
            0 => drop(bytes.drain(at..end)),
            1 => {
                let part = bytes[at..end].to_vec();
                drop(bytes.splice(at..at, part));
            }
            _ => bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1_u8 << (kind / 3 % 8)),
        }
    }
    bytes
}
