//! Schools and other providers of education.

use sea_orm::entity::prelude::*;
use shared::{ids::ProviderId, time::Timestamp};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "provider")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ProviderId,
    pub name: String,
    /// Significant digits of the division that it lies in.
    pub division: String,
    pub created_at: Timestamp,
    pub kind: String,
    /// The county of that division; with the credit code it is unique.
    pub county: String,
    /// Our own code; unique.
    pub org_code: String,
    pub credit_code: Option<String>,
    pub credit_code_reason: Option<String>,
    pub state: String,
    pub version: i32,
    /// Where it lay before its township went over into another.
    pub former_division: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
