//! Whether a paper can be composed.

use super::{NewPaper, section::validate_sections};
use crate::{points::Points, problem::FieldError};
use std::{collections::HashSet, ops::RangeInclusive};

/// Characters of a title.
pub const MAX_TITLE_CHARS: usize = 100;
/// Items of a paper.
pub const ITEM_COUNT: RangeInclusive<usize> = 1..=200;
/// Points of one item.
pub const ITEM_POINTS: RangeInclusive<Points> = Points(1)..=Points::whole(100);

/// Everything that is wrong with a new paper, each with a JSON pointer.
#[must_use]
pub fn validate_new_paper(new: &NewPaper) -> Vec<FieldError> {
    let mut errors = Vec::new();
    if new.title.trim().is_empty() {
        errors.push(FieldError::new("/title", "required"));
    }
    if new.title.chars().count() > MAX_TITLE_CHARS {
        errors.push(FieldError::new("/title", "too-long"));
    }
    if new.items.is_empty() {
        errors.push(FieldError::new("/items", "required"));
    }
    if new.items.len() > *ITEM_COUNT.end() {
        errors.push(FieldError::new("/items", "too-long"));
    }
    if !new.items.is_empty() && new.items.iter().all(|item| item.is_trial) {
        errors.push(FieldError::new("/items", "all-on-trial"));
    }
    let mut seen = HashSet::new();
    for (at, item) in new.items.iter().enumerate() {
        if !ITEM_POINTS.contains(&item.points) {
            errors.push(FieldError::new(format!("/items/{at}/points"), "out-of-range"));
        }
        if !seen.insert(item.item_id) {
            errors.push(FieldError::new(format!("/items/{at}/item_id"), "duplicate"));
        }
    }
    errors.extend(validate_sections(new));
    errors
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ids::{CourseId, ItemId},
        papers::PaperItem,
    };

    fn paper(points: &[(u128, i32)]) -> NewPaper {
        let item = |(id, points): &(u128, i32)| PaperItem {
            item_id: ItemId(uuid::Uuid::from_u128(*id)),
            points: Points(*points),
            is_trial: false,
        };
        let items = points.iter().map(item).collect();
        NewPaper { course_id: CourseId(uuid::Uuid::nil()), title: "P".to_owned(), items, sections: Vec::new() }
    }

    #[test]
    fn every_wrong_field_is_named() {
        assert_eq!(validate_new_paper(&paper(&[(1, 200), (2, 50)])), []);
        assert_eq!(validate_new_paper(&paper(&[])), [FieldError::new("/items", "required")]);
        let twice = validate_new_paper(&paper(&[(1, 200), (1, 0)]));
        let wanted =
            [FieldError::new("/items/1/points", "out-of-range"), FieldError::new("/items/1/item_id", "duplicate")];
        assert_eq!(twice, wanted);
        let mut tried = paper(&[(1, 200), (2, 50)]);
        tried.items.iter_mut().for_each(|item| item.is_trial = true);
        assert_eq!(validate_new_paper(&tried), [FieldError::new("/items", "all-on-trial")]);
        tried.items[0].is_trial = false;
        assert_eq!(validate_new_paper(&tried), []);
        assert!(crate::problem::has_texts("field.all-on-trial"));
    }
}
