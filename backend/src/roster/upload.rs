//! A survey list comes in: what its columns seem to hold, and what they were confirmed to hold last time.

mod export;

pub(super) use export::export;

use super::{
    entity::roster_batch,
    feed,
    jobs::ask_to_import,
    parts,
    place::{columns, place_of_batch, seen, stated, within},
    seal::Aside,
    sheet::{Row, SheetError, read_rows},
    store,
    work::waiting_lists,
};
use crate::{
    access::{Actor, Permit, Scope, actions, authorize, lies_in},
    organisation,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::{IdempotencyKey, decode_cursor, once, page},
        texts::{Language, text},
    },
};
use actix_web::web::{Bytes, block};
use sea_orm::ColumnTrait;
use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use shared::{
    ids::{JobId, ProviderId, RosterBatchId, RosterUploadId},
    organisation::DivisionCode,
    page::{MAX_PAGE_ROWS, Page, PageQuery},
    person::mask_numbers,
    rights::{Place, Right},
    roster::{
        BatchState, BatchView, ColumnMapping, ColumnProposal, ImportList, ImportReport, LegalBasis, UploadedList,
        find_header_row, headers_digest, propose_columns,
    },
    work::ListWait,
};
use std::{io::Cursor, ops::ControlFlow};

/// Rows among which the headers are looked for.
const TOP_ROWS: usize = 30;
/// Characters of a file's name or of a header that are kept.
const MAX_LABEL_CHARS: usize = 100;

actions! {
    /// Upload a survey list and import it.
    ImportRoster(RosterBatchId) = ImportRoster;
}

/// What stands beside the file.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub(super) struct UploadQuery {
    /// The division whose roster it is for.
    division: Option<String>,
    /// The school whose roster it is for, if it is one's.
    provider_id: Option<ProviderId>,
    /// What the file is called.
    file_name: Option<String>,
    /// The upload whose parts are the file, if it came in parts; then the body is empty.
    upload_id: Option<RosterUploadId>,
    /// How many parts it has.
    parts: Option<u16>,
}

impl UploadQuery {
    /// The upload, and how many parts it has, if the file came in parts.
    pub(super) fn in_parts(&self) -> Option<(RosterUploadId, u16)> {
        self.upload_id.zip(self.parts)
    }
}

/// Lets the actor upload a list, before the list itself is read.
///
/// # Errors
/// `forbidden`, or the field that names no place.
pub(super) async fn permit_upload(
    cx: &Services,
    actor: &Actor,
    query: &UploadQuery,
) -> AppResult<(Permit<ImportRoster>, Place)> {
    Scope::of(actor, Right::ImportRoster)?;
    let place = stated(cx, query.division.as_deref(), query.provider_id).await?;
    Ok((authorize(actor, cx.ids.new_id(), &place)?, place))
}

