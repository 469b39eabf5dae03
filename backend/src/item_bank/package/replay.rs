//! The reader of packages against the corpus of `fuzz/corpus/qti_package`, and against what comes of it by changing bytes.

use super::{
    super::edited::{self, CASES, edited, some_edits},
    *,
};
use proptest::prelude::*;

fn read(bytes: &[u8]) -> Result<PackageContent, PackageError> {
    super::read(bytes, &QtiPictures::new())
}

fn seed(name: &str) -> Vec<u8> {
    edited::seed("qti_package", name)
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
    fn whatever_comes_of_a_package_is_read_or_refused(edits in some_edits()) {
        let bytes = edited(seed("whole.zip"), edits);
        drop(pictures(&bytes));
        if let Ok(content) = read(&bytes) {
            prop_assert!(content.parsed.items.len() <= 2 && content.papers.len() <= 1);
        }
    }
}
