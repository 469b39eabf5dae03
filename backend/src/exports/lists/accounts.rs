//! Accounts of staff, as a file.

use crate::{
    access::{Actor, PlaceBook, actions, authorize_where_held},
    exports::{self, Cell, Filter, List, named, worded},
    identity::{self, AccountsQuery},
    platform::{
        Services,
        error::AppResult,
        words::{day, word},
    },
};
use actix_web::HttpResponse;
use shared::{
    identity::{AccountRole, AccountState, AccountView},
    organisation::DivisionCode,
    page::{MAX_PAGE_ROWS, Page, PageQuery},
    rights::GrantState,
};

/// Which list it is.
const LIST: &str = "accounts";
/// Its columns.
const COLUMNS: [&str; 6] = ["name", "account", "roles", "first_password", "second_factor", "created_on"];

actions! {
    /// Take the list of accounts away as a file.
    ExportAccounts(&'static str) = ReadRights;
}

/// The accounts of a list, as a file.
///
/// # Errors
/// `forbidden` if the actor may know of accounts nowhere, and `export-too-long`.
pub(super) async fn export(
    cx: &Services,
    book: &dyn PlaceBook,
    actor: &Actor,
    query: &AccountsQuery,
) -> AppResult<HttpResponse> {
    let permit = authorize_where_held::<ExportAccounts>(actor, LIST)?;
    let filter = Filter::default()
        .and("division", exports::division(cx, query.division.as_ref().map(DivisionCode::as_str)).await?)
        .and("provider_id", exports::school(cx, query.provider_id).await?)
        .and("state", worded("rights.account", query.state.map(AccountState::as_str)))
        .and_text("name", query.text.as_deref());
    exports::take(cx, &permit, List::new(LIST, &COLUMNS, filter), async |cursor| {
        let of_page = PageQuery { cursor, limit: Some(MAX_PAGE_ROWS) };
        let page = identity::accounts_within(cx, book, actor, (query, &of_page)).await?;
        Ok(Page { items: page.items.into_iter().map(row).collect(), next_cursor: page.next_cursor })
    })
    .await
}

fn row(account: AccountView) -> Vec<Cell> {
    let factor = if account.has_second_factor { "on" } else { "off" };
    vec![
        account.display_name.into(),
        account.login_name.into(),
        account.roles.iter().map(role).collect::<Vec<_>>().join("; ").into(),
        named("exports.first_password", account.has_first_password.then_some("waits")),
        named("exports.second_factor", Some(factor)),
        day(account.created_at).into(),
    ]
}

/// A role and where it is held; one that is not in force says so.
fn role(held: &AccountRole) -> String {
    let role = word(&format!("identity.role_{}", held.role));
    match held.state {
        GrantState::InForce => format!("{role} {}", held.place_name),
        state => format!("{role} {} ({})", held.place_name, word(&format!("rights.{state}"))),
    }
}
