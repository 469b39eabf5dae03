//! A list that is read whole, page by page.

use super::{
    actor::Actor,
    client::{self, Outcome, query},
};
use serde::de::DeserializeOwned;
use shared::page::{MAX_PAGE_ROWS, Page};

/// Every row of a list, narrowed down by `parts`.
///
/// # Errors
/// [`client::ApiError`] says why nothing came of it.
pub async fn whole_list<T: DeserializeOwned>(
    actor: Actor,
    path: &str,
    parts: &[(&str, Option<String>)],
) -> Outcome<Vec<T>> {
    let (mut rows, mut cursor) = (Vec::new(), None);
    loop {
        let of_page = [("limit", Some(MAX_PAGE_ROWS.to_string())), ("cursor", cursor)];
        let asked: Vec<_> = parts.iter().cloned().chain(of_page).collect();
        let page: Page<T> = client::get(actor, &format!("{path}?{}", query(&asked))).await?;
        rows.extend(page.items);
        cursor = page.next_cursor;
        if cursor.is_none() {
            return Ok(rows);
        }
    }
}
