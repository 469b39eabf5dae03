//! Checks of rosters as a file.

use super::{list, routes::CheckQuery};
use crate::{
    access::{Actor, actions, authorize_where_held},
    exports::{self, Cell, Filter, List, named, worded},
    platform::{Services, error::AppResult, words::day},
};
use actix_web::HttpResponse;
use shared::{
    organisation::DivisionCode,
    page::{MAX_PAGE_ROWS, Page, PageQuery},
    roster::{RosterCheckState, RosterCheckView},
    work::CheckWait,
};

/// Which list it is.
const LIST: &str = "roster_checks";
/// Its columns.
const COLUMNS: [&str; 9] =
    ["listed_in", "persons", "sample", "found", "wrong", "state", "confirmed_by", "confirmed_on", "decided_by"];

actions! {
    /// Take a list of checks away as a file.
    ExportChecks(&'static str) = ReadRoster;
}

/// The checks of a list, as a file.
///
/// # Errors
/// Those of [`list`], and `export-too-long`.
pub(super) async fn export(cx: &Services, actor: &Actor, wanted: &CheckQuery) -> AppResult<HttpResponse> {
    let permit = authorize_where_held::<ExportChecks>(actor, LIST)?;
    let filter = Filter::default()
        .and("waits", worded("roster.check_waits", wanted.waits.map(CheckWait::as_str)))
        .and("division", exports::division(cx, wanted.division.as_ref().map(DivisionCode::as_str)).await?)
        .and("provider_id", exports::school(cx, wanted.provider_id).await?)
        .and("state", worded("roster.check", wanted.state.map(RosterCheckState::as_str)));
    exports::take(cx, &permit, List::new(LIST, &COLUMNS, filter), async |cursor| {
        let of_page = PageQuery { cursor, limit: Some(MAX_PAGE_ROWS) };
        let page = list(cx, actor, (wanted, &of_page)).await?;
        Ok(Page { items: page.items.into_iter().map(row).collect(), next_cursor: page.next_cursor })
    })
    .await
}

fn row(check: RosterCheckView) -> Vec<Cell> {
    vec![
        check.place_name.into(),
        check.on_roster.into(),
        check.sample_size.into(),
        check.found.into(),
        check.wrong.into(),
        named("roster.check", Some(check.state.as_str())),
        check.confirmed_by_name.into(),
        day(check.confirmed_at).into(),
        check.decided_by_name.into(),
    ]
}
