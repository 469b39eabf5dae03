//! 对接系统: systems of others that read what the learners of a class do. Who keeps the class lets them, and ends it.

pub(super) mod routes;

use super::{
    classes::{lock_class, permit_class},
    entity::statement_reader::Model,
    statements::ADDRESS,
    store,
};
use crate::{
    access::{Actor, Permit, actions},
    identity,
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use shared::{
    ids::{AccountId, ClassId, StatementReaderId},
    learning::{
        GivenStatementReader, StatementReaderEntry, StatementReaderState, StatementReaderView, statement_reader_state,
    },
    time::{read_date, write_date},
};
use std::collections::HashMap;

actions! {
    /// Say which systems read what the learners of a class do.
    KeepStatementReaders(ClassId) = KeepClasses;
}

/// The systems that read or read what a class does, the newest first.
async fn list(cx: &Services, permit: &Permit<KeepStatementReaders>) -> AppResult<Vec<StatementReaderView>> {
    let rows = store::list_statement_readers(cx.db.read(), *permit.target()).await?;
    let by: Vec<AccountId> = rows.iter().map(|row| row.given_by).collect();
    let names = identity::names_of(cx, &by).await?;
    let today = cx.clock.now().date_in_china();
    rows.into_iter().map(|row| view(row, &names, today)).collect()
}

async fn view_of(cx: &Services, row: Model) -> AppResult<StatementReaderView> {
    let names = identity::names_of(cx, &[row.given_by]).await?;
    view(row, &names, cx.clock.now().date_in_china())
}

fn view(row: Model, names: &HashMap<AccountId, String>, today: Date) -> AppResult<StatementReaderView> {
    let (until, state) = standing(&row, today)?;
    let Model { id, name, given_by, given_at, .. } = row;
    let by_name = names.get(&given_by).cloned().unwrap_or_default();
    Ok(StatementReaderView { id, name, until, state, by_name, given_at })
}

/// The last day of a reader, and whether it may read on a day.
fn standing(row: &Model, today: Date) -> AppResult<(Date, StatementReaderState)> {
    let until = read_date(&row.until).ok_or_else(|| AppError::internal("a reader of statements without a last day"))?;
    Ok((until, statement_reader_state(until, row.ended_at.is_some(), today)))
}

/// Lets a system read what a class does, and gives it a secret, which is told this once. One of the same name ends.
///
/// # Errors
/// The fields that are wrong.
async fn give(
    cx: &Services,
    permit: &Permit<KeepStatementReaders>,
    entry: &StatementReaderEntry,
) -> AppResult<GivenStatementReader> {
    let (class_id, by) = (*permit.target(), permit.person()?);
    let (id, secret): (StatementReaderId, _) = (cx.ids.new_id(), hex::encode(cx.ids.secret::<32>()));
    let given = cx
        .db
        .write(permit, async |tx| {
            let checked = entry.check(tx.now().date_in_china()).map_err(AppError::Invalid)?;
            lock_class(tx, class_id).await?;
            if let Some(before) = store::find_standing_statement_reader(tx.conn(), class_id, &checked.name).await? {
                tx.note("ended", before.id.to_string());
                let ended = Model { ended_by: Some(by), ended_at: Some(tx.now()), ..before };
                store::update_statement_reader(tx.conn(), ended).await?;
            }
            let row = Model {
                id,
                class_id,
                name: checked.name,
                secret_hash: hash(&secret),
                until: write_date(checked.until),
                given_by: by,
                given_at: tx.now(),
                ended_by: None,
                ended_at: None,
            };
            store::insert_statement_reader(tx.conn(), row.clone()).await?;
            tx.note("given", id.to_string());
            tx.note("until", row.until.clone());
            Ok(row)
        })
        .await?;
    let address = format!("{}{ADDRESS}", cx.config.public_url);
    Ok(GivenStatementReader { reader: view_of(cx, given).await?, address, secret })
}

/// Lets the actor say whether a system reads on.
///
/// # Errors
/// `not-found` for who does not see its class, `forbidden` for who does not keep it.
async fn permit_end(cx: &Services, actor: &Actor, id: StatementReaderId) -> AppResult<Permit<KeepStatementReaders>> {
    let row = store::find_statement_reader(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    permit_class(cx, actor, row.class_id).await
}

/// Ends the reading of a system at once. A repeat changes nothing.
async fn end(
    cx: &Services,
    permit: &Permit<KeepStatementReaders>,
    id: StatementReaderId,
) -> AppResult<StatementReaderView> {
    let by = permit.person()?;
    let row = cx
        .db
        .write(permit, async |tx| {
            let row = store::lock_statement_reader(tx.conn(), id).await?.ok_or_else(AppError::not_found)?;
            if row.ended_at.is_some() {
                return Ok(row);
            }
            let row = Model { ended_by: Some(by), ended_at: Some(tx.now()), ..row };
            store::update_statement_reader(tx.conn(), row.clone()).await?;
            tx.note("ended", id.to_string());
            Ok(row)
        })
        .await?;
    view_of(cx, row).await
}

/// The class that a system may read today, by its id and its secret; none if it may read nothing.
pub(super) async fn class_read_by(cx: &Services, id: StatementReaderId, secret: &str) -> AppResult<Option<ClassId>> {
    let Some(row) = store::find_statement_reader(cx.db.read(), id).await? else { return Ok(None) };
    let (_, state) = standing(&row, cx.clock.now().date_in_china())?;
    // The hash of a secret that nobody can guess: how long a comparison takes tells nothing of it.
    let is_let = row.secret_hash == hash(secret) && state == StatementReaderState::Open;
    Ok(is_let.then_some(row.class_id))
}

fn hash(secret: &str) -> String {
    hex::encode(Sha256::digest(secret.as_bytes()))
}
