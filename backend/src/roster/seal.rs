//! What of a list and of a roster is sealed: everything in which somebody may have written a number.

use super::sheet::{SheetError, Vault};
use crate::platform::{
    Services,
    error::{AppError, AppResult},
    sealed::{LARGE_ROWS, SMALL_ROWS, SealedColumn},
};
use serde::{Serialize, de::DeserializeOwned};
use shared::ids::{RosterBatchId, RosterEntryId, RosterUploadId, VisitId};
use std::fmt::Display;

/// Where a sealed value stands: a table and the key of a row.
pub(super) struct Cell<K>(pub(super) &'static str, pub(super) K);

impl<K: Display> Cell<K> {
    fn bound_to(&self) -> String {
        format!("{} {}", self.0, self.1)
    }
}

/// What a part of a file is sealed for. The first is what a list of one piece was sealed for.
pub(super) fn file_part(id: RosterBatchId, part: i32) -> Cell<String> {
    Cell("roster_file", if part == 0 { id.to_string() } else { format!("{id} {part}") })
}

/// What a part of a list on its way in is sealed for.
pub(super) fn upload_part(id: RosterUploadId, part: i32) -> Cell<String> {
    Cell("roster_upload_part", format!("{id} {part}"))
}

/// Everything of lists and of the roster that is sealed.
pub const SEALED: &[SealedColumn] = &[
    SealedColumn {
        table: "roster_file_part",
        name: "content",
        id: "batch_id",
        number: Some("part"),
        bound_to: |row| file_part(RosterBatchId(row.id), row.number).bound_to(),
        open_len: None,
        rows: LARGE_ROWS,
    },
    SealedColumn {
        table: "roster_upload_part",
        name: "content",
        id: "upload_id",
        number: Some("part"),
        bound_to: |row| upload_part(RosterUploadId(row.id), row.number).bound_to(),
        open_len: None,
        rows: LARGE_ROWS,
    },
    SealedColumn {
        table: "roster_faulty_row",
        name: "content",
        id: "batch_id",
        number: Some("row"),
        bound_to: |row| Cell("roster_faulty_row", format!("{} {}", RosterBatchId(row.id), row.number)).bound_to(),
        open_len: None,
        rows: SMALL_ROWS,
    },
    SealedColumn {
        table: "roster_entry",
        name: "details",
        id: "id",
        number: None,
        bound_to: |row| Cell("roster_entry", RosterEntryId(row.id)).bound_to(),
        open_len: None,
        rows: SMALL_ROWS,
    },
    SealedColumn {
        table: "roster_visit",
        name: "content",
        id: "id",
        number: None,
        bound_to: |row| Cell("roster_visit", VisitId(row.id)).bound_to(),
        open_len: None,
        rows: SMALL_ROWS,
    },
    SealedColumn {
        table: "roster_step",
        name: "reason",
        id: "entry_id",
        number: Some("seq"),
        bound_to: |row| Cell("roster_step", format!("{} {}", RosterEntryId(row.id), row.number)).bound_to(),
        open_len: None,
        rows: SMALL_ROWS,
    },
    SealedColumn {
        table: "roster_correction",
        name: "content",
        id: "entry_id",
        number: Some("seq"),
        bound_to: |row| Cell("roster_correction", format!("{} {}", RosterEntryId(row.id), row.number)).bound_to(),
        open_len: None,
        rows: SMALL_ROWS,
    },
];

/// Seals what of a list is put aside while it is read. It lies in a file without a name, which ends with the reading.
pub(super) struct Aside<'a>(pub(super) &'a Services);

impl Vault for Aside<'_> {
    fn close(&self, block: usize, plain: &[u8]) -> Result<Vec<u8>, SheetError> {
        seal_bytes(self.0, &Cell("roster_aside", block), plain).map_err(|_| SheetError::Failed)
    }

    fn open(&self, block: usize, sealed: &[u8]) -> Result<Vec<u8>, SheetError> {
        open_bytes(self.0, &Cell("roster_aside", block), sealed).map_err(|_| SheetError::Failed)
    }
}

pub(super) fn seal_bytes(cx: &Services, cell: &Cell<impl Display>, plain: &[u8]) -> AppResult<Vec<u8>> {
    cx.keys.fields.seal_bytes(&cell.bound_to(), plain, &*cx.ids)
}

pub(super) fn open_bytes(cx: &Services, cell: &Cell<impl Display>, sealed: &[u8]) -> AppResult<Vec<u8>> {
    cx.keys.fields.open_bytes(&cell.bound_to(), sealed)
}

pub(super) fn seal<T: Serialize>(cx: &Services, cell: &Cell<impl Display>, value: &T) -> AppResult<Vec<u8>> {
    seal_bytes(cx, cell, &serde_json::to_vec(value).map_err(AppError::internal)?)
}

pub(super) fn open<T: DeserializeOwned>(cx: &Services, cell: &Cell<impl Display>, sealed: &[u8]) -> AppResult<T> {
    serde_json::from_slice(&open_bytes(cx, cell, sealed)?).map_err(AppError::internal)
}
