//! Notes of learners beside units, which nobody else reads. `version` changes at every save.
//!
//! A learner has one note beside a unit; two persons that became one may have one each, and none is lost.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("study_note")
                    .col(uuid("id").primary_key())
                    .col(uuid("account_id"))
                    .col(uuid("course_id"))
                    .col(uuid("unit_id"))
                    .col(text("text"))
                    .col(integer("version"))
                    .col(big_integer("edited_at"))
                    .foreign_key(ForeignKey::create().from("study_note", "account_id").to("account", "id"))
                    .to_owned(),
            )
            .await?;
        let by_unit =
            Index::create().name("ix_study_note").table("study_note").col("account_id").col("unit_id").to_owned();
        manager.create_index(by_unit).await
    }
}
