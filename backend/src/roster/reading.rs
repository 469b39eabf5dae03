//! Rows become persons and entries, ready to be stored: read, judged and sealed away from the store.

use super::{
    entity::{roster_batch, roster_entry},
    seal::{Aside, Cell, seal},
    sheet::{OwnedCell, Row, SheetError, Source, read_rows},
};
use crate::{
    people::{self, SealedPerson},
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use serde::{Deserialize, Serialize};
use shared::{
    organisation::{DivisionCode, Gazetteer},
    people::CheckedPerson,
    rights::Place,
    roster::{
        Cell as ReadCell, ColumnMapping, EntryDetails, ImportContext, RosterFacts, RosterField, RosterRow, RowFault,
        RowRefusal, SeenDocuments, is_blank, read_row, roster_status,
    },
    time::Timestamp,
};
use std::ops::ControlFlow;

/// Good rows that one transaction takes, and rows that are not taken: so many that the pages of indexes to which they
/// are added in no order are written once for all of them, and so few that others who write wait a tenth of a second.
const CHUNK: usize = 2048;

/// Bytes of texts from which on a transaction takes no further row: rows that are not taken are kept as they stand.
const CHUNK_BYTES: usize = 8 * 1024 * 1024;

/// What reading a list depends on.
pub(super) struct Plan {
    pub(super) batch: roster_batch::Model,
    pub(super) mapping: ColumnMapping,
    pub(super) place: Place,
    pub(super) home: DivisionCode,
    pub(super) gazetteer: Gazetteer,
    pub(super) now: Timestamp,
}

/// Rows that are stored together.
pub(super) struct Chunk {
    pub(super) last_row: u32,
    pub(super) good: Vec<GoodRow>,
    pub(super) faulty: Vec<(u32, FaultyCells)>,
    bytes: usize,
}

/// A row with a person who is to be on the roster.
pub(super) struct GoodRow {
    pub(super) row: u32,
    pub(super) person: SealedPerson,
    /// Of the person as a new one: only the store knows whether they are.
    pub(super) entry: roster_entry::Model,
    /// What the row becomes if another place keeps the person.
    pub(super) elsewhere: FaultyCells,
}

/// A row that was not taken: what stands in it, for the correction file, and what is wrong.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct FaultyCells {
    pub(super) cells: Vec<String>,
    pub(super) faults: Vec<RowRefusal>,
}

/// Reads a list from after the last row that was taken, and hands it over in chunks until nobody wants
/// more. Rows that were taken before are looked at once more: a document may stand in one of them and
/// in one that is still to come.
///
/// # Errors
/// If the file cannot be read, or a field cannot be sealed.
pub(super) fn read_list(
    cx: &Services,
    plan: &Plan,
    file: &mut impl Source,
    mut hand_over: impl FnMut(Chunk) -> ControlFlow<()>,
) -> AppResult<()> {
    let context = ImportContext {
        today: plan.now.date_in_china(),
        home: plan.home,
        default_residence: plan.gazetteer.is_innermost(plan.home).then_some(plan.home),
        gazetteer: &plan.gazetteer,
    };
    let header_row = u32::try_from(plan.batch.header_row).map_err(AppError::internal)?;
    let taken = u32::try_from(plan.batch.last_row).map_err(AppError::internal)?;
    let (mut seen, mut chunk, mut failure) = (SeenDocuments::default(), Chunk::new(taken), None);
    let read = read_rows(file, &Aside(cx), |(row, cells)| {
        if row <= header_row {
            return ControlFlow::Continue(());
        }
        let judged = judge((row, &cells), plan, &context, &mut seen);
        if row <= taken {
            return ControlFlow::Continue(());
        }
        chunk.last_row = row;
        if let Some(judged) = judged
            && let Err(error) = chunk.put(cx, plan, (row, cells), judged)
        {
            failure = Some(error);
            return ControlFlow::Break(());
        }
        if chunk.has_room() {
            return ControlFlow::Continue(());
        }
        hand_over(std::mem::replace(&mut chunk, Chunk::new(row)))
    });
    read.map_err(SheetError::refusal)?;
    if let Some(error) = failure {
        return Err(error);
    }
    let _ = hand_over(chunk);
    Ok(())
}

