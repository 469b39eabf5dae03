//! What the next version of an item may be.

use super::{Item, validate_item};
use crate::problem::FieldError;

/// Everything that is wrong with `new` as the next version of `old`, each with a JSON pointer. The kind stays: papers
/// gave the item its points for it.
#[must_use]
pub fn validate_revision(old: &Item, new: &Item) -> Vec<FieldError> {
    let mut errors = validate_item(new);
    if old.body.kind() != new.body.kind() {
        errors.push(FieldError::new("/body/kind", "unchangeable"));
    }
    errors
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{item_bank::ItemBody, problem::has_texts};

    fn item(stem: &str, body: ItemBody) -> Item {
        Item { schema_version: 1, stem: stem.to_owned(), body, explanation: String::new() }
    }

    #[test]
    fn a_revision_is_a_right_item_of_the_same_kind() {
        let old = item("a", ItemBody::TrueFalse { key: true });
        assert_eq!(validate_revision(&old, &item("b", ItemBody::TrueFalse { key: false })), []);
        let wrong = validate_revision(&old, &item(" ", ItemBody::ShortAnswer { rubric: String::new() }));
        assert_eq!(wrong, [FieldError::new("/stem", "required"), FieldError::new("/body/kind", "unchangeable")]);
        assert!(has_texts("field.unchangeable"));
    }
}
