//! What must hold of whatever an importer is given; `shared/src/item_bank/replay.rs` holds the corpus to the same.

use shared::item_bank::{ImportFormat, parse_items, read_qti_manifest, read_qti_test, validate_item};

/// Every item that is read is one, and the same text is read in the same way.
pub fn hold(format: ImportFormat, text: &str) {
    let parsed = parse_items(format, text);
    for item in &parsed.items {
        assert_eq!(validate_item(item), [], "{item:?}");
        drop(item.for_candidate(str::to_owned));
    }
    assert_eq!(parse_items(format, text), parsed);
}

/// No path of a manifest leads out of its package.
pub fn hold_manifest(text: &str) {
    let Ok(manifest) = read_qti_manifest(text) else { return };
    for (path, _) in manifest.items.iter().chain(&manifest.others) {
        assert!(is_inside(path), "{path}");
    }
}

/// No path of a test does, and no part of it is empty.
pub fn hold_test(text: &str) {
    let Ok(test) = read_qti_test(text, "tests/t.xml") else { return };
    for section in &test.sections {
        assert!(!section.items.is_empty());
        assert!(section.items.iter().all(|item| is_inside(&item.path)), "{section:?}");
    }
}

fn is_inside(path: &str) -> bool {
    !path.is_empty() && !path.starts_with('/') && path.split('/').all(|step| !matches!(step, "" | "." | ".."))
}
