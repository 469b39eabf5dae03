//! The paper as one candidate sees it.

use crate::platform::crypto;
use js_sys::Uint8Array;
use shared::{
    ids::{ItemId, PaperId},
    item_bank::ItemView,
    papers::{PACKAGE_SCHEMA_VERSION, PaperPackage, PaperSection, closing_minutes},
    points::Points,
};

/// One item at its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::pages) struct PaperItem {
    /// The item.
    pub(in crate::pages) id: ItemId,
    /// What it is worth.
    pub(in crate::pages) points: Points,
    /// What the candidate sees.
    pub(in crate::pages) view: ItemView,
    /// The author's indices of the options in the order shown.
    pub(in crate::pages) order: Vec<u16>,
    /// The same for each of its questions on one material; none where these stand in their author's order.
    pub(in crate::pages) part_orders: Vec<Vec<u16>>,
    /// The part that it stands in, if the paper has any, with the number of the part from 1.
    pub(in crate::pages) section: Option<(usize, PaperSection)>,
    /// After how many minutes that part closes, if it does before the end.
    pub(in crate::pages) closes_after_min: Option<u16>,
}

/// Opens a sealed package; absent if the key does not fit it, or this page does not know its form.
pub(super) async fn open_package(paper: PaperId, key: &str, sealed: &Uint8Array) -> Option<PaperPackage> {
    let plain = crypto::open_sealed(&from_base64url(key)?, sealed, &paper.to_string()).await?;
    let package: PaperPackage = serde_json::from_slice(&plain).ok()?;
    (package.schema_version <= PACKAGE_SCHEMA_VERSION).then_some(package)
}

/// The items in the order that belongs to the sitting's seed, and so their options.
pub(in crate::pages) fn arranged(package: PaperPackage, seed: u64) -> Vec<PaperItem> {
    let (shape, first_parts) = (package.shape(), package.first_parts());
    let options = |place: usize, view: &ItemView| -> Vec<u16> {
        let order = shape.option_order(seed, place, view.options_html.len()).into_iter();
        order.filter_map(|option| u16::try_from(option).ok()).collect()
    };
    let order = shape.item_order(seed);
    let sections = package.sections;
    let minutes = closing_minutes(&sections);
    let mut items: Vec<_> = package.items.into_iter().map(Some).collect();
    let arrange = |index: usize| {
        let item = items.get_mut(index)?.take()?;
        let (view, first) = (item.view, *first_parts.get(index)?);
        let shuffled = view.parts.iter().take(item.pinned_parts.len());
        let part_orders = (first..).zip(shuffled).map(|(place, part)| options(place, &part.view)).collect();
        let (order, section) = (options(index, &view), section_of(&sections, index));
        let closes_after_min = minutes.get(index).copied().flatten();
        Some(PaperItem { id: item.item_id, points: item.points, view, order, part_orders, section, closes_after_min })
    };
    order.into_iter().filter_map(arrange).collect()
}

/// The part in which the item with this index stands, and its number from 1.
fn section_of(sections: &[PaperSection], index: usize) -> Option<(usize, PaperSection)> {
    let mut end = 0;
    let found = sections.iter().position(|section| {
        end += section.items();
        index < end
    })?;
    Some((found + 1, sections.get(found)?.clone()))
}

