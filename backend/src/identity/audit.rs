//! The audit log, for who reads it.
//!
//! An entry says what was used on what, and not where that lies: the log is one, of the whole province. So only
//! who holds [`Right::ReadAudit`] at the province reads it; held at a city or below it opens nothing.
//!
//! Looking at the log is not noted in it: a reader changes nothing, and no entry holds a number of a person.

use super::store;
use crate::{
    access::Actor,
    platform::{
        Services,
        db::{AuditEntry, AuditFilter, CHAIN_PART_ROWS, list_entries, verify_part},
        error::{AppError, AppResult},
        http::{decode_cursor, encode_cursor, page},
    },
};
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::{Map, Value};
use shared::{
    identity::{AuditCheck, AuditEntryView, AuditNote},
    ids::AccountId,
    organisation::DivisionCode,
    page::{Page, PageQuery},
    problem::ProblemCode,
    rights::{Place, Right},
    time::{Timestamp, optional_date},
};
use std::collections::HashMap;

const DAY_S: i64 = 86_400;

/// Which entries are listed.
#[derive(Deserialize, utoipa::IntoParams)]
pub struct AuditQuery {
    /// The first day in China, such as `2026-11-23`.
    #[serde(default, with = "optional_date")]
    #[param(value_type = Option<String>)]
    pub from: Option<Date>,
    /// The last day in China.
    #[serde(default, with = "optional_date")]
    #[param(value_type = Option<String>)]
    pub to: Option<Date>,
    /// The right that was used.
    pub right: Option<Right>,
    /// Who used it: an account name, or the id of an account.
    pub actor: Option<String>,
    /// What it was used on, as the log names it; mostly an id.
    pub target: Option<String>,
}

/// Which part of the chain is checked.
#[derive(Deserialize, utoipa::IntoParams)]
pub(super) struct CheckQuery {
    /// `next_cursor` of the part before.
    cursor: Option<String>,
}

fn may_read(actor: &Actor) -> AppResult<()> {
    match actor.has_any(&[Right::ReadAudit], &Place::division(DivisionCode::ZHEJIANG.as_str())) {
        true => Ok(()),
        false => Err(AppError::Problem(ProblemCode::Forbidden)),
    }
}

/// Entries of the log, the newest first.
///
/// # Errors
/// `forbidden`, or the field `/actor` if nobody is called so.
pub async fn list(
    cx: &Services,
    actor: &Actor,
    (wanted, query): (&AuditQuery, &PageQuery),
) -> AppResult<Page<AuditEntryView>> {
    may_read(actor)?;
    let before: Option<i64> = decode_cursor(query)?;
    let filter = AuditFilter {
        from: wanted.from.map(Timestamp::of_day_in_china),
        before: wanted.to.map(|day| Timestamp::of_day_in_china(day).plus_s(DAY_S)),
        right: wanted.right.map(Right::as_str),
        actor_id: account_of(cx, wanted.actor.as_deref()).await?,
        target: typed(wanted.target.as_deref()).map(str::to_owned),
    };
    let rows = list_entries(cx.db.read(), &filter, before, query.rows() + 1).await?;
    let found = page(rows, query, |row| row.seq);
    Ok(Page { items: views(cx, found.items).await?, next_cursor: found.next_cursor })
}

/// A text that somebody typed, if it is no blank.
fn typed(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

async fn account_of(cx: &Services, text: Option<&str>) -> AppResult<Option<AccountId>> {
    let Some(text) = typed(text) else { return Ok(None) };
    if let Ok(id) = text.parse() {
        return Ok(Some(id));
    }
    let account = store::find_account_by_name(cx.db.read(), &text.to_lowercase()).await?;
    account.map(|account| Some(account.id)).ok_or_else(|| AppError::field("/actor", "not-found"))
}

async fn views(cx: &Services, rows: Vec<AuditEntry>) -> AppResult<Vec<AuditEntryView>> {
    let actors: Vec<AccountId> = rows.iter().filter_map(|row| row.actor_id).collect();
    let actors = store::list_accounts(cx.db.read(), &actors).await?;
    let actors: HashMap<_, _> = actors.into_iter().map(|account| (account.id, account)).collect();
    let view = |row: AuditEntry| {
        let account = row.actor_id.and_then(|id| actors.get(&id));
        AuditEntryView {
            seq: row.seq,
            at: row.at,
            actor_id: row.actor_id,
            display_name: account.map(|account| account.display_name.clone()),
            login_name: account.map(|account| account.login_name.clone()),
            notes: notes_of(&row.detail),
            right: row.right,
            target: row.target,
            request_id: row.request_id,
        }
    };
    Ok(rows.into_iter().map(view).collect())
}

/// What an entry notes. Somebody who changed it may have left anything there, which is shown as it is.
fn notes_of(detail: &str) -> Vec<AuditNote> {
    let note = |name: &str, value: String| AuditNote { name: name.to_owned(), value };
    match serde_json::from_str::<Map<String, Value>>(detail) {
        Ok(notes) => notes.iter().map(|(name, value)| note(name, in_words(value))).collect(),
        Err(_) => vec![note("", detail.to_owned())],
    }
}

fn in_words(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Checks a part of the chain: whether an entry was changed or taken away since it was written.
///
/// # Errors
/// `forbidden`, or the field `/cursor`.
pub(super) async fn check(cx: &Services, actor: &Actor, wanted: &CheckQuery) -> AppResult<AuditCheck> {
    may_read(actor)?;
    let after: Option<i64> = decode_cursor(&PageQuery { cursor: wanted.cursor.clone(), limit: None })?;
    let part = verify_part(cx.db.read(), after.unwrap_or_default(), CHAIN_PART_ROWS).await?;
    Ok(AuditCheck {
        checked: part.checked,
        broken_seq: part.broken,
        next_cursor: part.next_after.map(|last| encode_cursor(&last)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(detail: &str, expected: &[(&str, &str)]) {
        let notes = notes_of(detail);
        let pairs: Vec<_> = notes.iter().map(|note| (note.name.as_str(), note.value.as_str())).collect();
        assert_eq!(pairs, expected);
    }

    #[test]
    fn notes_are_pairs_of_a_name_and_a_text() {
        check("{}", &[]);
        check(r#"{"reason":"调离岗位"}"#, &[("reason", "调离岗位")]);
        check(r#"{"place":{"kind":"division"}}"#, &[("place", r#"{"kind":"division"}"#)]);
        check(r#"{"rows":3}"#, &[("rows", "3")]);
    }

    #[test]
    fn what_is_no_list_of_notes_is_shown_as_it_is() {
        check("x", &[("", "x")]);
    }
}