/// What a row says; `None` if it says nothing.
fn judge(
    (row, cells): (u32, &[OwnedCell]),
    plan: &Plan,
    context: &ImportContext<'_>,
    seen: &mut SeenDocuments,
) -> Option<Result<RosterRow, Vec<RowRefusal>>> {
    let cells: Vec<ReadCell<'_>> =
        cells.iter().map(|cell| ReadCell { text: &cell.text, is_number: cell.is_number }).collect();
    if is_blank(&cells) {
        return None;
    }
    let judged = read_row(&cells, &plan.mapping, context).and_then(|read| {
        if let Some(earlier) = seen.earlier_row(&read.document, row) {
            return Err(vec![RowRefusal::duplicate(read.document.reveal(), earlier)]);
        }
        if read.birth_date.is_none() {
            return Err(vec![RowRefusal::new(RosterField::BirthDate, RowFault::Required, "")]);
        }
        Ok(read)
    });
    Some(judged)
}

impl Chunk {
    const fn new(last_row: u32) -> Self {
        Self { last_row, good: Vec::new(), faulty: Vec::new(), bytes: 0 }
    }

    const fn has_room(&self) -> bool {
        self.good.len() < CHUNK && self.faulty.len() < CHUNK && self.bytes < CHUNK_BYTES
    }

    fn put(
        &mut self,
        cx: &Services,
        plan: &Plan,
        (row, cells): Row,
        judged: Result<RosterRow, Vec<RowRefusal>>,
    ) -> AppResult<()> {
        let cells: Vec<_> = cells.into_iter().map(|cell| cell.text).collect();
        self.bytes += cells.iter().map(String::len).sum::<usize>();
        match judged {
            Ok(read) => self.good.push(good_row(cx, plan, (row, cells), read)?),
            Err(faults) => self.faulty.push((row, FaultyCells { cells, faults })),
        }
        Ok(())
    }
}

impl GoodRow {
    /// What the row becomes if somebody of another name holds the document. That name is not told.
    pub(super) fn under_another_name(&self) -> FaultyCells {
        let refusal = RowRefusal::new(RosterField::Name, RowFault::NameDiffers, &self.entry.name);
        FaultyCells { cells: self.elsewhere.cells.clone(), faults: vec![refusal] }
    }
}

fn good_row(cx: &Services, plan: &Plan, (row, cells): (u32, Vec<String>), read: RosterRow) -> AppResult<GoodRow> {
    let refusal = RowRefusal::new(RosterField::DocumentNumber, RowFault::KeptElsewhere, read.document.reveal());
    let RosterRow { name, document, birth_date, sex, residence_division, mut details } = read;
    let birth_date = birth_date.ok_or_else(|| AppError::internal("a row without a birth date was taken"))?;
    let checked = CheckedPerson {
        name: name.clone(),
        document,
        birth_date,
        sex,
        phone: details.phone.take(),
        // What the list does not tell stays unknown.
        household_division: details.household.division.map(|code| code.to_string()).unwrap_or_default(),
        residence_division: residence_division.to_string(),
    };
    let person = people::seal(cx, &checked, &plan.place, Some(plan.batch.uploaded_by), plan.now)?;
    let (id, listed_intent) = (cx.ids.new_id(), details.upgrade_intent);
    let (education_level, study_route) = (details.education_level, details.study_route);
    let is_residence_registered = is_registered(details.household.division, residence_division);
    let details = EntryDetails { is_residence_registered, ..EntryDetails::from(details) };
    let intent = listed_intent.map(|intent| intent.as_str().to_owned());
    let status = roster_status(&RosterFacts { listed_intent, ..RosterFacts::default() });
    let entry = roster_entry::Model {
        id,
        version: 1,
        person_id: person.id(),
        division: plan.batch.division.clone(),
        provider_id: plan.batch.provider_id,
        batch_id: plan.batch.id,
        name_key: name.as_bytes().to_vec(),
        name,
        residence_division: residence_division.to_string(),
        sex: sex.map(|sex| sex.as_str().to_owned()),
        birth_date: Some(birth_date.to_string()),
        education_level: education_level.map(|level| level.code().to_owned()),
        listed_intent: intent.clone(),
        intent,
        study_route: study_route.map(|route| route.as_str().to_owned()),
        details: seal(cx, &Cell("roster_entry", id), &details)?,
        surveyor_id: None,
        state: status.state.as_str().to_owned(),
        is_unassigned: status.state.awaits_visit(),
        created_at: plan.now,
        set_aside_at: None,
        former_division: None,
    };
    Ok(GoodRow { row, person, entry, elsewhere: FaultyCells { cells, faults: vec![refusal] } })
}

/// Whether somebody lives where they are registered, if the list says so exactly enough.
fn is_registered(household: Option<DivisionCode>, residence: DivisionCode) -> Option<bool> {
    household.filter(|code| *code == residence || !code.contains(&residence)).map(|code| code == residence)
}
