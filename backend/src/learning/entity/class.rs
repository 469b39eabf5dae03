//! Classes.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, ClassAgreementId, ClassId, ProviderId, TeachingPointId},
    time::Timestamp,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "class")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ClassId,
    pub provider_id: ProviderId,
    pub name: String,
    pub form: String,
    pub created_at: Timestamp,
    /// Where the provider lies.
    pub division: String,
    pub state: String,
    pub partner: String,
    pub partner_contact: String,
    pub partner_phone: String,
    pub season: Option<String>,
    /// The photo of the agreement with the partner that counts.
    pub agreement_id: Option<ClassAgreementId>,
    pub tutor_id: Option<AccountId>,
    pub capacity: i32,
    pub teaching_point_id: Option<TeachingPointId>,
    /// Region and day of the rules that hold for the class.
    pub rule_version: String,
    pub starts_on: Option<String>,
    pub ends_on: Option<String>,
    /// Nobody, if the class is older than plans.
    pub planned_by: Option<AccountId>,
    pub approved_by: Option<AccountId>,
    pub approved_at: Option<Timestamp>,
    pub version: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
