//! Drawings that a stranger can check (ADR 20). When forms are drawn a commitment is published: it tells nothing, and binds
//! all that they came of. Once candidates have sat the papers the record is told, from which anybody draws them again.

use super::{
    ASSEMBLY_ALGORITHM, BankItem, BlueprintDraft, Contradiction, Form, PaperRefusal, PaperState, assemble, bank_sha256,
};
use crate::{
    ids::{AssemblyId, ItemId},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// The form of [`DrawRecord`] and of what its commitment is the hash of.
pub const DRAW_RECORD_VERSION: u16 = 1;

/// One row of `GET /public/draws`: that forms were drawn, and what that is bound to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DrawCommitment {
    /// The assembly.
    pub id: AssemblyId,
    /// SHA-256 in hex, as [`DrawRecord::commitment`] computes it.
    pub commitment: String,
    /// The version of the algorithm.
    pub algorithm: u16,
    /// Whether a person chose the seed; otherwise the system drew it.
    pub is_seed_chosen: bool,
    /// When the forms were drawn and this was published.
    pub committed_at: Timestamp,
    /// Whether papers were made of these forms: others were drawn and left.
    pub has_papers: bool,
    /// Since when everybody may read what was drawn; absent before candidates have sat it.
    pub disclosed_at: Option<Timestamp>,
}

/// All that forms came of, and what became of them: `GET /public/draws/{id}`. It holds nothing of what items ask.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DrawRecord {
    /// The form of this document; 1 today.
    pub schema_version: u16,
    /// The assembly.
    pub id: AssemblyId,
    /// What it was drawn by, as it stood then.
    pub draft: BlueprintDraft,
    /// The seed.
    pub seed: u32,
    /// Whether a person chose it.
    pub is_seed_chosen: bool,
    /// The version of the algorithm.
    pub algorithm: u16,
    /// Random, in hex: nobody finds the seed from the commitment by trying all of them.
    pub nonce: String,
    /// The bank as it was.
    pub bank: Vec<BankItem>,
    /// The forms, the spare one last.
    pub forms: Vec<Form>,
    /// Why there are none, if there are none.
    pub because: Vec<Contradiction>,
    /// The items of the papers that were made of them, in the order of the forms.
    pub papers: Vec<Vec<ItemId>>,
}

/// What a drawing is bound to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DrawInputs<'a> {
    /// What it is drawn by.
    pub draft: &'a BlueprintDraft,
    /// The seed.
    pub seed: u32,
    /// Whether a person chose it.
    pub is_seed_chosen: bool,
    /// The version of the algorithm.
    pub algorithm: u16,
    /// Random, in hex.
    pub nonce: &'a str,
    /// SHA-256 over the bank, in hex.
    pub bank_sha256: &'a str,
}

impl DrawInputs<'_> {
    /// SHA-256, in hex, of a line for each of them; the blueprint is compact JSON.
    #[must_use]
    pub fn commitment(&self) -> String {
        let Self { draft, seed, is_seed_chosen, algorithm, nonce, bank_sha256 } = self;
        let draft = serde_json::to_string(draft).unwrap_or_default();
        let text = format!(
            "chengxi-draw-{DRAW_RECORD_VERSION}\n{algorithm}\n{seed}\n{is_seed_chosen}\n{nonce}\n{bank_sha256}\n{draft}\n"
        );
        hex::encode(Sha256::digest(text.as_bytes()))
    }
}

impl DrawRecord {
    /// The commitment that must have been published when these forms were drawn.
    #[must_use]
    pub fn commitment(&self) -> String {
        let Self { draft, seed, is_seed_chosen, algorithm, nonce, bank, .. } = self;
        let (seed, is_seed_chosen, algorithm, bank_sha256) = (*seed, *is_seed_chosen, *algorithm, bank_sha256(bank));
        DrawInputs { draft, seed, is_seed_chosen, algorithm, nonce, bank_sha256: &bank_sha256 }.commitment()
    }
}

/// What comes of drawing once more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DrawCheck {
    /// The commitment of the record, to be held against the one that was published.
    pub commitment: String,
    /// Whether this program has the algorithm of the record; otherwise nothing was drawn.
    pub is_algorithm_known: bool,
    /// Whether the same forms came of it, or the same reasons for none.
    pub is_same: bool,
    /// For each paper, how many of the items that were drawn for it somebody replaced by hand.
    pub replaced: Vec<usize>,
}

/// Draws the forms of a record once more.
#[must_use]
pub fn check_draw(record: &DrawRecord) -> DrawCheck {
    let is_known = record.algorithm == ASSEMBLY_ALGORITHM && record.schema_version == DRAW_RECORD_VERSION;
    let is_same = is_known
        && match assemble(&record.draft.blueprint, &record.bank, u64::from(record.seed)) {
            Ok(forms) => forms == record.forms,
            Err(none) => record.forms.is_empty() && none.because == record.because,
        };
    let replaced = |(form, paper): (&Form, &Vec<ItemId>)| {
        let kept: BTreeSet<_> = paper.iter().collect();
        form.all_items().filter(|item| !kept.contains(&item.item.item_id)).count()
    };
    DrawCheck {
        commitment: record.commitment(),
        is_algorithm_known: is_known,
        is_same,
        replaced: record.forms.iter().zip(&record.papers).map(replaced).collect(),
    }
}

