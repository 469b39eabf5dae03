//! Where a person may be proposed to, anywhere in the province: its divisions are public, and so are the
//! names of its schools.

use crate::{
    access::{Actor, Scope},
    organisation::{self, Surroundings},
    platform::{Services, error::AppResult},
};
use serde::Deserialize;
use shared::{
    organisation::{DivisionCode, DivisionLevel},
    people::{ReceivingSchool, TransferPlaces},
    rights::Right,
};

/// Where somebody looks for a place.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub(super) struct TransferPlaceQuery {
    /// The division to look in; the province unless told.
    #[param(value_type = Option<String>)]
    division: Option<DivisionCode>,
}

/// What a division is made of, or the schools that take those who move there.
///
/// # Errors
/// `forbidden` if the actor transfers nobody anywhere, `not-found` if there is no such division.
pub(super) async fn list(cx: &Services, actor: &Actor, query: &TransferPlaceQuery) -> AppResult<TransferPlaces> {
    Scope::of(actor, Right::TransferPeople)?;
    let code = query.division.unwrap_or(DivisionCode::ZHEJIANG);
    let Surroundings { mut way, parts } = organisation::surroundings(cx, code).await?;
    way.retain(|division| division.level != DivisionLevel::Province);
    let schools = if parts.is_empty() { organisation::open_around(cx, code).await? } else { Vec::new() };
    let schools = schools.into_iter().map(|school| ReceivingSchool { id: school.id, name: school.name });
    Ok(TransferPlaces { way, parts, schools: schools.collect() })
}
