//! The readers of documents and sheets against the corpus of `fuzz/corpus`, and against what comes of it by changing bytes.

use super::{
    super::edited::{CASES, edited, seed, some_edits},
    *,
};
use proptest::prelude::*;

#[test]
fn the_corpus_is_read_or_refused() {
    assert!(count_in_document(&seed("docx", "items.docx")).is_some_and(|items| items > 0));
    assert_eq!(count_in_document(&seed("docx", "none.docx")), None);
    assert!(count_in_document(&seed("docx", "broken.docx")).is_none_or(|items| items == 0));
    assert_eq!(count_in_sheet(&seed("workbook", "items.xlsx")), Some(2));
    assert_eq!(count_in_sheet(&seed("workbook", "no_header.xlsx")), None);
    assert_eq!(count_in_sheet(&seed("workbook", "none.xlsx")), None);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, ..ProptestConfig::default() })]

    #[test]
    fn whatever_comes_of_a_document_is_read_or_refused(edits in some_edits()) {
        let bytes = edited(seed("docx", "items.docx"), edits);
        let items = count_in_document(&bytes);
        prop_assert_eq!(count_in_document(&bytes), items, "the same is read in the same way");
    }

    #[test]
    fn whatever_comes_of_a_sheet_is_read_or_refused(edits in some_edits()) {
        let items = count_in_sheet(&edited(seed("workbook", "items.xlsx"), edits));
        prop_assert!(items.is_none_or(|items| items <= 2), "{items:?}");
    }
}
