//! Documents that stand twice in one file.

use crate::person::IdentityDocument;
use sha2::{Digest, Sha256};
use std::collections::{HashMap, hash_map::Entry};

/// The documents seen so far, as digests: a file of 100,000 rows takes a few megabytes, and no number
/// is kept.
#[derive(Clone, Default)]
pub struct SeenDocuments(HashMap<[u8; 16], u32>);

impl SeenDocuments {
    /// Notes that `row` holds this document; the earlier row that holds it, if there is one.
    pub fn earlier_row(&mut self, document: &IdentityDocument, row: u32) -> Option<u32> {
        let digest = Sha256::digest(document.canonical().as_bytes());
        let mut key = [0; 16];
        key.copy_from_slice(&digest[..16]);
        match self.0.entry(key) {
            Entry::Occupied(seen) => Some(*seen.get()),
            Entry::Vacant(place) => {
                place.insert(row);
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::person::DocumentType;
    use jiff::civil::date;

    #[test]
    fn the_first_row_with_a_document_is_named() {
        let document = |kind, text| IdentityDocument::parse(kind, text, date(2026, 11, 23)).unwrap();
        let card = document(DocumentType::ResidentIdentityCard, "330199198503140022");
        let mut seen = SeenDocuments::default();
        assert_eq!(seen.earlier_row(&card, 2), None);
        assert_eq!(seen.earlier_row(&document(DocumentType::Passport, "330199198503140"), 3), None);
        assert_eq!(seen.earlier_row(&card, 9), Some(2));
        assert_eq!(seen.earlier_row(&card, 11), Some(2));
    }
}
