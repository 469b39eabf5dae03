//! One group of batches: judged and stored in one transaction.

use super::{
    entity::answer_entry,
    store::{self, Key},
};
use crate::{
    papers,
    platform::{
        Services,
        db::fill_up,
        error::{AppError, AppResult},
    },
    sittings::{self, SittingFacts},
};
use sea_orm::ConnectionTrait;
use shared::{
    delivery::{Arrival, ArrivalFacts, ArrivalRefusal, ChainLink, JournalEntry, SittingFacts as Judged, judge_arrival},
    ids::{AccountId, ItemId, PaperId, SittingId},
    problem::{ProblemCode, Refusal},
    sittings::ExamSessionState,
    time::Timestamp,
};
use std::{collections::HashMap, sync::Arc};

/// Entries of a file that are looked up at once.
const AT_ONCE: usize = 500;
/// Sittings whose paper is remembered; above this many all are forgotten.
const REMEMBERED: usize = 50_000;

/// What one device sent at once.
pub(super) struct Batch {
    pub(super) sitting_id: SittingId,
    /// Who sent it.
    pub(super) account_id: AccountId,
    pub(super) received_at: Timestamp,
    pub(super) entries: Vec<JournalEntry>,
}

/// What is on disk of a batch.
#[derive(Debug)]
pub(super) struct Acked {
    pub(super) seqs: Vec<u64>,
    pub(super) deadline: Timestamp,
    /// The epoch that may write.
    pub(super) epoch: u32,
}

/// Why nothing of a batch was stored.
#[derive(Debug, thiserror::Error)]
pub(super) enum BatchRefusal {
    /// There is no such sitting, or it is another's.
    #[error("no such sitting")]
    NotFound,
    /// A rule said no.
    #[error(transparent)]
    Answer(#[from] ArrivalRefusal),
    /// The sitting has not been opened, or the test is over.
    #[error("the sitting takes no answers now")]
    WrongState,
    /// The item is not on the paper.
    #[error("entry {seq} answers an item that is not on the paper")]
    UnknownItem { seq: u64 },
    /// The store failed.
    #[error("{0}")]
    Unavailable(String),
}

impl Refusal for BatchRefusal {
    fn code(&self) -> ProblemCode {
        match self {
            Self::NotFound => ProblemCode::NotFound,
            Self::Answer(refusal) => refusal.code(),
            Self::WrongState => ProblemCode::WrongState,
            Self::UnknownItem { .. } => ProblemCode::Invalid,
            Self::Unavailable(_) => ProblemCode::Unavailable,
        }
    }

    fn params(&self) -> serde_json::Value {
        match self {
            Self::Answer(refusal) => refusal.params(),
            Self::UnknownItem { seq } => serde_json::json!({ "seq": seq }),
            Self::NotFound | Self::WrongState | Self::Unavailable(_) => serde_json::Value::Null,
        }
    }
}

/// What became of one batch.
pub(super) type Outcome = Result<Acked, BatchRefusal>;

/// The items of a paper, each with the minutes after which its part closes, if that is before the end.
type Items = HashMap<ItemId, Option<u16>>;

/// Which items a sitting's paper has. Papers are sealed, so what was read once stays true.
#[derive(Default)]
pub(super) struct PaperItems {
    papers: HashMap<PaperId, Arc<Items>>,
    sittings: HashMap<SittingId, Arc<Items>>,
}

impl PaperItems {
    /// Reads what it does not know yet, before the transaction begins.
    pub(super) async fn prepare(&mut self, cx: &Services, batches: &[&Batch]) -> AppResult<()> {
        if self.sittings.len() > REMEMBERED {
            self.sittings.clear();
        }
        let mut unknown: Vec<_> = batches.iter().map(|batch| batch.sitting_id).collect();
        unknown.retain(|id| !self.sittings.contains_key(id));
        if unknown.is_empty() {
            return Ok(());
        }
        for sitting in sittings::list_sittings(cx, &unknown).await? {
            let items = match self.papers.get(&sitting.paper_id) {
                Some(items) => items.clone(),
                None => {
                    let items = Arc::new(items_of(cx, sitting.paper_id).await?);
                    self.papers.insert(sitting.paper_id, items.clone());
                    items
                }
            };
            self.sittings.insert(sitting.id, items);
        }
        Ok(())
    }

    fn has(&self, sitting_id: SittingId, item_id: ItemId) -> bool {
        self.sittings.get(&sitting_id).is_some_and(|items| items.contains_key(&item_id))
    }

