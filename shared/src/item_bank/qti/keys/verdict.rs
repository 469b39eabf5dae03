//! A statement to be put right: a choice between right and wrong, and a place to write what is right.

use super::{NOTHING, Search, bit, figures::without_place};
use crate::item_bank::{
    ItemBody,
    chinese_text::words::{RIGHT, WRONG},
    qti::{
        Responses,
        body::{Interaction, Kind},
    },
};

/// Whether these are the places of such a statement.
pub(super) fn is_judged(choice: &Interaction, entry: &Interaction) -> bool {
    let says = |place: usize, words: &[&str]| {
        choice.options.get(place).is_some_and(|option| words.contains(&option.text.trim().to_lowercase().as_str()))
    };
    let is_asked = choice.kind == Kind::Choice && entry.kind == Kind::TextEntry;
    is_asked && choice.options.len() == 2 && says(0, RIGHT) && says(1, WRONG)
}

impl Search<'_> {
    /// The statement without the place below it, the verdict, and what puts it right.
    pub(super) fn verdict(
        mut self,
        stem: &str,
        (choice, entry): (&Interaction, &Interaction),
    ) -> Result<(String, ItemBody), &'static str> {
        let variable = self.processor.machine.variables.get(&choice.response).ok_or("no_key")?;
        let [called] = variable.correct.atoms() else { return Err("no_key") };
        let key = bit(choice, called).ok_or("no_key")? == 1;
        let accepted = if key { Vec::new() } else { self.answers(entry).each };
        if !key {
            let corrected = accepted.first().ok_or("no_key")?;
            self.note_uneven((choice, entry), corrected);
        }
        Ok((without_place(stem), ItemBody::Correction { key, accepted }))
    }

    /// Notes where the verdict that a statement is wrong is not worth half of what it is with a correction.
    fn note_uneven(&mut self, (choice, entry): (&Interaction, &Interaction), corrected: &str) {
        let wrong = choice.options.get(1).map(|option| option.identifier.clone()).unwrap_or_default();
        let verdict = Responses::from([(choice.response.clone(), vec![wrong])]);
        let mut both = verdict.clone();
        both.insert(entry.response.clone(), vec![corrected.to_owned()]);
        let (Some(whole), Some(half)) = (self.score(&both, 2), self.score(&verdict, 2)) else { return };
        if whole <= NOTHING || (whole - 2.0 * half).abs() > NOTHING {
            self.losses.note(choice.line, "scored_otherwise", "responseProcessing");
        }
    }
}
