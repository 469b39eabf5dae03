//! Assemblies: forms are drawn by a blueprint, looked at, and become papers.

use super::{
    bank::{bank, bank_for, refuse_author},
    blueprints, draws,
    entity::{assembly, assembly_commitment, assembly_paper},
    service::{check, insert, may_compose},
    store,
};
use crate::{
    access::{Actor, Permit, actions},
    item_bank,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once, replayed},
    },
};
use actix_web::web::block;
use serde::{Deserialize, Serialize};
use shared::{
    ids::{AccountId, AssemblyId, BlueprintId, ItemId, PaperId},
    papers::{
        ASSEMBLY_ALGORITHM, AssemblyView, BankItem, BlueprintDraft, Contradiction, Form, FormPaper, ItemTitle,
        NewAssembly, NewPaper, PaperRefusal, PapersOfForms, Substitute, assemble, bank_sha256,
    },
    problem::{FieldError, ProblemCode},
};
use std::collections::{BTreeSet, HashMap};
use tokio::sync::Semaphore;

/// Searches at a time: each takes a processor of its own until it ends.
static TURNS: Semaphore = Semaphore::const_new(1);

/// Items that are offered in the place of one, beside those that were drawn.
const SUBSTITUTES: usize = 30;

actions! {
    /// Draw forms by a blueprint.
    DrawForms(AssemblyId) = ComposePaper;
    /// Make papers of the forms that were drawn.
    MakePapers(AssemblyId) = ComposePaper;
}

/// What came of it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Outcome {
    /// The forms, the spare one last.
    pub(super) forms: Vec<Form>,
    is_proven: bool,
    /// Why there are none.
    pub(super) because: Vec<Contradiction>,
}

/// What came of an assembly.
pub(super) fn outcome(row: &assembly::Model) -> AppResult<Outcome> {
    serde_json::from_str(&row.outcome).map_err(AppError::internal)
}

