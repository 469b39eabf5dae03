//! Pairs, and the rows of a table: each text on the left belongs to the one that the item calls right.

use super::{NOTHING, Search};
use crate::item_bank::{
    COLUMN_COUNT, ItemBody,
    matching::of_pairs,
    qti::{
        Responses,
        body::{Choice, Interaction},
        value::Atom,
    },
};

impl Search<'_> {
    /// The pairs; where nothing is shuffled and few enough texts stand on the right, a table.
    pub(super) fn pairs(mut self, asked: &Interaction) -> Result<ItemBody, &'static str> {
        let variable = self.processor.machine.variables.get(&asked.response).ok_or("no_key")?;
        let called: Vec<(u16, u16)> = variable.correct.atoms().iter().filter_map(|atom| places(asked, atom)).collect();
        let mut key = Vec::with_capacity(asked.lefts.len());
        for left in (0..).take(asked.lefts.len()) {
            let mut own = called.iter().filter(|(other, _)| *other == left).map(|(_, right)| *right);
            match (own.next(), own.next()) {
                (Some(right), None) => key.push(right),
                (Some(_), Some(_)) => return Err("several_keys"),
                (None, _) => return Err("no_key"),
            }
        }
        if !self.are_shared_evenly(asked, &key).unwrap_or(true) {
            self.losses.note(asked.line, "scored_otherwise", "responseProcessing");
        }
        let texts = |choices: &[Choice]| choices.iter().map(|choice| choice.text.clone()).collect::<Vec<_>>();
        let (lefts, rights) = (texts(&asked.lefts), texts(&asked.options));
        if !asked.is_shuffled && COLUMN_COUNT.contains(&rights.len()) {
            return Ok(ItemBody::Matrix { rows: lefts, columns: rights, key });
        }
        let right = |place: u16| rights.get(usize::from(place)).cloned().unwrap_or_default();
        let pairs = lefts.into_iter().zip(key.iter().map(|place| right(*place)));
        let alone = (0..).zip(&rights).filter(|(place, _)| !key.contains(place));
        let alone = alone.map(|(_, right)| (String::new(), right.clone()));
        of_pairs(&pairs.chain(alone).collect::<Vec<_>>()).ok_or("bad_answers")
    }

    /// Whether every pair is worth the same, whatever stands beside the others; `None` if the item does not say.
    fn are_shared_evenly(&mut self, asked: &Interaction, key: &[u16]) -> Option<bool> {
        let named = |(left, right): (&Choice, &u16)| {
            let right = asked.options.get(usize::from(*right)).map_or("", |right| right.identifier.as_str());
            format!("{} {right}", left.identifier)
        };
        let pairs: Vec<String> = asked.lefts.iter().zip(key).map(named).collect();
        let runs = pairs.len() + 1;
        let whole = self.score(&Responses::from([(asked.response.clone(), pairs.clone())]), runs)?;
        let share = whole / f64::from(u16::try_from(pairs.len().max(1)).unwrap_or(u16::MAX));
        for left_out in 0..pairs.len() {
            let others = pairs.iter().enumerate().filter(|(place, _)| *place != left_out);
            let others: Vec<String> = others.map(|(_, pair)| pair.clone()).collect();
            let points = self.score(&Responses::from([(asked.response.clone(), others)]), runs)?;
            if (whole - points - share).abs() > NOTHING {
                return Some(false);
            }
        }
        self.known(whole > NOTHING);
        Some(true)
    }
}

/// The places of both texts of a pair.
fn places(asked: &Interaction, atom: &Atom) -> Option<(u16, u16)> {
    let Atom::Pair { first, second, .. } = atom else { return None };
    let place = |choices: &[Choice], identifier: &str| {
        let found = choices.iter().position(|choice| choice.identifier == identifier)?;
        u16::try_from(found).ok()
    };
    Some((place(&asked.lefts, first)?, place(&asked.options, second)?))
}
