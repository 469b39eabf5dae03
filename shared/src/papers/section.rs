//! The parts of a paper: each with its title and instructions, and with blocks of items that stay together.

use super::NewPaper;
use crate::{
    delivery::{PaperShape, PartShape},
    problem::FieldError,
};
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;

/// Parts of a paper.
pub const MAX_SECTIONS: usize = 20;
/// Characters of the title of a part.
pub const SECTION_TITLE_CHARS: usize = 40;
/// Characters of its instructions.
pub const INSTRUCTIONS_CHARS: usize = 500;
/// Minutes that one part may take.
pub const SECTION_MINUTES: RangeInclusive<u16> = 1..=300;

/// One part of a paper. The parts follow each other; each takes the next items of the paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PaperSection {
    /// What it is called, without its number.
    pub title: String,
    /// What candidates are told of it, as plain text; may be empty.
    pub instructions: String,
    /// How many items each of its blocks has, in order. Those of a block stay together, in the author's order.
    pub blocks: Vec<u16>,
    /// Whether each candidate has an own order of its blocks.
    pub is_shuffled: bool,
    /// Its time in minutes: when that and the times of the parts before it are over it closes (ADR 64). Without it, it stays
    /// open until the test ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u16>,
}

impl PaperSection {
    /// How many items it has.
    #[must_use]
    pub fn items(&self) -> usize {
        self.blocks.iter().copied().map(usize::from).sum()
    }
}

/// What of a paper with these parts is shuffled; `pinned` has the options of each of its items that are not. Without
/// parts everything else is. Behind the items follow the questions on materials, one after the other: `pinned_of_parts`
/// has those of each item. A question is shuffled as an item at its place would be, and is none.
#[must_use]
pub fn paper_shape(
    sections: &[PaperSection],
    mut pinned: Vec<Vec<u16>>,
    pinned_of_parts: impl IntoIterator<Item = Vec<Vec<u16>>>,
) -> PaperShape {
    let items = pinned.len();
    pinned.extend(pinned_of_parts.into_iter().flatten());
    if sections.is_empty() {
        return PaperShape { parts: PaperShape::plain(items).parts, pinned };
    }
    let part = |section: &PaperSection| PartShape {
        blocks: section.blocks.iter().copied().map(usize::from).collect(),
        is_shuffled: section.is_shuffled,
    };
    PaperShape { parts: sections.iter().map(part).collect(), pinned }
}

/// After how many minutes the part of each item closes, in the order of the paper; `None` for those that stay open until the
/// test ends. Nothing at all where there are no parts.
#[must_use]
pub fn closing_minutes(sections: &[PaperSection]) -> Vec<Option<u16>> {
    let (mut passed, mut of_items) = (0_u16, Vec::new());
    for section in sections {
        let closes_after = section.minutes.map(|minutes| {
            passed = passed.saturating_add(minutes);
            passed
        });
        of_items.extend(std::iter::repeat_n(closes_after, section.items()));
    }
    of_items
}

/// The sizes of blocks of items, each of which says whether it stays with the one before it.
#[must_use]
pub fn blocks_of(stays: impl IntoIterator<Item = bool>) -> Vec<u16> {
    let mut blocks: Vec<u16> = Vec::new();
    for stays in stays {
        match blocks.last_mut() {
            Some(last) if stays => *last += 1,
            _ => blocks.push(1),
        }
    }
    blocks
}

/// Everything that is wrong with the parts of a new paper.
pub(super) fn validate_sections(new: &NewPaper) -> Vec<FieldError> {
    let mut errors = Vec::new();
    if new.sections.len() > MAX_SECTIONS {
        errors.push(FieldError::new("/sections", "too-long"));
    }
    for (at, section) in new.sections.iter().enumerate() {
        let found = [
            (section.title.trim().is_empty(), "title", "required"),
            (section.title.chars().count() > SECTION_TITLE_CHARS, "title", "too-long"),
            (section.instructions.chars().count() > INSTRUCTIONS_CHARS, "instructions", "too-long"),
            (section.blocks.is_empty(), "blocks", "required"),
            (section.blocks.contains(&0), "blocks", "out-of-range"),
            (section.minutes.is_some_and(|minutes| !SECTION_MINUTES.contains(&minutes)), "minutes", "out-of-range"),
            (section.minutes.is_some() && is_any_open(&new.sections, at), "minutes", "timed-parts-first"),
        ];
        let wrong = found.into_iter().filter(|(is_wrong, ..)| *is_wrong);
        errors.extend(wrong.map(|(_, field, code)| FieldError::new(format!("/sections/{at}/{field}"), code)));
    }
    let items: usize = new.sections.iter().map(PaperSection::items).sum();
    if !new.sections.is_empty() && items != new.items.len() {
        errors.push(FieldError::new("/sections", "wrong-value"));
    }
    errors
}

