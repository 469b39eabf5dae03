//! Assembly of parallel forms: a search in whole numbers that is the same on every machine (ADR 20).
//!
//! First it is proven, as far as counting and a flow tell, that the forms can be drawn at all; what cannot is named.
//! Then forms are filled at random and brought nearer to the difficulty by exchanges. Where that does not lead to forms
//! that keep everything, every combination is tried, up to a bound. Forms that lie far apart are levelled (ADR 46). At last
//! places that count nothing are filled with items on trial.

mod exchange;
mod level;
mod problem;
mod proof;
mod search;
mod trials;

use super::{BankItem, BankSummary, Blueprint, Contradiction, ContradictionKind, Form, contradictions};
use problem::{Problem, Selection};
use sha2::{Digest, Sha256};

/// The version of the algorithm: the same version, seed and bank give the same forms.
pub const ASSEMBLY_ALGORITHM: u16 = 2;
/// How often forms are filled anew before every combination is tried.
const TRIES: u64 = 8;

/// Why there are no forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unassembled {
    /// Whether there are none; otherwise none were found within the bound.
    pub is_proven: bool,
    /// What cannot be met, with its rows.
    pub because: Vec<Contradiction>,
}

/// Draws the forms of a blueprint from a bank, the spare one last.
///
/// # Errors
/// [`Unassembled`] with the rows that cannot be met.
pub fn assemble(blueprint: &Blueprint, bank: &[BankItem], seed: u64) -> Result<Vec<Form>, Unassembled> {
    let mut forms = counted(blueprint, bank, seed)?;
    let unfilled = |found: Contradiction| Unassembled {
        // Of other forms the enemies might be others.
        is_proven: found.kind == ContradictionKind::TooFewOnTrial,
        because: vec![found],
    };
    trials::fill(blueprint, bank, &mut forms, seed).map_err(unfilled)?;
    Ok(forms)
}

/// The forms with what counts in them.
fn counted(blueprint: &Blueprint, bank: &[BankItem], seed: u64) -> Result<Vec<Form>, Unassembled> {
    let impossible = |because| Unassembled { is_proven: true, because };
    let found = contradictions(blueprint, &BankSummary::of(bank, Some(blueprint)));
    if !found.is_empty() {
        return Err(impossible(found));
    }
    let mut problem = Problem::new(blueprint, bank, seed);
    let found = proof::impossible(&problem);
    if !found.is_empty() {
        return Err(impossible(found));
    }
    for again in 0..TRIES {
        problem.shuffle(seed, again);
        if let Some(mut forms) = exchange::fill(&problem) {
            level::level(&problem, &mut forms);
            return Ok(problem.forms(&forms));
        }
    }
    let mut search = search::Search::new(&problem);
    match search.run() {
        Some(mut forms) => {
            level::level(&problem, &mut forms);
            Ok(problem.forms(&forms))
        }
        None => {
            let because = Contradiction { row: search.stuck_at(), ..NOT_TOGETHER };
            Err(Unassembled { is_proven: search.is_exhaustive(), because: vec![because] })
        }
    }
}

/// What is said when no single row is to blame.
const NOT_TOGETHER: Contradiction =
    Contradiction { row: None, kind: ContradictionKind::NotTogether, wanted: 0, there: 0 };

/// The chosen items of every form: for each form its rows, for each row its items.
type Selections = Vec<Selection>;

/// SHA-256 over a bank in the order of its items, in hex: what forms were drawn from.
#[must_use]
pub fn bank_sha256(bank: &[BankItem]) -> String {
    let mut items: Vec<_> = bank.iter().collect();
    items.sort_by_key(|item| item.item_id);
    let mut hash = Sha256::new();
    for item in items {
        let cell = &item.cell;
        let texts = [cell.module.as_str(), cell.ability.as_str(), cell.kind.as_str(), item.enemies.as_str()];
        hash.update(item.item_id.0.as_bytes());
        hash.update(item.version.to_be_bytes());
        for text in texts {
            hash.update((text.len() as u64).to_be_bytes());
            hash.update(text.as_bytes());
        }
        hash.update(item.difficulty.to_be_bytes());
        hash.update(item.exposure.to_be_bytes());
        hash.update([u8::from(item.is_recent) | (u8::from(item.is_trial) << 1)]);
    }
    hex::encode(hash.finalize())
}

#[cfg(test)]
mod tests;
