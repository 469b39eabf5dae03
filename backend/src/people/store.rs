//! Statements on persons and their documents.

mod corrections;
mod facts;
mod merges;
mod transfers;

pub(super) use corrections::*;
pub(super) use facts::*;
pub(super) use merges::*;
pub(super) use transfers::*;

use super::entity::{person, person_document};
use crate::{
    access::{Scope, lies_in},
    platform::{
        crypto::{BlindIndex, Sealed},
        db::{Taken, begins_with, fill_up, insert_rows},
        error::AppResult,
    },
};
use jiff::civil::Date;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, UpdateMany,
    sea_query::Expr,
};
use shared::{
    ids::{AccountId, PersonDocumentId, PersonId, ProviderId},
    organisation::DivisionCode,
    people::PersonState,
    person::Sex,
    time::Timestamp,
};
use std::collections::HashMap;

/// Rows that one statement looks for.
const ROWS: usize = 512;

pub(super) async fn find(conn: &impl ConnectionTrait, id: PersonId) -> AppResult<Option<person::Model>> {
    Ok(person::Entity::find_by_id(id).one(conn).await?)
}

/// The row; nobody else changes it until the write ends.
pub(super) async fn lock(conn: &impl ConnectionTrait, id: PersonId) -> AppResult<Option<person::Model>> {
    Ok(person::Entity::find_by_id(id).lock_exclusive().one(conn).await?)
}

pub(super) async fn list_by_ids(conn: &impl ConnectionTrait, ids: &[PersonId]) -> AppResult<Vec<person::Model>> {
    let mut found = Vec::with_capacity(ids.len());
    for ids in ids.chunks(ROWS) {
        let mut ids = ids.to_vec();
        fill_up(&mut ids);
        found.extend(person::Entity::find().filter(person::Column::Id.is_in(ids)).all(conn).await?);
    }
    Ok(found)
}

/// Whom a list shows.
pub(super) struct PersonFilter<'a> {
    pub(super) scope: &'a Scope,
    pub(super) division: Option<DivisionCode>,
    pub(super) provider_id: Option<ProviderId>,
    pub(super) state: Option<PersonState>,
    /// The persons of a class.
    pub(super) class: Option<&'a [PersonId]>,
    /// How the name begins.
    pub(super) name: Option<&'a str>,
    /// The last person of the page before.
    pub(super) after: Option<(String, PersonId)>,
    pub(super) rows: u64,
}

/// Persons at the places of a scope, by division, each filter by an index.
pub(super) async fn list_at(conn: &impl ConnectionTrait, wanted: PersonFilter<'_>) -> AppResult<Vec<person::Model>> {
    use person::Column::{Division, Id, MergedInto, NameKey, ProviderId, Stage};
    let mut query = person::Entity::find().filter(wanted.scope.within(Division, Some(ProviderId)));
    query = query.filter(MergedInto.is_null());
    if let Some(code) = wanted.division {
        query = query.filter(lies_in(Division, code));
    }
    if let Some(id) = wanted.provider_id {
        query = query.filter(ProviderId.eq(id));
    }
    if let Some(state) = wanted.state {
        query = query.filter(state.stage().map_or(Stage.is_null(), |stage| Stage.eq(stage.as_str())));
    }
    if let Some(people) = wanted.class {
        query = query.filter(Id.is_in(people.iter().copied()));
    }
    if let Some(name) = wanted.name {
        query = query.filter(begins_with(NameKey, name));
    }
    if let Some((division, id)) = wanted.after {
        let further = Division.eq(division.as_str()).and(Id.gt(id));
        query = query.filter(Division.gt(division).or(further));
    }
    Ok(query.order_by_asc(Division).order_by_asc(Id).limit(wanted.rows).all(conn).await?)
}

pub(super) async fn insert_people(conn: &impl ConnectionTrait, rows: &[&person::Model]) -> AppResult<()> {
    insert_rows(conn, rows, Taken::Fails).await.map(drop)
}

