//! Papers that were handed out in rooms: entered by two persons, and then in the journal like any other answer.

use super::{RunExamDay, log_of, store};
use crate::{
    access::{Actor, Permit},
    delivery::{
        entity::{answer_entry, paper_entry},
        service::{begin_epoch, merged},
        store::{to_i32, to_i64},
    },
    papers,
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
        markdown,
    },
    sittings::{self, SittingFacts},
};
use sea_orm::ConnectionTrait;
use shared::{
    delivery::{
        JournalEntry, NewPaperAnswers, PaperEntries, PaperEntryItem, PaperFacts, PaperSitting, PaperStep, Verdict,
        chain_start, digest, entry_hash, judge_paper_entry, paper_state,
    },
    ids::{ExamSessionId, ItemId, PaperId, SittingId},
    item_bank::Response,
    sittings::ExamSessionState,
};
use std::collections::{BTreeMap, BTreeSet};

/// What was written on a paper, by item.
type Answers = BTreeMap<ItemId, Response>;

/// The papers of a test that were handed out, and what is asked on them.
///
/// # Errors
/// If the store fails.
pub(super) async fn list(cx: &Services, actor: &Actor, permit: &Permit<RunExamDay>) -> AppResult<PaperEntries> {
    let (id, conn) = (*permit.target(), cx.db.read());
    let on_paper = store::list_on_paper(conn, id).await?;
    let entries = store::list_paper_entries(conn, &on_paper).await?;
    let forms = sittings::exam_session_facts(cx, id).await?.papers;
    let mut found = Vec::with_capacity(on_paper.len());
    for sitting in sittings::list_sittings(cx, &on_paper).await? {
        let log = log_of(conn, &sitting).await?;
        let own: Vec<_> = entries.iter().filter(|entry| entry.sitting_id == sitting.id).collect();
        let is_counted = own.iter().any(|entry| entry.is_counted);
        found.push(PaperSitting {
            sitting_id: sitting.id,
            form: form_of(&sitting, &forms)?,
            state: paper_state(log.has_paper, !own.is_empty(), is_counted),
            is_own: own.last().is_some_and(|last| last.entered_by == actor.account_id),
            ticket_number: sitting.ticket_number,
        });
    }
    found.sort_by(|one, other| one.ticket_number.cmp(&other.ticket_number));
    let items = if found.is_empty() { Vec::new() } else { items(cx, &forms).await? };
    Ok(PaperEntries { sittings: found, items })
}

/// Which of the forms of a test somebody sits.
fn form_of(sitting: &SittingFacts, forms: &[PaperId]) -> AppResult<u8> {
    let form = forms.iter().position(|paper_id| *paper_id == sitting.paper_id);
    let form = form.ok_or_else(|| AppError::internal("a sitting of another test's paper"))?;
    u8::try_from(form).map_err(AppError::internal)
}

async fn items(cx: &Services, forms: &[PaperId]) -> AppResult<Vec<PaperEntryItem>> {
    let mut items = Vec::new();
    for (form, paper_id) in (0..).zip(forms) {
        let sealed = papers::sealed_items(cx, *paper_id).await?;
        items.extend(sealed.into_iter().map(|sealed| PaperEntryItem {
            form,
            item_id: sealed.item_id,
            view: sealed.item.for_candidate(markdown::render),
        }));
    }
    Ok(items)
}

