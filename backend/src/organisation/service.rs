//! What other features ask of the organisation.

use super::{
    entity::{division, provider},
    store,
};
use crate::platform::{
    Services,
    db::Tx,
    error::{AppError, AppResult},
};
use shared::{ids::ProviderId, organisation::Division, rights::Place};

/// What is known of a provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderFacts {
    /// The provider.
    pub id: ProviderId,
    /// Its name.
    pub name: String,
    /// Significant digits of the division that it lies in.
    pub division: String,
}

/// Where the courses, items and papers of the province's catalogue lie.
#[must_use]
pub fn catalogue() -> Place {
    Place::division("33")
}

/// One provider.
///
/// # Errors
/// `not-found` if there is none.
pub async fn provider(cx: &Services, id: ProviderId) -> AppResult<ProviderFacts> {
    let row = store::find_provider(cx.db.read(), id).await?.ok_or_else(AppError::not_found)?;
    Ok(ProviderFacts { id: row.id, name: row.name, division: row.division })
}

/// Creates a provider in the division with these significant digits.
///
/// # Errors
/// If the store fails.
pub async fn create_provider(tx: &Tx, id: ProviderId, name: &str, division: &str) -> AppResult<()> {
    let row = provider::Model { id, name: name.to_owned(), division: division.to_owned(), created_at: tx.now() };
    store::insert_provider(tx.conn(), row).await
}

/// Creates the divisions that are not there yet.
///
/// # Errors
/// If the store fails.
pub async fn create_divisions(tx: &Tx, divisions: &[Division]) -> AppResult<()> {
    let row = |division: &Division| division::Model {
        code: division.code.clone(),
        name: division.name.clone(),
        level: division.level.as_str().to_owned(),
        parent: division.parent.clone(),
    };
    store::insert_divisions(tx.conn(), &divisions.iter().map(row).collect::<Vec<_>>()).await
}
