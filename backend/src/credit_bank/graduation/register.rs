//! The register of diplomas: found by number or name within one's own place, and by anybody who knows both.

use super::level_of;
use crate::{
    access::{Actor, Scope, lies_in},
    credit_bank::{
        entity::{
            diploma::{self, Column},
            diploma_revocation,
        },
        store,
    },
    organisation, people,
    platform::{
        Services,
        db::begins_with,
        error::{AppError, AppResult},
        http::{decode_cursor, page},
        words::word,
    },
};
use jiff::civil::Date;
use sea_orm::{ColumnTrait, Condition};
use serde::Deserialize;
use shared::{
    credit_bank::{CheckDiploma, DiplomaNumber, DiplomaState, DiplomaView, PublicDiploma, RegisterEntry, mask_name},
    ids::{DiplomaId, ProviderId},
    organisation::DivisionCode,
    page::{MAX_PAGE_ROWS, Page, PageQuery},
    person::normalise_name,
    rights::Right,
    time::read_date,
};
use std::collections::HashMap;

/// Which diplomas a client asks for.
#[derive(Clone, Debug, Deserialize, utoipa::IntoParams)]
pub(super) struct DiplomaQuery {
    /// The division in which the school lies, at any level.
    #[param(value_type = Option<String>)]
    pub(super) division: Option<DivisionCode>,
    /// The school.
    pub(super) provider_id: Option<ProviderId>,
    /// The whole number, spaces and hyphens apart.
    pub(super) number: Option<String>,
    /// How the holder's name begins.
    pub(super) name: Option<String>,
    /// Only those that another person proposes to make void.
    waits: Option<bool>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// Rows wanted; at most 200, 50 unless told.
    limit: Option<u16>,
}

impl DiplomaQuery {
    /// Whether only those are asked for that wait for the actor.
    pub(super) fn waits(&self) -> bool {
        self.waits.unwrap_or_default()
    }

    /// The same diplomas, from a cursor on, as many as one page has.
    pub(super) fn from(&self, cursor: Option<String>) -> Self {
        Self { cursor, limit: Some(MAX_PAGE_ROWS), ..self.clone() }
    }
}

/// Diplomas at the places of the actor's roles, the newest first.
///
/// # Errors
/// `forbidden` if no role of the actor lets them see any.
pub(super) async fn list(cx: &Services, actor: &Actor, query: DiplomaQuery) -> AppResult<Page<DiplomaView>> {
    let held = if query.waits() {
        awaiting(actor)?
    } else {
        Scope::above_classes(actor, Right::ReadDiplomas)?.within(Column::Division, Some(Column::ProviderId))
    };
    let name = people::sought_name(query.name.as_deref())?;
    let digits = |text: &str| text.chars().filter(|letter| !matches!(letter, ' ' | '-')).collect::<String>();
    let number = query.number.as_deref().map(digits).filter(|number| !number.is_empty());
    let wanted = Condition::all()
        .add(held)
        .add_option(query.division.map(|code| lies_in(Column::Division, code)))
        .add_option(query.provider_id.map(|id| Column::ProviderId.eq(id)))
        .add_option(number.map(|number| Column::Number.eq(number)))
        .add_option(name.as_deref().map(|name| begins_with(Column::NameKey, name)));
    let of_page = PageQuery { cursor: query.cursor, limit: query.limit };
    let after: Option<DiplomaId> = decode_cursor(&of_page)?;
    let rows = store::list_diplomas(cx.db.read(), wanted, after, of_page.rows() + 1).await?;
    let found = page(rows, &of_page, |row| row.id);
    Ok(Page { items: views(cx, found.items).await?, next_cursor: found.next_cursor })
}

/// The diplomas that wait for the actor to make them void. The bureau that issued one keeps it, or one above.
///
/// # Errors
/// `forbidden` if the actor keeps none.
pub(super) fn awaiting(actor: &Actor) -> AppResult<Condition> {
    let kept = Scope::above_classes(actor, Right::KeepDiplomas)?.within(Column::Issuer, None);
    Ok(Condition::all().add(kept).add(store::awaiting_void(actor.account_id)))
}