/// Takes what somebody entered of a paper; it counts when a second person says the same. A repeat with the same key is
/// taken once.
///
/// # Errors
/// The fields that are wrong; as `judge_paper_entry` refuses.
pub(super) async fn enter(
    cx: &Services,
    permit: &Permit<RunExamDay>,
    key: &IdempotencyKey,
    new: &NewPaperAnswers,
) -> AppResult<()> {
    let (id, person) = (*permit.target(), permit.person()?);
    let unknown = || AppError::field("/sitting_id", "not-found");
    let sitting = sittings::list_sittings(cx, &[new.sitting_id]).await?.pop();
    let paper_id = sitting.filter(|sitting| sitting.exam_session_id == id).ok_or_else(unknown)?.paper_id;
    let on_paper: BTreeSet<ItemId> =
        papers::sealed_items(cx, paper_id).await?.into_iter().map(|sealed| sealed.item_id).collect();
    let answers = new.by_item(&on_paper).map_err(AppError::Invalid)?;
    cx.db
        .write(permit, async |tx| {
            once(tx, person, key, &(id, new), async || {
                let sitting = sittings::lock_sittings(tx.conn(), &[new.sitting_id]).await?.pop();
                let sitting = sitting.ok_or_else(unknown)?;
                let earlier = store::list_paper_entries(tx.conn(), &[sitting.id]).await?;
                let facts = facts(tx.conn(), &sitting, &earlier).await?;
                let step = judge_paper_entry(&facts, person, &answers).map_err(AppError::refused)?;
                let is_counted = step == PaperStep::Count;
                tx.note("sitting", sitting.id.to_string());
                tx.note("is_counted", is_counted);
                let row = paper_entry::Model {
                    sitting_id: sitting.id,
                    number: earlier.last().map_or(1, |last| last.number + 1),
                    answers: written(&answers)?,
                    is_counted,
                    entered_by: person,
                    entered_at: tx.now(),
                };
                store::insert_paper_entry(tx.conn(), row).await?;
                if is_counted { count(tx, &sitting, &answers).await } else { Ok(()) }
            })
            .await
        })
        .await
}

async fn facts(
    conn: &impl ConnectionTrait,
    sitting: &SittingFacts,
    earlier: &[paper_entry::Model],
) -> AppResult<PaperFacts> {
    let log = log_of(conn, sitting).await?;
    let last = earlier.last().map(|last| read(&last.answers).map(|answers| (last.entered_by, answers))).transpose()?;
    Ok(PaperFacts {
        was_on_paper: log.was_on_paper,
        has_paper: log.has_paper,
        is_closed: sitting.closed_at.is_some(),
        is_armed: sitting.state == ExamSessionState::Armed,
        is_counted: earlier.iter().any(|entry| entry.is_counted),
        earlier: last,
    })
}

/// Keys of JSON objects are texts: a list of pairs says the same.
fn written(answers: &Answers) -> AppResult<String> {
    serde_json::to_string(&answers.iter().collect::<Vec<_>>()).map_err(AppError::internal)
}

fn read(text: &str) -> AppResult<Answers> {
    let answers: Vec<(ItemId, Response)> = serde_json::from_str(text).map_err(AppError::internal)?;
    Ok(answers.into_iter().collect())
}

/// Writes the answers into the journal, in an epoch of their own: what was written on paper comes after what the device
/// took, and what was left out on it stays as it was there.
async fn count(tx: &Tx, sitting: &SittingFacts, answers: &Answers) -> AppResult<()> {
    let (id, epoch) = (sitting.id, sitting.epoch + 1);
    // No device has this name: none goes on in this epoch.
    begin_epoch(tx, sitting, (epoch, uuid::Uuid::nil(), tx.now())).await?;
    let mut previous_hash = chain_start(id);
    let mut rows = Vec::with_capacity(answers.len());
    for (seq, (item_id, response)) in (1..).zip(answers) {
        let entry = JournalEntry {
            epoch,
            seq,
            item_id: *item_id,
            response: response.clone(),
            monotonic_ms: 0,
            previous_hash: previous_hash.clone(),
        };
        previous_hash = entry_hash(&entry);
        rows.push(answer_entry::Model {
            sitting_id: id,
            epoch: to_i32(epoch)?,
            seq: to_i64(seq)?,
            item_id: *item_id,
            response: serde_json::to_string(response).map_err(AppError::internal)?,
            monotonic_ms: 0,
            hash: previous_hash.clone(),
            verdict: Verdict::Store.as_str().to_owned(),
            received_at: tx.now(),
        });
    }
    store::append(tx.conn(), rows).await?;
    let merged = merged(tx.conn(), &[id]).await?.remove(&id).unwrap_or_default();
    sittings::restate_closing(tx, id, merged.answered(), &digest(&merged)).await
}

/// Whether a paper of the test was handed out that does not count yet: until then nothing is scored.
pub(in crate::delivery) async fn are_any_open(conn: &impl ConnectionTrait, id: ExamSessionId) -> AppResult<bool> {
    let on_paper = store::list_on_paper(conn, id).await?;
    let entries = store::list_paper_entries(conn, &on_paper).await?;
    let counted: BTreeSet<SittingId> =
        entries.iter().filter(|entry| entry.is_counted).map(|entry| entry.sitting_id).collect();
    Ok(on_paper.iter().any(|sitting| !counted.contains(sitting)))
}
