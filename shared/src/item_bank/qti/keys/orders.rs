//! Lines in an order, and menus within a text. What they are kept in tells nothing of what is right.

use super::{NOTHING, Search};
use crate::item_bank::{
    ItemBody,
    mixed::{index_of, mixed},
    qti::{Responses, body::Interaction, value::Atom},
};

impl Search<'_> {
    /// The lines in the order that is called right. Elsewhere the whole order is worth something or nothing; here each two
    /// lines that follow each other are.
    pub(super) fn order(self, asked: &Interaction) -> Result<ItemBody, &'static str> {
        let variable = self.processor.machine.variables.get(&asked.response).ok_or("no_key")?;
        let called = variable.correct.atoms().iter().map(|atom| place_of(asked, atom));
        let called = called.collect::<Option<Vec<_>>>().filter(|called| called.len() == asked.options.len());
        let right: Vec<String> = called.ok_or("no_key")?.into_iter().map(|place| words_at(asked, place)).collect();
        self.losses.note(asked.line, "scored_otherwise", "responseProcessing");
        let lines = mixed(right.clone());
        if lines.len() != right.len() {
            return Err("bad_answers");
        }
        let key = right.iter().map(|line| index_of(&lines, line)).collect::<Option<_>>().ok_or("bad_answers")?;
        Ok(ItemBody::Ordering { lines, key })
    }

    /// The menus with what is called right of each.
    pub(super) fn menus(mut self, asked: &[Interaction]) -> Result<ItemBody, &'static str> {
        let (mut menus, mut key, mut right) = (Vec::new(), Vec::new(), Responses::new());
        for menu in asked {
            let place = self.called(menu)?;
            let words = mixed((0..menu.options.len()).map(|place| words_at(menu, place)).collect());
            if words.len() != menu.options.len() {
                return Err("bad_answers");
            }
            key.push(index_of(&words, &words_at(menu, place)).ok_or("bad_answers")?);
            menus.push(words);
            let identifier = menu.options.get(place).map(|option| option.identifier.clone()).unwrap_or_default();
            right.insert(menu.response.clone(), vec![identifier]);
        }
        if !self.are_menus_even(&right).unwrap_or(true) {
            let line = asked.first().map_or(self.root.line, |menu| menu.line);
            self.losses.note(line, "scored_otherwise", "responseProcessing");
        }
        Ok(ItemBody::InlineChoice { menus, key })
    }

    /// The place of what a menu's item calls right.
    fn called(&self, menu: &Interaction) -> Result<usize, &'static str> {
        let variable = self.processor.machine.variables.get(&menu.response).ok_or("no_key")?;
        match variable.correct.atoms() {
            [atom] => place_of(menu, atom).ok_or("no_key"),
            [] => Err("no_key"),
            _ => Err("several_keys"),
        }
    }

    /// Whether every menu is worth the same, whatever is chosen at the others; `None` if the item does not say.
    fn are_menus_even(&mut self, right: &Responses) -> Option<bool> {
        let runs = right.len() + 1;
        let whole = self.score(right, runs)?;
        let share = whole / f64::from(u16::try_from(right.len().max(1)).unwrap_or(u16::MAX));
        for name in right.keys() {
            let others = right.iter().filter(|(other, _)| *other != name);
            let others: Responses = others.map(|(name, values)| (name.clone(), values.clone())).collect();
            if (whole - self.score(&others, runs)? - share).abs() > NOTHING {
                return Some(false);
            }
        }
        self.known(whole > NOTHING);
        Some(true)
    }
}

/// The place of the option that a value names.
fn place_of(asked: &Interaction, atom: &Atom) -> Option<usize> {
    let Atom::Text(identifier) = atom else { return None };
    asked.options.iter().position(|option| option.identifier == *identifier)
}

fn words_at(asked: &Interaction, place: usize) -> String {
    asked.options.get(place).map(|option| option.text.trim().to_owned()).unwrap_or_default()
}
