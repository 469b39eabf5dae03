//! Persons.

use crate::platform::crypto::{BlindIndex, Sealed};
use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, PersonId, ProviderId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PersonId,
    /// Grows with each change.
    pub version: i32,
    pub name: String,
    /// The bytes of the name, to find it by how it begins.
    pub name_key: Vec<u8>,
    pub sex: Option<String>,
    /// `YYYY-MM-DD`.
    pub birth_date: Option<String>,
    pub phone: Option<Sealed>,
    pub phone_index: Option<BlindIndex>,
    pub household_division: String,
    pub residence_division: String,
    /// Significant digits of the place that keeps the person.
    pub division: String,
    /// The school that keeps the person, if one does; it lies in `division`.
    pub provider_id: Option<ProviderId>,
    /// How far the person has come, as the records of enrolment say; nothing if they have none.
    pub stage: Option<String>,
    pub created_by: Option<AccountId>,
    pub created_at: Timestamp,
    /// Who has their facts since both records became one.
    pub merged_into: Option<PersonId>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