/// One diploma.
///
/// # Errors
/// `not-found`.
pub(super) async fn view(cx: &Services, id: DiplomaId) -> AppResult<DiplomaView> {
    let row = store::find_diploma(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    views(cx, vec![row]).await?.pop().ok_or_else(AppError::not_found)
}

async fn views(cx: &Services, rows: Vec<diploma::Model>) -> AppResult<Vec<DiplomaView>> {
    let ids: Vec<DiplomaId> = rows.iter().map(|row| row.id).collect();
    let voidings = store::list_voidings(cx.db.read(), &ids).await?.into_iter();
    let mut voidings: HashMap<DiplomaId, _> = voidings.map(|voiding| (voiding.diploma_id, voiding)).collect();
    let mut extracts: HashMap<DiplomaId, u32> = HashMap::new();
    for id in store::list_extracts(cx.db.read(), &ids).await? {
        *extracts.entry(id).or_default() += 1;
    }
    let issuers = issuer_names(cx, rows.iter().map(|row| row.issuer.as_str())).await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let voiding = voidings.remove(&row.id);
        found.push(DiplomaView {
            id: row.id,
            level: level_of(&row.level)?,
            issuer: issuers.get(&row.issuer).cloned().unwrap_or_default(),
            issued_on: issued_on(&row)?,
            state: state_of(voiding.as_ref()),
            reason: voiding.map(|voiding| voiding.reason).unwrap_or_default(),
            extracts: extracts.get(&row.id).copied().unwrap_or_default(),
            number: row.number,
            holder_name: row.holder_name,
            learner_number: row.learner_number,
            school: row.school,
        });
    }
    Ok(found)
}

fn state_of(voiding: Option<&diploma_revocation::Model>) -> DiplomaState {
    match voiding.map(|voiding| voiding.confirmed_by) {
        None => DiplomaState::Valid,
        Some(None) => DiplomaState::InQuestion,
        Some(Some(_)) => DiplomaState::Revoked,
    }
}

pub(super) fn issued_on(row: &diploma::Model) -> AppResult<Date> {
    read_date(&row.issued_on).ok_or_else(|| AppError::internal("a diploma without a day"))
}

/// The names of bureaux, by the codes of their divisions.
pub(super) async fn issuer_names<'a>(
    cx: &Services,
    codes: impl IntoIterator<Item = &'a str>,
) -> AppResult<HashMap<String, String>> {
    let places = organisation::division_names(cx, codes.into_iter()).await?;
    let bureau =
        |(code, place): (String, String)| (code, word("graduation.issuer_bureau").replace("{{ place }}", &place));
    Ok(places.into_iter().map(bureau).collect())
}

/// What anybody is told who knows number and name.
///
/// # Errors
/// `not-found` unless both are right.
pub(super) async fn check(cx: &Services, request: &CheckDiploma) -> AppResult<PublicDiploma> {
    let number = DiplomaNumber::parse(&request.number).ok_or_else(AppError::not_found)?;
    let row = store::find_diploma_by_number(cx.db.read(), number.as_str()).await?;
    let name = normalise_name(&request.name).ok_or_else(AppError::not_found)?;
    let is_theirs = |row: &diploma::Model| normalise_name(&row.holder_name).as_ref() == Some(&name);
    let row = row.filter(is_theirs).ok_or_else(AppError::not_found)?;
    let before = store::find_entry(cx.db.read(), &row.issuer, row.seq - 1).await?;
    let previous = before.map(|entry| entry.digest).unwrap_or_default();
    let voiding = store::find_voiding(cx.db.read(), row.id).await?;
    Ok(PublicDiploma {
        holder_name_masked: mask_name(&row.holder_name),
        level: level_of(&row.level)?,
        issuer: issuer_names(cx, [row.issuer.as_str()]).await?.remove(&row.issuer).unwrap_or_default(),
        issued_on: issued_on(&row)?,
        is_revoked: state_of(voiding.as_ref()) == DiplomaState::Revoked,
        is_as_registered: is_as_registered(&row, &previous)?,
        number: row.number,
        school: row.school,
    })
}

/// Whether an entry says what was entered, after the one before it.
fn is_as_registered(row: &diploma::Model, previous: &str) -> AppResult<bool> {
    let entry = RegisterEntry {
        number: &row.number,
        holder_name: &row.holder_name,
        learner_number: &row.learner_number,
        level: level_of(&row.level)?,
        school: &row.school,
        issuer: &row.issuer,
        issued_on: issued_on(row)?,
        previous,
    };
    Ok(row.previous == previous && entry.digest() == row.digest)
}
