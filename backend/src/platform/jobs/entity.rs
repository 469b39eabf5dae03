//! Rows of the table of jobs.

use sea_orm::entity::prelude::*;
use shared::{
    ids::{AccountId, JobId},
    time::Timestamp,
};

/// One job.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "job")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: JobId,
    pub kind: String,
    pub input: String,
    /// Kind, and hash of asker and input, of a job that is open: it is open once. Empty when it is finished.
    pub slot: Option<String>,
    pub asked_by: Option<AccountId>,
    pub request_id: String,
    pub asked_at: Timestamp,
    /// Not before this moment.
    pub run_at: Timestamp,
    /// How often a node has taken it: who holds a smaller number holds it no more.
    pub claims: i32,
    pub lease_until: Option<Timestamp>,
    /// How often it failed in a row.
    pub failures: i32,
    pub done: i32,
    pub total: i32,
    pub result: Option<String>,
    pub finished_at: Option<Timestamp>,
    pub problem: Option<String>,
    /// Whether it runs once more, from its beginning, when it ends.
    pub again: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