/// A paper that was made of a form, as far as it matters for the disclosure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DrawnPaper {
    /// Whether it is kept in reserve: nobody may ever sit it.
    pub is_spare: bool,
    /// Where it stands.
    pub state: PaperState,
    /// Whether candidates are yet to sit what it holds.
    pub is_closed: bool,
}

/// Whether everybody may learn what was drawn: once candidates have sat a paper of it, and none of it, the spare one apart,
/// is still to be sat.
///
/// # Errors
/// [`PaperRefusal::NotSatYet`].
pub fn judge_disclosure(papers: &[DrawnPaper]) -> Result<(), PaperRefusal> {
    let is_sat = |paper: &DrawnPaper| paper.state == PaperState::Sealed && !paper.is_closed;
    let is_over = |paper: &DrawnPaper| paper.is_spare || paper.state == PaperState::Discarded || is_sat(paper);
    if papers.iter().any(is_sat) && papers.iter().all(is_over) { Ok(()) } else { Err(PaperRefusal::NotSatYet) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ids::CourseId,
        item_bank::{Ability, Cell, ItemKind},
        papers::{Blueprint, BlueprintRow},
        points::Points,
    };
    use uuid::Uuid;

    fn item(id: u128) -> BankItem {
        let cell = Cell { module: "M".to_owned(), ability: Ability::Recall, kind: ItemKind::TrueFalse };
        let (item_id, enemies) = (ItemId(Uuid::from_u128(id)), String::new());
        BankItem { item_id, version: 1, cell, difficulty: 600, enemies, exposure: 0, is_recent: false, is_trial: false }
    }

    fn record(seed: u32) -> DrawRecord {
        let (module, ability, kind) = ("M".to_owned(), Ability::Recall, ItemKind::TrueFalse);
        let blueprint = Blueprint {
            rows: vec![BlueprintRow { module, ability, kind, count: 2, points: Points(200) }],
            total: Points(400),
            mandatory: Vec::new(),
            excluded: Vec::new(),
            forms: 2,
            has_spare: true,
            shared_limit: 0,
            recent_limit: 0,
            exposure_cap: None,
            difficulty: 600,
            tolerance: 20,
            mix: None,
            trial_places: 0,
        };
        let bank: Vec<_> = (0..20).map(item).collect();
        let forms = assemble(&blueprint, &bank, u64::from(seed)).unwrap();
        let items = |form: &Form| form.items.iter().map(|item| item.item.item_id).collect();
        DrawRecord {
            schema_version: 1,
            id: AssemblyId(Uuid::nil()),
            draft: BlueprintDraft { course_id: CourseId(Uuid::nil()), title: "T".to_owned(), blueprint },
            seed,
            is_seed_chosen: false,
            algorithm: ASSEMBLY_ALGORITHM,
            nonce: "00".repeat(32),
            bank,
            papers: forms.iter().map(items).collect(),
            forms,
            because: Vec::new(),
        }
    }

    #[test]
    fn a_record_is_drawn_again_and_what_was_changed_by_hand_is_counted() {
        let mut record = record(7);
        let check = check_draw(&record);
        assert!(check.is_algorithm_known && check.is_same);
        assert_eq!((check.commitment, check.replaced), (record.commitment(), vec![0; 3]));
        record.papers[1][0] = ItemId(Uuid::from_u128(999));
        assert_eq!(check_draw(&record).replaced, [0, 1, 0]);
        record.forms.swap(0, 1);
        assert!(!check_draw(&record).is_same);
    }

    #[test]
    fn every_input_is_bound() {
        let told = record(7);
        let changes: [fn(&mut DrawRecord); 7] = [
            |record| record.seed += 1,
            |record| record.is_seed_chosen = true,
            |record| record.algorithm += 1,
            |record| record.nonce.replace_range(..1, "1"),
            |record| record.bank[3].difficulty += 1,
            |record| drop(record.bank.pop()),
            |record| record.draft.blueprint.tolerance += 1,
        ];
        for (at, change) in changes.into_iter().enumerate() {
            let mut changed = told.clone();
            change(&mut changed);
            assert_ne!(changed.commitment(), told.commitment(), "{at}");
        }
        let mut other = told.clone();
        other.bank.reverse();
        assert_eq!(other.commitment(), told.commitment(), "a bank has no order");
        let known = DrawRecord { algorithm: ASSEMBLY_ALGORITHM + 1, ..told };
        assert!(!check_draw(&known).is_algorithm_known);
    }

    #[test]
    fn what_was_drawn_is_told_once_candidates_have_sat_it() {
        let paper = |state, is_closed| DrawnPaper { is_spare: false, state, is_closed };
        let (sat, waits) = (paper(PaperState::Sealed, false), paper(PaperState::Sealed, true));
        let discarded = paper(PaperState::Discarded, false);
        let spare = DrawnPaper { is_spare: true, ..waits };
        assert_eq!(judge_disclosure(&[sat, discarded, spare]), Ok(()));
        let refused = Err(PaperRefusal::NotSatYet);
        let none: &[DrawnPaper] = &[];
        for papers in [none, &[sat, waits], &[discarded, spare], &[sat, paper(PaperState::Open, false)]] {
            assert_eq!(judge_disclosure(papers), refused, "{papers:?}");
        }
    }
}
