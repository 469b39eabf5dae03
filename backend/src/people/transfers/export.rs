//! Transfers as a file.

use super::{TransferQuery, list};
use crate::{
    access::{Actor, actions, authorize_where_held},
    exports::{self, Cell, Filter, List, Part, named, worded},
    platform::{
        Services,
        error::AppResult,
        words::{day, word},
    },
};
use actix_web::HttpResponse;
use shared::{
    organisation::DivisionCode,
    page::Page,
    people::{TransferState, TransferView},
    person::mask_numbers,
};

/// Which list it is.
const LIST: &str = "person_transfers";
/// Its columns.
const COLUMNS: [&str; 8] = ["name", "from_place", "to_place", "reason", "state", "proposed_on", "decided_on", "answer"];

actions! {
    /// Take a list of transfers away as a file.
    ExportTransfers(&'static str) = TransferPeople;
}

/// The transfers of a list, as a file.
///
/// # Errors
/// Those of [`list`], and `export-too-long`.
pub(in crate::people) async fn export(cx: &Services, actor: &Actor, query: &TransferQuery) -> AppResult<HttpResponse> {
    let permit = authorize_where_held::<ExportTransfers>(actor, LIST)?;
    let waits = || Part { asked: "true".to_owned(), shown: word("exports.waits_answer").to_owned() };
    let filter = Filter::default()
        .and("waits", query.is_of_waiting().then(waits))
        .and("division", exports::division(cx, query.division.as_ref().map(DivisionCode::as_str)).await?)
        .and("provider_id", exports::school(cx, query.provider_id).await?)
        .and("state", worded("people.transfer", query.state.map(TransferState::as_str)));
    exports::take(cx, &permit, List::new(LIST, &COLUMNS, filter), async |cursor| {
        let page = list(cx, actor, query.from(cursor)).await?;
        Ok(Page { items: page.items.into_iter().map(row).collect(), next_cursor: page.next_cursor })
    })
    .await
}

fn row(transfer: TransferView) -> Vec<Cell> {
    vec![
        transfer.name_masked.into(),
        transfer.from_name.into(),
        transfer.to_name.into(),
        mask_numbers(&transfer.reason).into(),
        named("people.transfer", Some(transfer.state.as_str())),
        day(transfer.proposed_at).into(),
        transfer.decided_at.map(day).into(),
        transfer.answer.as_deref().map(mask_numbers).into(),
    ]
}
