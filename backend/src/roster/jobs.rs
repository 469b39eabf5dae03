//! The import of a list, as a job: chunk by chunk, each once, whatever breaks in between.

use super::{
    entity::{roster_batch, roster_entry, roster_faulty_row},
    feed::Feed,
    learners::restate_learners,
    place::{columns, place_of_batch},
    reading::{Chunk, Plan, read_list},
    seal::{Cell, seal},
    store,
    upload::{ImportRoster, report},
};
use crate::{
    access::Permit,
    organisation,
    people::{self, Added},
    platform::{
        Services,
        db::Tx,
        error::{AppError, AppResult},
        jobs::{self, Run, Step, Work},
    },
};
use actix_web::rt::task::spawn_blocking;
use serde::{Deserialize, Serialize};
use shared::{
    ids::{JobId, PersonId, RosterBatchId},
    problem::{FieldError, ProblemCode},
    roster::{BatchState, ImportList, ImportReport},
};
use std::ops::ControlFlow;
use tokio::sync::mpsc;

/// Chunks that wait for the store while the next is read.
const CHUNKS_AHEAD: usize = 2;

/// Takes the rows of a list. What it brings is an [`ImportReport`].
pub struct ImportRows;

/// What [`ImportRows`] is about.
#[derive(Serialize, Deserialize)]
pub struct ListToImport {
    batch_id: RosterBatchId,
}

/// Asks for [`ImportRows`] with the columns that somebody confirmed. Repeating it goes on with what is
/// left.
///
/// # Errors
/// The columns that are wrong; `wrong-state` if every row was read.
pub(super) async fn ask_to_import(
    cx: &Services,
    permit: &Permit<ImportRoster>,
    wanted: &ImportList,
) -> AppResult<JobId> {
    let (batch_id, id) = (*permit.target(), cx.ids.new_id());
    let gazetteer = organisation::gazetteer(cx).await?;
    cx.db
        .write(permit, async |tx| {
            let batch = store::lock_batch(tx.conn(), batch_id).await?;
            if batch.state == BatchState::Imported.as_str() {
                return Err(AppError::Problem(ProblemCode::WrongState));
            }
            // Rows that were taken were read by the columns that were confirmed then.
            if batch.state == BatchState::Uploaded.as_str() {
                let headers: Vec<String> = serde_json::from_str(&batch.headers).map_err(AppError::internal)?;
                let (home, _) = columns(&place_of_batch(&batch))?;
                let wrong = wanted.mapping.check(headers.len(), !gazetteer.is_innermost(home));
                if !wrong.is_empty() {
                    let below = |error: FieldError| FieldError::new(format!("/mapping{}", error.pointer), error.code);
                    return Err(AppError::Invalid(wrong.into_iter().map(below).collect()));
                }
                let mapping = serde_json::to_string(&wanted.mapping).map_err(AppError::internal)?;
                store::begin_import(tx.conn(), batch_id, mapping, wanted.legal_basis).await?;
                tx.note("legal_basis", wanted.legal_basis.as_str());
            }
            jobs::ask::<ImportRows>(tx, id, permit, &ListToImport { batch_id }).await
        })
        .await
}

impl Work for ImportRows {
    type Input = ListToImport;
    const KIND: &'static str = "import_roster";

    async fn run(cx: Services, run: Run, input: ListToImport) -> AppResult<Step> {
        let permit = Permit::<ImportRoster>::of_asker(&run, input.batch_id)?;
        let batch = store::find_batch(cx.db.read(), input.batch_id).await?.ok_or_else(AppError::not_found)?;
        if batch.state == BatchState::Imported.as_str() {
            return Ok(Step::Done);
        }
        let rows = u32::try_from(batch.rows).map_err(AppError::internal)?;
        let mut import = Import { cx: &cx, run: &run, report: report(&batch), rows, batch: &batch };
        let mut chunks = read_ahead(&cx, &batch).await?;
        while let Some(chunk) = chunks.recv().await {
            let chunk = chunk?;
            import.report = cx.db.write(&permit, async |tx| import.take(tx, &chunk).await).await?;
        }
        cx.db.write(&permit, async |tx| import.finish(tx).await).await?;
        Ok(Step::Done)
    }
}

