//! Persons as those see them who work at their place: every number masked.

use super::{
    entity::{person, person_document},
    fields::{birth_date_of, document_index, kind_of, open_number, open_phone, sex_of, state_of},
    place::visible,
    store::{self, PersonFilter},
};
use crate::{
    access::{Actor, ClassRoll, Scope},
    platform::{
        Services,
        crypto::Plain,
        db::Tx,
        error::{AppError, AppResult},
        http::{decode_cursor, page},
    },
};
use jiff::civil::Date;
use serde::Deserialize;
use shared::{
    ids::{ClassId, PersonId, ProviderId},
    organisation::DivisionCode,
    page::{MAX_PAGE_ROWS, Page, PageQuery},
    people::{DocumentView, PersonState, PersonView, check_sought_name, mask_phone},
    person::{IdentityDocument, mask_number},
    rights::Right,
};
use std::collections::HashMap;

/// What stands for a value that does not open.
const HIDDEN: &str = "******";

/// Which persons a client asks for.
#[derive(Clone, Debug, Deserialize, utoipa::IntoParams)]
pub(super) struct PeopleQuery {
    /// The division that they are kept in, at any level.
    #[param(value_type = Option<String>)]
    pub(super) division: Option<DivisionCode>,
    /// The school that keeps them.
    pub(super) provider_id: Option<ProviderId>,
    /// How far they have come.
    pub(super) state: Option<PersonState>,
    /// The class that they are in.
    pub(super) class_id: Option<ClassId>,
    /// How their name begins.
    pub(super) name: Option<String>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// Rows wanted; at most 200, 50 unless told.
    limit: Option<u16>,
}

impl PeopleQuery {
    /// The same persons, from a cursor on, as many as one page has.
    pub(super) fn from(&self, cursor: Option<String>) -> Self {
        Self { cursor, limit: Some(MAX_PAGE_ROWS), ..self.clone() }
    }
}

/// Persons at the places of the actor's roles, by division; `class` is the one that the query names.
///
/// # Errors
/// `forbidden` if no role of the actor lets them see any.
pub(super) async fn list(
    cx: &Services,
    actor: &Actor,
    query: PeopleQuery,
    class: Option<&ClassRoll>,
) -> AppResult<Page<PersonView>> {
    let scope = Scope::above_classes(actor, Right::ReadPeople)?;
    let name = sought_name(query.name.as_deref())?;
    let of_page = PageQuery { cursor: query.cursor, limit: query.limit };
    let filter = PersonFilter {
        scope: &scope,
        division: query.division,
        provider_id: query.provider_id,
        state: query.state,
        class: class.map(|class| class.people.as_slice()),
        name: name.as_deref(),
        after: decode_cursor(&of_page)?,
        rows: of_page.rows() + 1,
    };
    let rows = store::list_at(cx.db.read(), filter).await?;
    let found = page(rows, &of_page, |row| (row.division.clone(), row.id));
    let ids: Vec<PersonId> = found.items.iter().map(|row| row.id).collect();
    let mut documents: HashMap<PersonId, Vec<person_document::Model>> = HashMap::new();
    for document in store::list_in_force(cx.db.read(), &ids).await? {
        documents.entry(document.person_id).or_default().push(document);
    }
    let items = found.items.into_iter().map(|row| {
        let of_person = documents.remove(&row.id).unwrap_or_default();
        view(cx, row, of_person)
    });
    Ok(Page { items: items.collect::<AppResult<_>>()?, next_cursor: found.next_cursor })
}

/// How a name begins that a list is asked for.
///
/// # Errors
/// The parameter `/name` if it holds a number.
pub fn sought_name(typed: Option<&str>) -> AppResult<Option<String>> {
    let name = check_sought_name(typed.unwrap_or_default()).map_err(|error| AppError::Invalid(vec![error]))?;
    Ok(Some(name).filter(|name| !name.is_empty()))
}

/// One person with all documents they ever had, the newest first.
///
/// # Errors
/// `not-found` if there is none of whom the actor may know.
pub(super) async fn get(cx: &Services, actor: &Actor, id: PersonId) -> AppResult<PersonView> {
    let row = visible(cx, actor, id).await?;
    view(cx, row, store::list_documents(cx.db.read(), id).await?)
}

/// One person with the document in force, wherever they are kept. Whether an actor may know is for the
/// caller to ask.
///
/// # Errors
/// `not-found` if there is none.
pub async fn masked(cx: &Services, id: PersonId) -> AppResult<PersonView> {
    let row = store::find(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    view(cx, row, store::list_in_force(cx.db.read(), &[id]).await?)
}

/// The person who holds this document.
///
/// # Errors
/// `not-found` if there is none of whom the actor may know.
pub(super) async fn get_by_document(
    cx: &Services,
    actor: &Actor,
    document: &IdentityDocument,
) -> AppResult<PersonView> {
    let holder = find_by_document(cx, document).await?.ok_or_else(AppError::not_found)?;
    get(cx, actor, holder).await
}

/// Who holds this document, wherever they are kept. Whether an actor may know is for the caller to ask.
///
/// # Errors
/// If the store fails.
pub async fn find_by_document(cx: &Services, document: &IdentityDocument) -> AppResult<Option<PersonId>> {
    let index = document_index(&cx.keys.fields, document);
    Ok(store::list_holders(cx.db.read(), &[&index]).await?.remove(&index))
}

/// The names of these persons.
///
/// # Errors
/// If the store fails.
pub async fn names(cx: &Services, ids: &[PersonId]) -> AppResult<HashMap<PersonId, String>> {
    let rows = store::list_by_ids(cx.db.read(), ids).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

/// The same within a write.
///
/// # Errors
/// If the store fails.
pub async fn names_within(tx: &Tx, ids: &[PersonId]) -> AppResult<HashMap<PersonId, String>> {
    let rows = store::list_by_ids(tx.conn(), ids).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

/// A value with its mask; hidden as a whole if it does not open. One damaged value must not take everybody
/// else's row off a list: it is logged, and whoever asks for the value itself is told.
fn masked_or_hidden(opened: AppResult<Plain>, mask: fn(&str) -> String) -> String {
    match opened {
        Ok(plain) => mask(plain.reveal()),
        Err(error) => {
            tracing::error!(error = %error, "field.unreadable");
            HIDDEN.to_owned()
        }
    }
}

/// A document with its number masked.
pub(super) fn document_view(cx: &Services, document: person_document::Model) -> AppResult<DocumentView> {
    Ok(DocumentView {
        id: document.id,
        kind: kind_of(&document)?,
        number_masked: masked_or_hidden(open_number(&cx.keys.fields, &document), mask_number),
        recorded_at: document.recorded_at,
        is_further: document.is_further,
        ended_at: document.ended_at,
        ended_because: document.ended_because,
    })
}

/// A person with these documents.
pub(super) fn view(cx: &Services, row: person::Model, documents: Vec<person_document::Model>) -> AppResult<PersonView> {
    let phone = open_phone(&cx.keys.fields, &row).transpose();
    let document = |document| document_view(cx, document);
    Ok(PersonView {
        id: row.id,
        version: row.version,
        state: state_of(&row),
        sex: sex_of(&row),
        birth_year: birth_date_of(&row).map(Date::year),
        documents: documents.into_iter().map(document).collect::<AppResult<_>>()?,
        phone_masked: phone.map(|phone| masked_or_hidden(phone, mask_phone)),
        name: row.name,
        household_division: row.household_division,
        residence_division: row.residence_division,
        division: row.division,
        provider_id: row.provider_id,
        created_at: row.created_at,
    })
}