/// Inserts documents, but those that somebody holds; how many it inserted.
pub(super) async fn insert_documents(conn: &impl ConnectionTrait, rows: &[&person_document::Model]) -> AppResult<u64> {
    insert_rows(conn, rows, Taken::Stays).await
}

/// Deletes persons that this write inserted and that nobody has seen.
pub(super) async fn delete_unseen(conn: &impl ConnectionTrait, ids: &[PersonId]) -> AppResult<()> {
    for ids in ids.chunks(ROWS) {
        let unseen = person::Column::Id.is_in(ids.iter().copied());
        person::Entity::delete_many().filter(unseen).exec(conn).await?;
    }
    Ok(())
}

/// Who holds the documents with these indexes; of a person who was merged the survivor does.
pub(super) async fn list_holders(
    conn: &impl ConnectionTrait,
    indexes: &[&BlindIndex],
) -> AppResult<HashMap<BlindIndex, PersonId>> {
    use person_document::Column::{NumberIndex, PersonId as Holder};
    let mut holders = HashMap::new();
    for indexes in indexes.chunks(ROWS) {
        let mut indexes: Vec<BlindIndex> = indexes.iter().copied().cloned().collect();
        fill_up(&mut indexes);
        let held = held().filter(NumberIndex.is_in(indexes));
        let rows: Vec<(BlindIndex, PersonId)> =
            held.select_only().column(NumberIndex).column(Holder).into_tuple().all(conn).await?;
        holders.extend(rows);
    }
    Ok(holders)
}

/// Documents by which somebody is found.
fn held() -> sea_orm::Select<person_document::Entity> {
    person_document::Entity::find().filter(person_document::Column::EndedAt.is_null())
}

/// Of each person the one document that names them.
fn in_force() -> sea_orm::Select<person_document::Entity> {
    held().filter(person_document::Column::IsFurther.eq(false))
}

pub(super) async fn find_in_force(
    conn: &impl ConnectionTrait,
    id: PersonId,
) -> AppResult<Option<person_document::Model>> {
    Ok(in_force().filter(person_document::Column::PersonId.eq(id)).one(conn).await?)
}

pub(super) async fn list_in_force(
    conn: &impl ConnectionTrait,
    ids: &[PersonId],
) -> AppResult<Vec<person_document::Model>> {
    Ok(in_force().filter(person_document::Column::PersonId.is_in(ids.iter().copied())).all(conn).await?)
}

/// Every document that a person had, the newest first.
pub(super) async fn list_documents(
    conn: &impl ConnectionTrait,
    id: PersonId,
) -> AppResult<Vec<person_document::Model>> {
    use person_document::Column;
    let of_person = person_document::Entity::find().filter(Column::PersonId.eq(id));
    Ok(of_person.order_by_desc(Column::RecordedAt).order_by_desc(Column::Id).all(conn).await?)
}

pub(super) async fn end_document(
    conn: &impl ConnectionTrait,
    id: PersonDocumentId,
    by: AccountId,
    at: Timestamp,
    because: &str,
) -> AppResult<()> {
    use person_document::Column;
    let update = person_document::Entity::update_many().col_expr(Column::EndedBy, Expr::value(by));
    let update = update.col_expr(Column::EndedAt, Expr::value(at)).col_expr(Column::EndedBecause, Expr::value(because));
    update.filter(Column::Id.eq(id)).exec(conn).await?;
    Ok(())
}

/// Sets what a new number tells; whether the person still was as they were seen.
pub(super) async fn set_told(
    conn: &impl ConnectionTrait,
    id: PersonId,
    seen: i32,
    birth_date: Option<Date>,
    sex: Option<Sex>,
) -> AppResult<bool> {
    let mut update = change(id, seen);
    if let Some(date) = birth_date {
        update = update.col_expr(person::Column::BirthDate, Expr::value(date.to_string()));
    }
    if let Some(sex) = sex {
        update = update.col_expr(person::Column::Sex, Expr::value(sex.as_str()));
    }
    Ok(update.exec(conn).await?.rows_affected == 1)
}