/// Keeps a list until its columns are confirmed. A repeat with the same key finds the list of the first time.
///
/// # Errors
/// The field `/file` if it is no list.
pub(super) async fn upload(
    cx: &Services,
    permit: &Permit<ImportRoster>,
    key: &IdempotencyKey,
    (place, query): (&Place, &UploadQuery),
    bytes: Bytes,
) -> AppResult<UploadedList> {
    let (division, provider_id) = columns(place)?;
    let (file, services, id) = (bytes.clone(), cx.clone(), *permit.target());
    let read = block(move || look(&services, &file)).await.map_err(AppError::internal)?;
    let (top, rows) = read.map_err(SheetError::refusal)?;
    let texts: Vec<Vec<&str>> =
        top.iter().map(|(_, cells)| cells.iter().map(|cell| cell.text.as_str()).collect()).collect();
    let header = find_header_row(&texts).ok_or_else(|| AppError::field("/file", "no-header-row"))?;
    let (header_row, headers) = (top[header].0, &texts[header]);
    // A correction file is known by the headers of the list that it corrects.
    let digest = headers_digest(&headers.iter().filter(|header| !is_ours(header)).collect::<Vec<_>>());
    let headers: Vec<String> = headers.iter().map(|header| label(header)).collect();
    let (proposal, is_remembered) = understand(cx, &headers, &digest, place).await?;
    let row = roster_batch::Model {
        id,
        division: division.to_string(),
        provider_id,
        file_name: label(query.file_name.as_deref().unwrap_or_default()),
        file_digest: hex::encode(Sha256::digest(&bytes)),
        headers_digest: digest,
        headers: serde_json::to_string(&headers).map_err(AppError::internal)?,
        header_row: store::to_i32(header_row)?,
        mapping: serde_json::to_string(&proposal.mapping).map_err(AppError::internal)?,
        state: BatchState::Uploaded.as_str().to_owned(),
        rows: store::to_i32(rows)?,
        last_row: store::to_i32(header_row)?,
        added: 0,
        already_there: 0,
        kept_elsewhere: 0,
        faulty: 0,
        legal_basis: LegalBasis::usual().as_str().to_owned(),
        uploaded_by: permit.person()?,
        uploaded_at: cx.clock.now(),
        imported_at: None,
    };
    let request = (&row.division, row.provider_id, &row.file_name, &row.file_digest);
    let uploaded = UploadedList { batch: view(&row)?, header_row, headers, proposal, is_remembered };
    cx.db
        .write(permit, async |tx| {
            once(tx, row.uploaded_by, key, &("roster_batch", request), async || {
                tx.note("uploaded", row.file_digest.clone());
                store::insert_batch(tx.conn(), row.clone()).await?;
                feed::keep(cx, tx, id, &bytes).await?;
                parts::forget_old(tx).await?;
                Ok(uploaded.clone())
            })
            .await
        })
        .await
}

/// Uploads a list for a division, and asks for its import by what its columns seem to hold.
///
/// # Errors
/// `forbidden`, the field `/file` if it is no list, or a column that is not found in it.
pub async fn take(cx: &Services, actor: &Actor, division: &str, file_name: &str, bytes: Bytes) -> AppResult<JobId> {
    let query = UploadQuery {
        division: Some(division.to_owned()),
        provider_id: None,
        file_name: Some(file_name.to_owned()),
        upload_id: None,
        parts: None,
    };
    let (permit, place) = permit_upload(cx, actor, &query).await?;
    let uploaded = upload(cx, &permit, &IdempotencyKey(None), (&place, &query), bytes).await?;
    let wanted = ImportList { mapping: uploaded.proposal.mapping, legal_basis: LegalBasis::usual() };
    ask_to_import(cx, &permit, &wanted).await
}

/// What the columns of a list seem to hold, or were confirmed to hold the last time that a list of this
/// place had these headers; and whether they were.
async fn understand(
    cx: &Services,
    headers: &[String],
    digest: &str,
    place: &Place,
) -> AppResult<(ColumnProposal, bool)> {
    let (division, provider_id) = columns(place)?;
    let needs_residence = !organisation::gazetteer(cx).await?.is_innermost(division);
    let proposal = propose_columns(headers, needs_residence);
    let Some(mapping) = store::find_mapping(cx.db.read(), digest, division, provider_id).await? else {
        return Ok((proposal, false));
    };
    let mapping: ColumnMapping = serde_json::from_str(&mapping).map_err(AppError::internal)?;
    Ok((ColumnProposal { mapping, not_understood: proposal.not_understood, ..ColumnProposal::default() }, true))
}

/// The columns of an uploaded list once more.
///
/// # Errors
/// If the store fails.
pub(super) async fn look_again(cx: &Services, batch: &roster_batch::Model) -> AppResult<UploadedList> {
    let headers: Vec<String> = serde_json::from_str(&batch.headers).map_err(AppError::internal)?;
    let place = place_of_batch(batch);
    let (proposal, is_remembered) = understand(cx, &headers, &batch.headers_digest, &place).await?;
    let header_row = u32::try_from(batch.header_row).map_err(AppError::internal)?;
    Ok(UploadedList { batch: view(batch)?, header_row, headers, proposal, is_remembered })
}

/// The first rows, and the number of the last one. The whole file is read, so that one which breaks off
/// is refused before anything of it is taken.
fn look(cx: &Services, bytes: &[u8]) -> Result<(Vec<Row>, u32), SheetError> {
    let (mut top, mut last) = (Vec::with_capacity(TOP_ROWS), 0);
    read_rows(&mut Cursor::new(bytes), &Aside(cx), |row| {
        last = row.0;
        if top.len() < TOP_ROWS {
            top.push(row);
        }
        ControlFlow::Continue(())
    })?;
    Ok((top, last))
}

