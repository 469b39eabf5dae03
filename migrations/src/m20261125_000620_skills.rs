//! What learners were trained in, and the certificates that prove a skill.
//!
//! A certificate's `number` is sealed by the key at rest, for it may be its holder's own; `number_index`
//! is a blind index of issuer and number.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let trainings = record("skill_training")
            .col(string("organiser"))
            .col(integer("hours"))
            .col(string("starts_on"))
            .col(string("ends_on"))
            .to_owned();
        manager.create_table(trainings).await?;
        let certificates = record("skill_certificate")
            .col(string("kind"))
            .col(string_null("level"))
            .col(string("issuer"))
            .col(binary("number"))
            .col(binary("number_index"))
            .col(string("issued_on"))
            .to_owned();
        manager.create_table(certificates).await?;
        for table in ["skill_training", "skill_certificate"] {
            let name = format!("ix_{table}_learner");
            manager.create_index(Index::create().name(name).table(table).col("learner_id").to_owned()).await?;
        }
        let once = Index::create()
            .name("ux_skill_certificate")
            .table("skill_certificate")
            .col("number_index")
            .unique()
            .to_owned();
        manager.create_index(once).await
    }
}

/// What both kinds of records have.
fn record(table: &'static str) -> TableCreateStatement {
    Table::create()
        .table(table)
        .col(uuid("id").primary_key())
        .col(uuid("learner_id"))
        .col(uuid("provider_id"))
        .col(string("division"))
        .col(string("occupation"))
        .col(string("state"))
        .col(string("reason"))
        .col(uuid("recorded_by"))
        .col(big_integer("recorded_at"))
        .col(uuid_null("checked_by"))
        .col(big_integer_null("checked_at"))
        .foreign_key(ForeignKey::create().from(table, "learner_id").to("account", "id"))
        .foreign_key(ForeignKey::create().from(table, "provider_id").to("provider", "id"))
        .to_owned()
}