/// Whether a part before this one has no time of its own: it would be unclear when this one begins.
fn is_any_open(sections: &[PaperSection], at: usize) -> bool {
    sections.iter().take(at).any(|section| section.minutes.is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ids::{CourseId, ItemId},
        papers::PaperItem,
        points::Points,
    };
    use uuid::Uuid;

    fn section(blocks: &[u16], is_shuffled: bool) -> PaperSection {
        let (title, instructions) = ("T".to_owned(), String::new());
        PaperSection { title, instructions, blocks: blocks.to_vec(), is_shuffled, minutes: None }
    }

    fn timed(blocks: &[u16], minutes: u16) -> PaperSection {
        PaperSection { minutes: Some(minutes), ..section(blocks, true) }
    }

    /// What is wrong with a paper of four items in these parts.
    fn wrong(sections: Vec<PaperSection>) -> Vec<FieldError> {
        let item = |n| PaperItem { item_id: ItemId(Uuid::from_u128(n)), points: Points(100), is_trial: false };
        let (course_id, title) = (CourseId(Uuid::nil()), "P".to_owned());
        validate_sections(&NewPaper { course_id, title, items: (0..4).map(item).collect(), sections })
    }

    #[test]
    fn parts_hold_each_item_once() {
        assert_eq!(wrong(Vec::new()), []);
        assert_eq!(wrong(vec![section(&[1, 2], true), section(&[1], false)]), []);
        for blocks in [[1, 1].as_slice(), &[5]] {
            assert_eq!(wrong(vec![section(blocks, true)]), [FieldError::new("/sections", "wrong-value")]);
        }
    }

    #[test]
    fn every_wrong_field_of_a_part_is_named() {
        let bad = PaperSection {
            title: " ".to_owned(),
            instructions: "x".repeat(INSTRUCTIONS_CHARS + 1),
            ..section(&[0, 4], true)
        };
        let told = [("title", "required"), ("instructions", "too-long"), ("blocks", "out-of-range")];
        let told = told.map(|(field, code)| FieldError::new(format!("/sections/0/{field}"), code));
        assert_eq!(wrong(vec![bad]), told);
        assert_eq!(
            wrong(vec![section(&[4], true), section(&[], true)]),
            [FieldError::new("/sections/1/blocks", "required")]
        );
        let many = wrong(vec![section(&[1], true); MAX_SECTIONS + 1]);
        assert_eq!(many.first(), Some(&FieldError::new("/sections", "too-long")));
    }

    #[test]
    fn parts_close_one_after_the_other_and_those_without_a_time_come_last() {
        let parts = [timed(&[1], 30), timed(&[1, 1], 20), section(&[1], true)];
        assert_eq!(closing_minutes(&parts), [Some(30), Some(50), Some(50), None]);
        assert_eq!((closing_minutes(&[]), wrong(parts.to_vec())), (vec![], vec![]));
        let told = |at, code| FieldError::new(format!("/sections/{at}/minutes"), code);
        let parts = vec![section(&[1], true), timed(&[1, 1], 20), timed(&[1], 301)];
        let first = "timed-parts-first";
        assert_eq!(wrong(parts), [told(1, first), told(2, "out-of-range"), told(2, first)]);
        assert_eq!(wrong(vec![timed(&[4], 0)]), [told(0, "out-of-range")]);
        assert!(crate::problem::has_texts("field.timed-parts-first"));
    }

    #[test]
    fn without_parts_a_paper_has_the_orders_that_papers_always_had() {
        let shape = paper_shape(&[], vec![Vec::new(), vec![3], Vec::new()], []);
        assert_eq!(shape.parts, PaperShape::plain(3).parts);
        assert_eq!(shape.pinned, [vec![], vec![3], vec![]]);
        let one = paper_shape(&[section(&[1; 10], true)], vec![Vec::new(); 10], []);
        assert_eq!(
            one.item_order(42),
            PaperShape::plain(10).item_order(42),
            "one part is shuffled as a whole paper is"
        );
    }

    #[test]
    fn questions_on_a_material_stand_behind_all_items_and_change_nothing_of_these() {
        let parts = vec![Vec::new(), vec![vec![], vec![2]], vec![vec![]]];
        for sections in [Vec::new(), vec![section(&[1; 3], true)]] {
            let (before, now) = (vec![Vec::new(); 3], vec![Vec::new(); 3]);
            let (before, now) = (paper_shape(&sections, before, []), paper_shape(&sections, now, parts.clone()));
            assert_eq!(now.parts, before.parts);
            assert_eq!(now.pinned[3..], [vec![], vec![2], vec![]]);
            for seed in 0..20 {
                assert_eq!(now.item_order(seed), before.item_order(seed));
                assert_eq!(now.option_order(seed, 1, 4), before.option_order(seed, 1, 4));
                assert_eq!(now.option_order(seed, 4, 3)[2], 2, "what speaks of the others stays last");
            }
            assert_eq!(now.block_of(3), None);
        }
        // As an item at that place would be, whose orders a golden test holds.
        let orders = [3, 4, 5].map(|place| PaperShape::plain(3).option_order(42, place, 4));
        let shape = paper_shape(&[], vec![Vec::new(); 3], parts);
        assert_eq!([3, 5].map(|place| shape.option_order(42, place, 4)), [orders[0].clone(), orders[2].clone()]);
    }

    #[test]
    fn what_stays_with_the_one_before_makes_blocks() {
        assert!(blocks_of([]).is_empty());
        assert_eq!(blocks_of([true, false, true, true, false]), [1, 3, 1]);
    }
}
