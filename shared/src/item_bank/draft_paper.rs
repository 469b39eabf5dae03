//! A test of a package as a paper: of its items, those that were read, and of these, those that are taken.

use super::{DraftPaper, DraftPaperItem, DraftSection, ImportError, QtiSection, QtiTest, import::import_error};
use crate::papers::blocks_of;
use std::collections::BTreeMap;

impl DraftPaper {
    /// The paper of a test, and what of it is missing: `places` says where the item of each path stands among those that
    /// were read. `None` if none of them does.
    #[must_use]
    pub fn of_test(test: &QtiTest, places: &BTreeMap<String, u32>) -> (Option<Self>, Vec<ImportError>) {
        let mut missing = Vec::new();
        let (mut sections, mut items) = (Vec::new(), Vec::new());
        for section in &test.sections {
            let there = section.items.iter().filter(|item| places.contains_key(&item.path));
            let stays: Vec<bool> = there.clone().map(|item| item.stays).collect();
            items.extend(there.filter_map(|item| {
                places.get(&item.path).map(|place| DraftPaperItem { place: *place, points: item.points })
            }));
            if !stays.is_empty() {
                sections.push(part(section, stays));
            }
            let gone = section.items.iter().filter(|item| !places.contains_key(&item.path));
            missing.extend(
                gone.map(|item| ImportError {
                    name: item.path.clone(),
                    ..import_error(item.line, "test_item_missing")
                }),
            );
        }
        if items.is_empty() {
            return (None, vec![import_error(1, "test_empty")]);
        }
        (Some(Self { title: test.title.clone(), sections, items }), missing)
    }

    /// The paper of those items alone that are taken: `taken` has their places, ascending. Places count these alone then.
    #[must_use]
    pub fn with_only(&self, taken: &[u32]) -> Option<Self> {
        let (mut sections, mut items) = (Vec::new(), Vec::new());
        let mut rest = self.items.iter();
        for section in &self.sections {
            let mut blocks = Vec::new();
            for size in &section.blocks {
                let block = rest.by_ref().take(usize::from(*size));
                let kept: Vec<_> = block.filter_map(|item| at_new_place(item, taken)).collect();
                blocks.extend(u16::try_from(kept.len()).ok().filter(|kept| *kept > 0));
                items.extend(kept);
            }
            if !blocks.is_empty() {
                sections.push(DraftSection { blocks, ..section.clone() });
            }
        }
        (!items.is_empty()).then(|| Self { title: self.title.clone(), sections, items })
    }
}

fn part(section: &QtiSection, stays: Vec<bool>) -> DraftSection {
    DraftSection {
        title: section.title.clone(),
        instructions: section.instructions.clone(),
        blocks: blocks_of(stays),
        is_shuffled: section.is_shuffled,
    }
}

fn at_new_place(item: &DraftPaperItem, taken: &[u32]) -> Option<DraftPaperItem> {
    let place = taken.binary_search(&item.place).ok().and_then(|place| u32::try_from(place).ok())?;
    Some(DraftPaperItem { place, ..*item })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{item_bank::QtiTestItem, points::Points};

    fn item(path: &str, stays: bool) -> QtiTestItem {
        QtiTestItem { path: path.to_owned(), line: 7, stays, points: Points::whole(2) }
    }

    fn test() -> QtiTest {
        let section = |title: &str, items: Vec<QtiTestItem>| QtiSection {
            title: title.to_owned(),
            instructions: String::new(),
            is_shuffled: true,
            items,
        };
        let first = vec![item("a", false), item("b", true), item("gone", true), item("c", false)];
        let sections = vec![
            section("One", first),
            section("Lost", vec![item("lost", false)]),
            section("Two", vec![item("d", false)]),
        ];
        QtiTest { title: "T".to_owned(), sections, losses: Vec::new() }
    }

    fn places(paths: &[&str]) -> BTreeMap<String, u32> {
        (0..).zip(paths).map(|(place, path)| ((*path).to_owned(), place)).collect()
    }

    fn shown(paper: &DraftPaper) -> (Vec<(&str, Vec<u16>)>, Vec<u32>) {
        let sections = paper.sections.iter().map(|section| (section.title.as_str(), section.blocks.clone())).collect();
        (sections, paper.items.iter().map(|item| item.place).collect())
    }

    #[test]
    fn a_paper_has_the_items_that_were_read_and_the_others_are_told() {
        let (paper, missing) = DraftPaper::of_test(&test(), &places(&["d", "c", "b", "a"]));
        let paper = paper.unwrap();
        assert_eq!(shown(&paper), (vec![("One", vec![2, 1]), ("Two", vec![1])], vec![3, 2, 1, 0]));
        let told: Vec<_> = missing.iter().map(|error| (error.code.as_str(), error.name.as_str(), error.line)).collect();
        assert_eq!(told, [("test_item_missing", "gone", 7), ("test_item_missing", "lost", 7)]);
        let (none, told) = DraftPaper::of_test(&test(), &places(&["x"]));
        assert_eq!((none, told[0].code.as_str()), (None, "test_empty"));
    }

    #[test]
    fn of_chosen_items_it_has_these_alone_at_their_new_places() {
        let (paper, _) = DraftPaper::of_test(&test(), &places(&["d", "c", "b", "a"]));
        let paper = paper.unwrap();
        let fewer = paper.with_only(&[0, 3]).unwrap();
        assert_eq!(shown(&fewer), (vec![("One", vec![1]), ("Two", vec![1])], vec![1, 0]));
        assert_eq!(paper.with_only(&[0, 1, 2, 3]), Some(paper.clone()));
        assert_eq!(paper.with_only(&[9]), None);
    }
}