    /// After how many minutes the part of an item closes, if that is before the end.
    fn closing_minutes(&self, sitting_id: SittingId, item_id: ItemId) -> Option<u16> {
        self.sittings.get(&sitting_id)?.get(&item_id).copied().flatten()
    }
}

async fn items_of(cx: &Services, id: PaperId) -> AppResult<Items> {
    let items = papers::sealed_items(cx, id).await?;
    let minutes = papers::closing_minutes_of(cx, id).await?.into_iter().chain(std::iter::repeat(None));
    Ok(items.into_iter().map(|item| item.item_id).zip(minutes).collect())
}

/// Judges and stores `batches` in one transaction. The sittings stay locked until it commits, so
/// that no take-over and no closing can slip between the judgement and the disk.
pub(super) async fn write(cx: &Services, items: &PaperItems, batches: &[&Batch]) -> AppResult<Vec<Outcome>> {
    let mut sitting_ids: Vec<_> = batches.iter().map(|batch| batch.sitting_id).collect();
    sitting_ids.sort_unstable();
    sitting_ids.dedup();
    fill_up(&mut sitting_ids);
    let keys = keys(batches);
    cx.db
        .write_journal(async |tx| {
            let sittings = sittings::lock_sittings(tx, &sitting_ids).await?;
            let sittings: HashMap<_, _> = sittings.into_iter().map(|sitting| (sitting.id, sitting)).collect();
            let stored = store::find_links(tx, &keys).await?;
            let links = stored.into_iter().map(|stored| (stored.key, stored.link)).collect();
            let begun = begun(tx, &sittings, batches).await?;
            let mut judgement = Judgement { items, links, begun, rows: Vec::new() };
            let mut outcomes = Vec::with_capacity(batches.len());
            for batch in batches {
                let sitting = sittings.get(&batch.sitting_id).filter(|sitting| sitting.account_id == batch.account_id);
                outcomes.push(match sitting {
                    Some(sitting) => judgement.judge(sitting, batch)?,
                    None => Err(BatchRefusal::NotFound),
                });
            }
            let new = judgement.rows.len() as u64;
            if store::append(tx, judgement.rows).await? != new {
                return Err(AppError::internal("an entry was stored beside the lock of its sitting"));
            }
            Ok(outcomes)
        })
        .await
}

/// What became of one entry: whether it is new, or why it is not taken.
pub(super) type Entered = Result<bool, BatchRefusal>;

/// Judges and stores every entry of one batch on its own, in the transaction that has locked its sitting; what became of
/// each, by epoch and number.
pub(super) async fn write_each(
    conn: &impl ConnectionTrait,
    items: &PaperItems,
    sitting: &SittingFacts,
    batch: &Batch,
) -> AppResult<Vec<Entered>> {
    let begun = begun(conn, &HashMap::from([(sitting.id, sitting.clone())]), &[batch]).await?;
    let mut judgement = Judgement { items, links: HashMap::new(), begun, rows: Vec::new() };
    let mut entries: Vec<&JournalEntry> = batch.entries.iter().collect();
    entries.sort_by_key(|entry| (entry.epoch, entry.seq));
    let mut entered = Vec::with_capacity(entries.len());
    for some in entries.chunks(AT_ONCE) {
        let stored = store::find_links(conn, &keys_of(some.iter().map(|entry| (sitting.id, *entry)))).await?;
        judgement.links.extend(stored.into_iter().map(|stored| (stored.key, stored.link)));
        for entry in some {
            entered.push(judgement.judge_entry(sitting, entry, batch.received_at)?);
        }
        store::append(conn, std::mem::take(&mut judgement.rows)).await?;
    }
    Ok(entered)
}

/// Every entry of the batches and the one before it.
fn keys(batches: &[&Batch]) -> Vec<Key> {
    keys_of(batches.iter().flat_map(|batch| batch.entries.iter().map(|entry| (batch.sitting_id, entry))))
}

fn keys_of<'a>(entries: impl Iterator<Item = (SittingId, &'a JournalEntry)>) -> Vec<Key> {
    let mut keys: Vec<_> = entries
        .flat_map(|(id, entry)| [(id, entry.epoch, entry.seq), (id, entry.epoch, entry.seq.saturating_sub(1))])
        .filter(|(_, _, seq)| *seq > 0)
        .collect();
    keys.sort_unstable();
    keys.dedup();
    fill_up(&mut keys);
    keys
}

