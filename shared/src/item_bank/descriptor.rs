//! What an item is about and how hard it is: what a blueprint asks for. It stands beside the content, in versions of
//! its own, for it says nothing to a candidate.

use super::ItemKind;
use crate::{problem::FieldError, rights::text_enum};
use serde::{Deserialize, Serialize};

/// Characters of the name of a module.
pub const MODULE_CHARS: usize = 60;
/// Characters of a knowledge point.
pub const KNOWLEDGE_POINT_CHARS: usize = 100;
/// Characters of the name of a group of enemies.
pub const ENEMIES_CHARS: usize = 40;
/// Of a thousand candidates, all.
pub const ALL_OF_THEM: u16 = 1_000;

text_enum! {
    /// What an item asks of a candidate (DOMAIN 4.3).
    Ability {
        /// To know it again.
        Recall = "recall",
        /// To comprehend it.
        Comprehend = "comprehend",
        /// To apply it.
        Apply = "apply",
    }
}

/// What an item is about and how hard it is: the body of `PUT /items/{id}/descriptor`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Descriptor {
    /// The module of the course.
    pub module: String,
    /// The point of knowledge within it; may be empty.
    pub knowledge_point: String,
    /// What it asks for.
    pub ability: Ability,
    /// How many of a thousand candidates are expected to answer it right: a hard item has a small number.
    pub difficulty: u16,
    /// Items of one group give each other away, so no form holds two of them; empty if it has no enemies.
    pub enemies: String,
}

/// The field of a blueprint that an item stands in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Cell {
    /// The module of the course.
    pub module: String,
    /// What is asked for.
    pub ability: Ability,
    /// The kind of item.
    pub kind: ItemKind,
}

/// Everything that is wrong with a descriptor, each with a JSON pointer.
#[must_use]
pub fn validate_descriptor(descriptor: &Descriptor) -> Vec<FieldError> {
    let mut errors = Vec::new();
    if descriptor.module.trim().is_empty() {
        errors.push(FieldError::new("/module", "required"));
    }
    let texts = [
        ("/module", &descriptor.module, MODULE_CHARS),
        ("/knowledge_point", &descriptor.knowledge_point, KNOWLEDGE_POINT_CHARS),
        ("/enemies", &descriptor.enemies, ENEMIES_CHARS),
    ];
    for (pointer, text, most) in texts {
        if text.trim().chars().count() > most {
            errors.push(FieldError::new(pointer, "too-long"));
        }
        if text.chars().any(char::is_control) {
            errors.push(FieldError::new(pointer, "has-control"));
        }
    }
    if descriptor.difficulty > ALL_OF_THEM {
        errors.push(FieldError::new("/difficulty", "out-of-range"));
    }
    errors
}

impl Descriptor {
    /// The same without blanks around its words.
    #[must_use]
    pub fn trimmed(&self) -> Self {
        let trimmed = |text: &str| text.trim().to_owned();
        Self {
            module: trimmed(&self.module),
            knowledge_point: trimmed(&self.knowledge_point),
            ability: self.ability,
            difficulty: self.difficulty,
            enemies: trimmed(&self.enemies),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::has_texts;

    fn descriptor(module: &str, difficulty: u16) -> Descriptor {
        Descriptor {
            module: module.to_owned(),
            knowledge_point: String::new(),
            ability: Ability::Recall,
            difficulty,
            enemies: " pair ".to_owned(),
        }
    }

    #[test]
    fn every_wrong_field_is_named() {
        assert_eq!(validate_descriptor(&descriptor("Sets", 1_000)), []);
        let wrong = validate_descriptor(&descriptor(" ", 1_001));
        assert_eq!(wrong, [FieldError::new("/module", "required"), FieldError::new("/difficulty", "out-of-range")]);
        let long = validate_descriptor(&descriptor(&"x".repeat(MODULE_CHARS + 1), 0));
        assert_eq!(long, [FieldError::new("/module", "too-long")]);
        assert!(has_texts("field.has-control"));
        assert_eq!(descriptor(" Sets ", 1).trimmed().module, "Sets");
        assert_eq!(descriptor("Sets", 1).trimmed().enemies, "pair");
    }
}
