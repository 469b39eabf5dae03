//! What a stranger learns of drawings (ADR 20): what each is bound to from the moment at which it was made, and all that it
//! came of once candidates have sat its papers.

use super::{
    assemblies::{draft, outcome},
    entity::{assembly, assembly_commitment, assembly_disclosure},
    service::state_of,
    store,
};
use crate::{
    access::{Permit, actions},
    item_bank,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{decode_cursor, page},
    },
};
use shared::{
    ids::{AssemblyId, PaperId},
    page::{Page, PageQuery},
    papers::{
        ASSEMBLY_ALGORITHM, BankItem, BlueprintDraft, DRAW_RECORD_VERSION, DrawCommitment, DrawInputs, DrawRecord,
        DrawnPaper, judge_disclosure,
    },
    time::Timestamp,
};
use std::collections::{BTreeSet, HashMap};

actions! {
    /// Let everybody read what forms were drawn from.
    DiscloseDraw(AssemblyId) = ComposePaper;
}

/// A seed, and whether a person chose it.
pub(super) type Seed = (u32, bool);

/// What an assembly is bound to, before it is known when it is written.
pub(super) fn commitment(
    cx: &Services,
    id: AssemblyId,
    (draft, bank): (&BlueprintDraft, &[BankItem]),
    ((seed, is_seed_chosen), bank_sha256): (Seed, &str),
) -> AppResult<assembly_commitment::Model> {
    let nonce: [u8; 32] = cx.ids.secret();
    let (nonce, algorithm) = (hex::encode(nonce), ASSEMBLY_ALGORITHM);
    let inputs = DrawInputs { draft, seed, is_seed_chosen, algorithm, nonce: &nonce, bank_sha256 };
    Ok(assembly_commitment::Model {
        assembly_id: id,
        commitment: inputs.commitment(),
        algorithm: i32::from(algorithm),
        is_seed_chosen,
        bank: serde_json::to_string(bank).map_err(AppError::internal)?,
        nonce,
        committed_at: Timestamp::default(),
    })
}

/// One page of the commitments, the newest first, for everybody.
pub(super) async fn list(cx: &Services, of_page: &PageQuery) -> AppResult<Page<DrawCommitment>> {
    let conn = cx.db.read();
    let rows = store::list_commitments(conn, decode_cursor(of_page)?, of_page.rows() + 1).await?;
    let found = page(rows, of_page, |row| row.assembly_id);
    let ids: Vec<_> = found.items.iter().map(|row| row.assembly_id).collect();
    let disclosed = store::list_disclosures(conn, &ids).await?;
    let used: BTreeSet<_> = store::list_form_papers(conn, &ids).await?.into_iter().map(|(id, _)| id).collect();
    let line = |row: store::CommitmentHead| {
        Ok(DrawCommitment {
            id: row.assembly_id,
            commitment: row.commitment,
            algorithm: u16::try_from(row.algorithm).map_err(AppError::internal)?,
            is_seed_chosen: row.is_seed_chosen,
            committed_at: row.committed_at,
            has_papers: used.contains(&row.assembly_id),
            disclosed_at: disclosed.get(&row.assembly_id).copied(),
        })
    };
    let items = found.items.into_iter().map(line).collect::<AppResult<_>>()?;
    Ok(Page { items, next_cursor: found.next_cursor })
}

/// All that a drawing came of, for everybody.
///
/// # Errors
/// `not-found` before it was disclosed, as if there were none.
pub(super) async fn record(cx: &Services, id: AssemblyId) -> AppResult<DrawRecord> {
    let conn = cx.db.read();
    if store::list_disclosures(conn, &[id]).await?.is_empty() {
        return Err(AppError::not_found());
    }
    let row = store::find_assembly(conn, id).await?.ok_or_else(AppError::not_found)?;
    let bound = store::find_commitment(conn, id).await?.ok_or_else(AppError::not_found)?;
    let papers: Vec<PaperId> =
        store::list_form_papers(conn, &[id]).await?.into_iter().map(|(_, paper)| paper).collect();
    let mut items: HashMap<PaperId, Vec<_>> = HashMap::new();
    for item in store::list_items_of(conn, &papers).await? {
        items.entry(item.paper_id).or_default().push(item.item_id);
    }
    let (told, draft) = (outcome(&row)?, draft(&row)?);
    Ok(DrawRecord {
        schema_version: DRAW_RECORD_VERSION,
        id,
        draft,
        seed: u32::try_from(row.seed).map_err(AppError::internal)?,
        is_seed_chosen: bound.is_seed_chosen,
        algorithm: u16::try_from(bound.algorithm).map_err(AppError::internal)?,
        nonce: bound.nonce,
        bank: serde_json::from_str(&bound.bank).map_err(AppError::internal)?,
        forms: told.forms,
        because: told.because,
        papers: papers.iter().map(|paper| items.remove(paper).unwrap_or_default()).collect(),
    })
}

/// Lets everybody read what an assembly came of. Repeating it changes nothing.
///
/// # Errors
/// `not-found` if there is none, or it was drawn before it was published what drawings are bound to; `wrong-state` until
/// candidates have sat its papers.
pub(super) async fn disclose(cx: &Services, permit: &Permit<DiscloseDraw>) -> AppResult<()> {
    let (id, person) = (*permit.target(), permit.person()?);
    let row = store::find_assembly(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    judge_disclosure(&drawn_papers(cx, &row).await?).map_err(AppError::refused)?;
    cx.db
        .write(permit, async |tx| {
            store::lock_assembly(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            if !store::list_disclosures(tx.conn(), &[id]).await?.is_empty() {
                return Ok(());
            }
            let commitment = store::find_published(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            tx.note("commitment", commitment);
            let disclosed =
                assembly_disclosure::Model { assembly_id: id, disclosed_by: person, disclosed_at: tx.now() };
            store::insert_disclosure(tx.conn(), disclosed).await
        })
        .await
}

/// The papers that were made of an assembly, as far as they matter here.
async fn drawn_papers(cx: &Services, row: &assembly::Model) -> AppResult<Vec<DrawnPaper>> {
    let (conn, blueprint) = (cx.db.read(), draft(row)?.blueprint);
    let mut papers = Vec::new();
    for (at, (_, id)) in store::list_form_papers(conn, &[row.id]).await?.into_iter().enumerate() {
        let paper = store::find(conn, id).await?.ok_or_else(AppError::not_found)?;
        let items: Vec<_> = store::list_items(conn, id).await?.iter().map(|item| item.item_id).collect();
        let is_closed = !item_bank::frozen_among(cx, &items).await?.is_empty();
        let is_spare = blueprint.has_spare && at == usize::from(blueprint.forms);
        papers.push(DrawnPaper { is_spare, state: state_of(&paper), is_closed });
    }
    Ok(papers)
}