/// Sets the name; whether the person still was as they were seen.
pub(super) async fn set_name(conn: &impl ConnectionTrait, id: PersonId, seen: i32, name: &str) -> AppResult<bool> {
    let update = change(id, seen).col_expr(person::Column::Name, Expr::value(name));
    let update = update.col_expr(person::Column::NameKey, Expr::value(name.as_bytes().to_vec()));
    Ok(update.exec(conn).await?.rows_affected == 1)
}

/// Says how far a person has come. What is derived makes no new version of them.
pub(super) async fn set_state(conn: &impl ConnectionTrait, id: PersonId, state: PersonState) -> AppResult<()> {
    use person::Column::{Id, Stage};
    let stage = state.stage().map(|stage| stage.as_str().to_owned());
    let update = person::Entity::update_many().col_expr(Stage, Expr::value(stage));
    update.filter(Id.eq(id)).exec(conn).await?;
    Ok(())
}

/// Sets the registered residence; whether the person still was as they were seen.
pub(super) async fn set_household(conn: &impl ConnectionTrait, id: PersonId, seen: i32, code: &str) -> AppResult<bool> {
    let update = change(id, seen).col_expr(person::Column::HouseholdDivision, Expr::value(code));
    Ok(update.exec(conn).await?.rows_affected == 1)
}

/// Sets the phone; whether the person still was as they were seen.
pub(super) async fn set_phone(
    conn: &impl ConnectionTrait,
    id: PersonId,
    seen: i32,
    phone: Option<Sealed>,
    index: Option<BlindIndex>,
) -> AppResult<bool> {
    let update = change(id, seen).col_expr(person::Column::Phone, Expr::value(phone));
    let update = update.col_expr(person::Column::PhoneIndex, Expr::value(index));
    Ok(update.exec(conn).await?.rows_affected == 1)
}

/// A change of a person who is as they were seen.
fn change(id: PersonId, seen: i32) -> UpdateMany<person::Entity> {
    use person::Column;
    let update = person::Entity::update_many().col_expr(Column::Version, Expr::col(Column::Version).add(1));
    update.filter(Column::Id.eq(id)).filter(Column::Version.eq(seen))
}

/// Documents after this one, in the order of their ids.
pub(super) async fn list_documents_after(
    conn: &impl ConnectionTrait,
    after: PersonDocumentId,
    rows: u64,
) -> AppResult<Vec<person_document::Model>> {
    use person_document::Column::Id;
    Ok(person_document::Entity::find().filter(Id.gt(after)).order_by_asc(Id).limit(rows).all(conn).await?)
}

/// Persons after this one, in the order of their ids.
pub(super) async fn list_people_after(
    conn: &impl ConnectionTrait,
    after: PersonId,
    rows: u64,
) -> AppResult<Vec<person::Model>> {
    use person::Column::Id;
    Ok(person::Entity::find().filter(Id.gt(after)).order_by_asc(Id).limit(rows).all(conn).await?)
}

/// Puts the same number, sealed anew, in the place of the one that was read.
pub(super) async fn renew_number(
    conn: &impl ConnectionTrait,
    read: &person_document::Model,
    number: Sealed,
) -> AppResult<()> {
    use person_document::Column;
    let update = person_document::Entity::update_many().col_expr(Column::Number, Expr::value(number));
    update.filter(Column::Id.eq(read.id)).filter(Column::Number.eq(read.number.clone())).exec(conn).await?;
    Ok(())
}

/// Puts the same phone, sealed anew, in the place of the one that was read, if it still is there.
pub(super) async fn renew_phone(conn: &impl ConnectionTrait, read: &person::Model, phone: Sealed) -> AppResult<()> {
    use person::Column;
    let update = person::Entity::update_many().col_expr(Column::Phone, Expr::value(phone));
    update.filter(Column::Id.eq(read.id)).filter(Column::Phone.eq(read.phone.clone())).exec(conn).await?;
    Ok(())
}