/// Whether a header is the one that a correction file adds.
fn is_ours(header: &str) -> bool {
    let ours = |language| text(language, "roster.what-is-wrong", &Value::Null);
    [Language::Chinese, Language::English].into_iter().any(|language| ours(language) == header.trim())
}

fn label(text: &str) -> String {
    mask_numbers(text.trim()).chars().take(MAX_LABEL_CHARS).collect()
}

/// A list that the actor may see.
///
/// # Errors
/// `not-found`.
pub(super) async fn visible(cx: &Services, actor: &Actor, id: RosterBatchId) -> AppResult<roster_batch::Model> {
    seen(actor, store::find_batch(cx.db.read(), id).await?, place_of_batch)
}

/// Which lists are shown.
#[derive(Clone, Debug, Deserialize, utoipa::IntoParams)]
pub(super) struct BatchQuery {
    /// The division whose roster they are for, at any level.
    #[param(value_type = Option<String>)]
    pub(super) division: Option<DivisionCode>,
    /// The school whose roster they are for.
    pub(super) provider_id: Option<ProviderId>,
    /// Where they stand.
    pub(super) state: Option<BatchState>,
    /// Only those that wait for the actor to do this.
    waits: Option<ListWait>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// Rows wanted; at most 200, 50 unless told.
    limit: Option<u16>,
}

impl BatchQuery {
    /// The same lists, from a cursor on, as many as one page has.
    pub(super) fn from(&self, cursor: Option<String>) -> Self {
        Self { cursor, limit: Some(MAX_PAGE_ROWS), ..self.clone() }
    }

    /// What the lists wait for, if only such are asked for.
    pub(super) const fn waits(&self) -> Option<ListWait> {
        self.waits
    }
}

/// Lists at the places of the actor's roles, the newest first.
///
/// # Errors
/// `forbidden` if there is no such place.
pub(super) async fn list(cx: &Services, actor: &Actor, query: BatchQuery) -> AppResult<Page<BatchView>> {
    use roster_batch::Column::{Division, ProviderId, State};
    let within = match query.waits {
        Some(wait) => waiting_lists(actor, wait)?,
        None => within(actor, Right::ReadRoster, Division, ProviderId)?,
    };
    let within = within
        .add_option(query.division.map(|code| lies_in(Division, code)))
        .add_option(query.provider_id.map(|id| ProviderId.eq(id)))
        .add_option(query.state.map(|state| State.eq(state.as_str())));
    let of_page = PageQuery { cursor: query.cursor, limit: query.limit };
    let rows = store::list_batches(cx.db.read(), within, decode_cursor(&of_page)?, of_page.rows() + 1).await?;
    let found = page(rows, &of_page, |row| row.id);
    let items = found.items.iter().map(view).collect::<AppResult<_>>()?;
    Ok(Page { items, next_cursor: found.next_cursor })
}

/// A list as it is shown.
pub(super) fn view(row: &roster_batch::Model) -> AppResult<BatchView> {
    Ok(BatchView {
        id: row.id,
        file_name: row.file_name.clone(),
        division: row.division.clone(),
        provider_id: row.provider_id,
        state: BatchState::parse(&row.state).ok_or_else(|| AppError::internal("a list in an unknown state"))?,
        rows: u32::try_from(row.rows).map_err(AppError::internal)?,
        legal_basis: LegalBasis::parse(&row.legal_basis)
            .ok_or_else(|| AppError::internal("a list that is kept on an unknown basis"))?,
        report: report(row),
        uploaded_by: row.uploaded_by,
        uploaded_at: row.uploaded_at,
        imported_at: row.imported_at,
    })
}

pub(super) fn report(row: &roster_batch::Model) -> ImportReport {
    let count = |number: i32| u32::try_from(number).unwrap_or_default();
    ImportReport {
        last_row: count(row.last_row),
        added: count(row.added),
        already_there: count(row.already_there),
        kept_elsewhere: count(row.kept_elsewhere),
        faulty: count(row.faulty),
    }
}