/// When the older epochs began of which something is among the batches; nothing is asked if it is of the newest alone.
async fn begun(
    conn: &impl ConnectionTrait,
    sittings: &HashMap<SittingId, SittingFacts>,
    batches: &[&Batch],
) -> AppResult<HashMap<(SittingId, u32), Timestamp>> {
    let older = batches.iter().filter(|batch| {
        let newest = sittings.get(&batch.sitting_id).map_or(0, |sitting| sitting.epoch);
        batch.entries.iter().any(|entry| entry.epoch < newest)
    });
    let ids: Vec<SittingId> = older.map(|batch| batch.sitting_id).collect();
    if ids.is_empty() { Ok(HashMap::new()) } else { store::list_superseded(conn, &ids).await }
}

struct Judgement<'a> {
    items: &'a PaperItems,
    /// What is stored, and what this group is about to store.
    links: HashMap<Key, ChainLink>,
    /// When older epochs of these sittings began.
    begun: HashMap<(SittingId, u32), Timestamp>,
    rows: Vec<answer_entry::Model>,
}

impl Judgement<'_> {
    /// Judges a batch. When some entries are refused and others are not, the others are
    /// acknowledged: the device then sends the rest alone and learns why.
    fn judge(&mut self, sitting: &SittingFacts, batch: &Batch) -> AppResult<Outcome> {
        let mut entries: Vec<_> = batch.entries.iter().collect();
        entries.sort_by_key(|entry| (entry.epoch, entry.seq));
        let (mut seqs, mut refusal) = (Vec::with_capacity(entries.len()), None);
        for entry in entries {
            match self.judge_entry(sitting, entry, batch.received_at)? {
                Ok(_) => seqs.push(entry.seq),
                Err(refused) => refusal = refusal.or(Some(refused)),
            }
        }
        seqs.dedup();
        Ok(match refusal {
            Some(refusal) if seqs.is_empty() => Err(refusal),
            _ => Ok(Acked { seqs, deadline: sitting.told_deadline(batch.received_at), epoch: sitting.epoch }),
        })
    }

    fn judge_entry(
        &mut self,
        sitting: &SittingFacts,
        entry: &JournalEntry,
        received_at: Timestamp,
    ) -> AppResult<Entered> {
        let (id, rules) = (sitting.id, sitting.rules.delivery());
        let key = (id, entry.epoch, entry.seq);
        let previous = self.links.get(&(id, entry.epoch, entry.seq.saturating_sub(1)));
        let facts = ArrivalFacts {
            sitting_id: id,
            sitting: Judged {
                epoch: sitting.epoch,
                deadline: sitting.told_deadline(received_at),
                closed: sitting.closed(),
            },
            // Of an epoch of which nobody noted when it began, the present one began later: the stricter proof.
            epoch_opened_at: self
                .begun
                .get(&(id, entry.epoch))
                .copied()
                .or(sitting.epoch_opened_at)
                .unwrap_or(received_at),
            part_closes_at: self
                .items
                .closing_minutes(id, entry.item_id)
                .map(|minutes| sitting.part_closes_at(minutes, received_at)),
            received_at,
        };
        let (verdict, link) = match judge_arrival(&facts, entry, self.links.get(&key), previous, &rules) {
            Ok(Arrival::Repeat) => return Ok(Ok(false)),
            Ok(Arrival::New { verdict, link, is_chain_broken }) => {
                if is_chain_broken {
                    metrics::counter!("answers.broken_chain").increment(1);
                }
                (verdict, link)
            }
            Err(refusal) => return Ok(Err(refusal.into())),
        };
        if sitting.epoch == 0 || sitting.state != ExamSessionState::Armed {
            return Ok(Err(BatchRefusal::WrongState));
        }
        if !self.items.has(id, entry.item_id) {
            return Ok(Err(BatchRefusal::UnknownItem { seq: entry.seq }));
        }
        self.rows.push(answer_entry::Model {
            sitting_id: id,
            epoch: store::to_i32(entry.epoch)?,
            seq: store::to_i64(entry.seq)?,
            item_id: entry.item_id,
            response: serde_json::to_string(&entry.response).map_err(AppError::internal)?,
            monotonic_ms: store::to_i64(entry.monotonic_ms)?,
            hash: link.hash.clone(),
            verdict: verdict.as_str().to_owned(),
            received_at,
        });
        self.links.insert(key, link);
        Ok(Ok(true))
    }
}