/// Reads a list on a thread of its own, no further ahead than the store follows: whatever the size of
/// the list, a few chunks are in memory, and a few parts of its file unless an old program wrote it.
#[expect(clippy::disallowed_methods, reason = "it ends when the run no longer takes what it reads")]
async fn read_ahead(cx: &Services, batch: &roster_batch::Model) -> AppResult<mpsc::Receiver<AppResult<Chunk>>> {
    let place = place_of_batch(batch);
    let plan = Plan {
        mapping: serde_json::from_str(&batch.mapping).map_err(AppError::internal)?,
        home: columns(&place)?.0,
        place,
        gazetteer: organisation::gazetteer(cx).await?,
        now: cx.clock.now(),
        batch: batch.clone(),
    };
    let (sender, chunks) = mpsc::channel(CHUNKS_AHEAD);
    let (cx, mut file) = (cx.clone(), Feed::of(cx, batch.id).await?);
    spawn_blocking(move || {
        let read = read_list(&cx, &plan, &mut file, |chunk| match sender.blocking_send(Ok(chunk)) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        });
        if let Err(error) = read.map_err(|error| file.take_failure().unwrap_or(error)) {
            // Nobody waits for it if the run was broken off.
            drop(sender.blocking_send(Err(error)));
        }
    });
    Ok(chunks)
}

/// A running import.
struct Import<'a> {
    cx: &'a Services,
    run: &'a Run,
    batch: &'a roster_batch::Model,
    rows: u32,
    report: ImportReport,
}

impl Import<'_> {
    /// Stores a chunk, and how far the import is then.
    async fn take(&self, tx: &Tx, chunk: &Chunk) -> AppResult<ImportReport> {
        let place = place_of_batch(self.batch);
        let persons: Vec<_> = chunk.good.iter().map(|good| &good.person).collect();
        let added = people::add(tx, &persons, |kept_at| place.contains(kept_at)).await?;
        let names = people::names_within(tx, &already_here(&added)).await?;
        let (mut new, mut known, mut faulty) = (Vec::with_capacity(persons.len()), Vec::new(), Vec::new());
        let mut other_names = Vec::new();
        for (good, added) in chunk.good.iter().zip(added) {
            match added {
                Added::AlreadyHere(holder) if names.get(&holder).is_some_and(|name| *name != good.entry.name) => {
                    other_names.push((good.row, good.under_another_name()));
                }
                Added::AlreadyHere(person_id) => known.push(roster_entry::Model { person_id, ..good.entry.clone() }),
                Added::New(_) => new.push(&good.entry),
                Added::KeptElsewhere => faulty.push((good.row, &good.elsewhere)),
            }
        }
        let entries: Vec<_> = new.into_iter().chain(&known).collect();
        let (on_list, kept_elsewhere) = (entries.len() as u64, faulty.len());
        let inserted = store::insert_entries(tx.conn(), &entries).await?;
        // Nobody who is new is a learner.
        let known: Vec<_> = known.iter().map(|entry| entry.person_id).collect();
        restate_learners(self.cx, tx, &known).await?;
        faulty.extend(chunk.faulty.iter().chain(&other_names).map(|(row, cells)| (*row, cells)));
        let faulty_rows = faulty.into_iter().map(|(row, cells)| {
            let content = seal(self.cx, &Cell("roster_faulty_row", format!("{} {row}", self.batch.id)), cells)?;
            Ok(roster_faulty_row::Model { batch_id: self.batch.id, row: store::to_i32(row)?, content })
        });
        store::insert_faulty_rows(tx.conn(), &faulty_rows.collect::<AppResult<Vec<_>>>()?).await?;
        let report = ImportReport {
            last_row: chunk.last_row,
            added: self.report.added + count(inserted)?,
            already_there: self.report.already_there + count(on_list - inserted)?,
            kept_elsewhere: self.report.kept_elsewhere + count(kept_elsewhere)?,
            faulty: self.report.faulty + count(chunk.faulty.len() + other_names.len())?,
        };
        if !store::save_report(tx.conn(), self.batch.id, self.report.last_row, &report).await? {
            return Err(AppError::Unavailable { reason: format!("list {} is imported by another job", self.batch.id) });
        }
        tx.note("last_row", report.last_row);
        tx.note("added", report.added);
        self.run.save(tx, report.last_row, self.rows, &report).await?;
        Ok(report)
    }

    /// Says that every row was read, and forgets the file.
    async fn finish(&self, tx: &Tx) -> AppResult<()> {
        store::end_import(tx.conn(), self.batch.id, tx.now()).await?;
        tx.note("imported", self.report.last_row);
        self.run.save(tx, self.rows, self.rows, &self.report).await
    }
}

/// Who was there before the list named them.
fn already_here(added: &[Added]) -> Vec<PersonId> {
    let holder = |added: &Added| match added {
        Added::AlreadyHere(holder) => Some(*holder),
        Added::New(_) | Added::KeptElsewhere => None,
    };
    added.iter().filter_map(holder).collect()
}

fn count(number: impl TryInto<u32, Error = std::num::TryFromIntError>) -> AppResult<u32> {
    number.try_into().map_err(AppError::internal)
}