/// Bytes as the server writes them.
pub(super) fn from_base64url(text: &str) -> Option<Vec<u8>> {
    let (mut bytes, mut held, mut bits) = (Vec::new(), 0_u32, 0_u32);
    for letter in text.trim_end_matches('=').bytes() {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            _ => return None,
        };
        held = (held << 6 | u32::from(value)) & 0xFFFF;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(held >> bits & 0xFF).ok()?);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::{
        item_bank::{EssayLength, ItemKind, PartView},
        papers::{PackagedItem, PackagedTools},
    };
    use std::collections::BTreeSet;
    use uuid::Uuid;

    #[test]
    fn every_item_and_option_has_one_place() {
        let item = |n: u128| PackagedItem {
            item_id: ItemId(Uuid::from_u128(n)),
            points: Points::whole(2),
            view: ItemView {
                kind: ItemKind::SingleChoice,
                stem_html: String::new(),
                options_html: vec![String::new(); 4],
                blanks: 0,
                is_partial: false,
                wants_unit: false,
                lefts_html: Vec::new(),
                pieces_html: Vec::new(),
                menus: Vec::new(),
                length: EssayLength::default(),
                parts: Vec::new(),
            },
            pinned: vec![3],
            pinned_parts: Vec::new(),
        };
        let package = PaperPackage {
            schema_version: 1,
            paper_id: PaperId(Uuid::from_u128(1)),
            title: String::new(),
            items: (0..9).map(item).collect(),
            sections: Vec::new(),
            tools: PackagedTools::default(),
        };
        let items = arranged(package, 7);
        assert_eq!(items.iter().map(|item| item.id).collect::<BTreeSet<_>>().len(), 9);
        assert!(items.iter().all(|item| item.order.iter().copied().collect::<BTreeSet<_>>() == (0..4).collect()));
        assert!(items.iter().any(|item| item.order != [0, 1, 2, 3]), "nothing was shuffled");
        assert!(items.iter().all(|item| item.order[3] == 3), "what is pinned stays");
    }

    #[test]
    fn questions_on_a_material_are_shuffled_unless_their_paper_is_older_than_that() {
        let view = |kind, options: usize, parts| ItemView {
            kind,
            stem_html: String::new(),
            options_html: vec![String::new(); options],
            blanks: 0,
            is_partial: false,
            wants_unit: false,
            lefts_html: Vec::new(),
            pieces_html: Vec::new(),
            menus: Vec::new(),
            length: EssayLength::default(),
            parts,
        };
        let part = || PartView { percent: 50, view: view(ItemKind::SingleChoice, 4, Vec::new()) };
        let orders = |pinned_parts: Vec<Vec<u16>>, seed| {
            let item = PackagedItem {
                item_id: ItemId(Uuid::from_u128(1)),
                points: Points::whole(2),
                view: view(ItemKind::Composite, 0, vec![part(), part()]),
                pinned: Vec::new(),
                pinned_parts,
            };
            let package = PaperPackage {
                schema_version: 1,
                paper_id: PaperId(Uuid::from_u128(1)),
                title: String::new(),
                items: vec![item],
                sections: Vec::new(),
                tools: PackagedTools::default(),
            };
            arranged(package, seed).remove(0).part_orders
        };
        assert!(orders(Vec::new(), 7).is_empty());
        let all: Vec<_> = (0..20).map(|seed| orders(vec![Vec::new(), vec![3]], seed)).collect();
        assert!(all.iter().all(|orders| orders.len() == 2 && orders[1][3] == 3), "what is pinned stays");
        assert!((0..2).all(|part| all.iter().any(|orders| orders[part] != [0, 1, 2, 3])), "nothing was shuffled");
        assert!(all.iter().any(|orders| orders[0] != orders[1]), "each has its own order");
    }

    #[test]
    fn each_item_knows_its_part() {
        let section = |blocks: &[u16]| PaperSection {
            title: String::new(),
            instructions: String::new(),
            blocks: blocks.to_vec(),
            is_shuffled: true,
            minutes: None,
        };
        let sections = [section(&[1, 2]), section(&[1])];
        let numbers: Vec<_> = (0..5).map(|index| section_of(&sections, index).map(|(number, _)| number)).collect();
        assert_eq!(numbers, [Some(1), Some(1), Some(1), Some(2), None]);
        assert_eq!(section_of(&[], 0), None);
    }

    #[test]
    fn keys_come_as_base64url() {
        assert_eq!(from_base64url("-_8A").as_deref(), Some(&[0xFB, 0xFF, 0x00][..]));
        assert_eq!(from_base64url("AQI").as_deref(), Some(&[1, 2][..]));
        assert_eq!(from_base64url("a+b"), None);
        let key = from_base64url("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");
        assert_eq!(key, Some((0..32).collect()));
    }
}
