//! The reader of packages against the corpus of `fuzz/corpus/qti_package`, and against what comes of it by changing bytes.

use super::*;
use proptest::{collection::vec, prelude::*, sample::Index};
use std::{fs, path::PathBuf};

/// Cases of one run.
const CASES: u32 = 300;
/// Bytes that one edit touches.
const EDITED: usize = 32;

fn read(bytes: &[u8]) -> Result<PackageContent, PackageError> {
    super::read(bytes, &QtiPictures::new())
}

fn seed(name: &str) -> Vec<u8> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus/qti_package");
    fs::read(folder.join(name)).unwrap()
}

#[test]
fn the_corpus_is_read_or_refused() {
    let whole = read(&seed("whole.zip")).unwrap();
    assert_eq!((whole.parsed.items.len(), whole.parsed.errors.len(), whole.papers.len()), (2, 0, 1));
    let slip = read(&seed("slip.zip")).unwrap().parsed;
    assert_eq!((slip.items.len(), slip.errors[0].code.as_str()), (0, "leads_out_of_package"));
    let broken = read(&seed("broken.zip")).unwrap().parsed;
    assert_eq!((broken.items.len(), broken.errors[0].code.as_str()), (0, "bad_xml"));
    assert_eq!(read(&seed("none.zip")), Err(PackageError::NoManifest));
}

/// Both limits hold: what a package says of its files, and what is read of them whatever it says.
#[test]
fn a_package_that_unpacks_to_too_much_is_not_unpacked() {
    assert_eq!(read(&seed("bomb.zip")), Err(PackageError::TooLarge));
    match read(&seed("liar.zip")) {
        Ok(PackageContent { parsed, .. }) => assert_eq!(parsed.errors[0].code, "file_too_large", "{:?}", parsed.errors),
        Err(refused) => assert_eq!(refused, PackageError::NotAPackage, "what it says of the size is not true"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, ..ProptestConfig::default() })]

    #[test]
    fn whatever_comes_of_a_package_is_read_or_refused(edits in vec(any::<(u8, Index, Index)>(), 1..6)) {
        let mut bytes = seed("whole.zip");
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
        drop(pictures(&bytes));
        if let Ok(content) = read(&bytes) {
            prop_assert!(content.parsed.items.len() <= 2 && content.papers.len() <= 1);
        }
    }
}