/// Draws forms by the version of a blueprint that was read, or finds why there are none. Either is recorded. What the
/// person wrote themselves is in none of them.
///
/// # Errors
/// `not-found` if there is no such blueprint, `stale` if it was written anew since.
pub(super) async fn draw(
    cx: &Services,
    permit: &Permit<DrawForms>,
    key: &IdempotencyKey,
    (id, seen): (BlueprintId, i32),
    new: NewAssembly,
) -> AppResult<AssemblyId> {
    let (person, request) = (permit.person()?, (id, seen, new));
    if let Some(earlier) = replayed(cx.db.read(), person, key, &request).await? {
        return Ok(earlier);
    }
    let row = store::find_blueprint(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    if row.version != seen {
        return Err(AppError::Problem(ProblemCode::Stale));
    }
    let draft = blueprints::draft(row)?;
    let mut bank = bank_for(cx, draft.course_id, person).await?;
    // What is not tried was not drawn from, either.
    bank.retain(|item| !item.is_trial || draft.blueprint.trial_places > 0);
    let seed = new.seed.unwrap_or_else(|| u32::from_be_bytes(cx.ids.secret()));
    let (sha256, text) = (bank_sha256(&bank), serde_json::to_string(&draft).map_err(AppError::internal)?);
    let bound = draws::commitment(cx, *permit.target(), (&draft, &bank), ((seed, new.seed.is_some()), &sha256))?;
    let turn = TURNS.acquire().await.map_err(AppError::internal)?;
    let search = move || {
        let outcome = drawn(&draft, &bank, seed);
        drop(turn);
        outcome
    };
    let outcome = block(search).await.map_err(AppError::internal)?;
    let outcome = serde_json::to_string(&outcome).map_err(AppError::internal)?;
    cx.db
        .write(permit, async |tx| {
            once(tx, person, key, &request, async || {
                let assembly = assembly::Model {
                    id: *permit.target(),
                    blueprint_id: id,
                    blueprint_version: seen,
                    draft: text.clone(),
                    seed: i64::from(seed),
                    algorithm: i32::from(ASSEMBLY_ALGORITHM),
                    bank_sha256: sha256.clone(),
                    outcome: outcome.clone(),
                    drawn_by: person,
                    drawn_at: tx.now(),
                };
                tx.note("blueprint", id.to_string());
                tx.note("seed", seed);
                tx.note("bank_sha256", sha256.clone());
                tx.note("commitment", bound.commitment.clone());
                store::insert_assembly(tx.conn(), assembly).await?;
                let bound = assembly_commitment::Model { committed_at: tx.now(), ..bound.clone() };
                store::insert_commitment(tx.conn(), bound).await?;
                Ok(*permit.target())
            })
            .await
        })
        .await
}

fn drawn(draft: &BlueprintDraft, bank: &[BankItem], seed: u32) -> Outcome {
    match assemble(&draft.blueprint, bank, u64::from(seed)) {
        Ok(forms) => Outcome { forms, is_proven: true, because: Vec::new() },
        Err(none) => Outcome { forms: Vec::new(), is_proven: none.is_proven, because: none.because },
    }
}

/// One assembly.
///
/// # Errors
/// `forbidden` for who composes no papers, `not-found` if there is none; `second-person-needed` for who wrote an item of
/// a form.
pub(super) async fn see(cx: &Services, actor: &Actor, id: AssemblyId) -> AppResult<AssemblyView> {
    may_compose(actor)?;
    let view = view(cx, id).await?;
    refuse_author(cx, actor, view.draft.course_id, &view.forms).await?;
    Ok(view)
}

/// The same, for who has just drawn it.
pub(super) async fn view(cx: &Services, id: AssemblyId) -> AppResult<AssemblyView> {
    let row = store::find_assembly(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    let papers = store::list_form_papers(cx.db.read(), &[id]).await?;
    let commitment = store::find_published(cx.db.read(), id).await?;
    let disclosed_at = store::list_disclosures(cx.db.read(), &[id]).await?.remove(&id);
    let Outcome { forms, is_proven, because } = outcome(&row)?;
    // What stands in papers is told no more: they are sealed, and sat.
    let forms = if papers.is_empty() { forms } else { Vec::new() };
    let items: Vec<_> = forms.iter().flat_map(Form::all_items).map(|item| item.item.item_id).collect();
    let titles = item_bank::titles_of(cx, &items).await?;
    let mut titles: Vec<_> = titles.into_iter().map(|(item_id, title)| ItemTitle { item_id, title }).collect();
    titles.sort_by_key(|title| title.item_id);
    Ok(AssemblyView {
        id,
        blueprint_id: row.blueprint_id,
        draft: draft(&row)?,
        blueprint_version: row.blueprint_version,
        seed: u32::try_from(row.seed).map_err(AppError::internal)?,
        bank_sha256: row.bank_sha256,
        algorithm: u16::try_from(row.algorithm).map_err(AppError::internal)?,
        forms,
        is_proven,
        because,
        titles,
        drawn_at: row.drawn_at,
        papers: papers.into_iter().map(|(_, paper)| paper).collect(),
        commitment,
        disclosed_at,
    })
}

/// What an assembly was drawn by.
pub(super) fn draft(row: &assembly::Model) -> AppResult<BlueprintDraft> {
    serde_json::from_str(&row.draft).map_err(AppError::internal)
}

/// Items that may take the place of one of the forms: of the same field, on trial as it is or not, the nearest in difficulty
/// first. Those that were drawn are among them, for an exchange is to be undone: only the page knows which of them no form
/// holds by now.
///
/// # Errors
/// As [`see`]; `not-found` also for an item that is in none of the forms; `wrong-state` once papers were made of them.
pub(super) async fn substitutes(
    cx: &Services,
    actor: &Actor,
    id: AssemblyId,
    instead: ItemId,
) -> AppResult<Vec<Substitute>> {
    may_compose(actor)?;
    let row = store::find_assembly(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    if !store::list_form_papers(cx.db.read(), &[id]).await?.is_empty() {
        return Err(AppError::refused(PaperRefusal::FormsUsed));
    }
    let (draft, forms) = (draft(&row)?, outcome(&row)?.forms);
    refuse_author(cx, actor, draft.course_id, &forms).await?;
    let drawn: Vec<_> = forms.iter().flat_map(Form::all_items).map(|item| &item.item).collect();
    let old = drawn.iter().find(|item| item.item_id == instead).ok_or_else(AppError::not_found)?;
    let was_drawn = |id: ItemId| drawn.iter().any(|drawn| drawn.item_id == id);
    let is_alike = |item: &BankItem| (item.is_trial, &item.cell) == (old.is_trial, &old.cell);
    let fits = |item: &BankItem| is_alike(item) && draft.blueprint.may_draw(item);
    let bank = bank_for(cx, draft.course_id, actor.account_id).await?.into_iter().filter(fits);
    let (mut items, mut free): (Vec<_>, Vec<_>) = bank.partition(|item| was_drawn(item.item_id));
    let nearest = |item: &BankItem| (item.difficulty.abs_diff(old.difficulty), item.item_id);
    free.sort_by_key(nearest);
    free.truncate(SUBSTITUTES);
    items.append(&mut free);
    items.sort_by_key(nearest);
    let ids: Vec<_> = items.iter().map(|item| item.item_id).collect();
    let mut titles = item_bank::titles_of(cx, &ids).await?;
    let substitute = |item: BankItem| {
        let title = titles.remove(&item.item_id).unwrap_or_default();
        Substitute { was_drawn: was_drawn(item.item_id), item, title }
    };
    Ok(items.into_iter().map(substitute).collect())
}

/// Makes papers of the forms, as they were drawn or as somebody changed them by hand; once for each assembly.
///
/// # Errors
/// The fields that are wrong, below the number of their form; `wrong-state` if papers were made of them already.
pub(super) async fn make_papers(
    cx: &Services,
    permit: &Permit<MakePapers>,
    key: &IdempotencyKey,
    request: &PapersOfForms,
) -> AppResult<Vec<PaperId>> {
    let (id, person) = (*permit.target(), permit.person()?);
    if let Some(earlier) = replayed(cx.db.read(), person, key, &(id, request)).await? {
        return Ok(earlier);
    }
    let row = store::find_assembly(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    let forms = outcome(&row)?.forms;
    if forms.len() != request.forms.len() || forms.is_empty() {
        return Err(AppError::field("/forms", "wrong-value"));
    }
    let papers = papers(cx, person, (&draft(&row)?, &forms), request).await?;
    cx.db
        .write(permit, async |tx| {
            once(tx, person, key, &(id, request), async || {
                store::lock_assembly(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
                if !store::list_form_papers(tx.conn(), &[id]).await?.is_empty() {
                    return Err(AppError::refused(PaperRefusal::FormsUsed));
                }
                let mut made = Vec::with_capacity(papers.len());
                for (form, new) in (0..).zip(&papers) {
                    let paper_id: PaperId = cx.ids.new_id();
                    insert(tx, (paper_id, person), new).await?;
                    let of_form = assembly_paper::Model { assembly_id: id, form, paper_id };
                    store::insert_form_paper(tx.conn(), of_form).await?;
                    made.push(paper_id);
                }
                tx.note("papers", made.iter().map(ToString::to_string).collect::<Vec<_>>());
                Ok(made)
            })
            .await
        })
        .await
}

/// The papers that are to be made, each judged as if somebody had composed it. What was drawn must still be as it was.
async fn papers(
    cx: &Services,
    composer: AccountId,
    (draft, drawn): (&BlueprintDraft, &[Form]),
    request: &PapersOfForms,
) -> AppResult<Vec<NewPaper>> {
    let changed = changed(drawn, &bank(cx, draft.course_id).await?);
    let (mut papers, mut wrong) = (Vec::new(), Vec::new());
    for (at, form) in request.forms.iter().enumerate() {
        let FormPaper { title, items, sections } = form.clone();
        let new = NewPaper { course_id: draft.course_id, title, items, sections };
        let mut errors = match check(cx, composer, &new).await {
            Ok(()) => Vec::new(),
            Err(AppError::Invalid(errors)) => errors,
            Err(error) => return Err(error),
        };
        for (place, item) in form.items.iter().enumerate() {
            let pointer = format!("/items/{place}/item_id");
            if changed.contains(&item.item_id) && errors.iter().all(|error| error.pointer != pointer) {
                errors.push(FieldError::new(pointer, "changed-since"));
            }
        }
        if errors.is_empty() {
            papers.push(new);
        }
        let inside = |error: FieldError| FieldError { pointer: format!("/forms/{at}{}", error.pointer), ..error };
        wrong.extend(errors.into_iter().map(inside));
    }
    if wrong.is_empty() { Ok(papers) } else { Err(AppError::Invalid(wrong)) }
}

/// The items of forms that were written or described anew since, or that no form may hold any more.
fn changed(forms: &[Form], bank: &[BankItem]) -> BTreeSet<ItemId> {
    let now: HashMap<_, _> = bank.iter().map(|item| (item.item_id, item)).collect();
    let drawn = forms.iter().flat_map(Form::all_items).map(|item| &item.item);
    let changed = drawn.filter(|item| now.get(&item.item_id).is_none_or(|now| !is_same(item, now)));
    changed.map(|item| item.item_id).collect()
}

/// Whether all is as it was that forms are drawn by; where an item stood in the meantime does not count.
fn is_same(drawn: &BankItem, now: &BankItem) -> bool {
    (drawn.version, &drawn.cell, drawn.difficulty, &drawn.enemies)
        == (now.version, &now.cell, now.difficulty, &now.enemies)
}
