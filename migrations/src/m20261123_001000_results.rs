//! One result a sitting; visible to the learner once it is released.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("result")
                    .col(uuid("sitting_id").primary_key())
                    .col(uuid("exam_session_id"))
                    .col(uuid("account_id"))
                    .col(uuid("course_id"))
                    .col(integer("score"))
                    .col(integer("max_score"))
                    .col(string("grade"))
                    .col(boolean("has_passed"))
                    .col(big_integer("released_at"))
                    .foreign_key(ForeignKey::create().from("result", "sitting_id").to("sitting", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create().name("ix_result_exam_session").table("result").col("exam_session_id").to_owned(),
            )
            .await?;
        manager
            .create_index(Index::create().name("ix_result_account").table("result").col("account_id").to_owned())
            .await?;
        Ok(())
    }
}
