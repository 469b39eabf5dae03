//! Tests that were put off: when each was to begin, when it begins instead, and why. Append-only: a candidate who asks
//! what they were told finds it here.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("exam_postponement")
                    .col(uuid("id").primary_key())
                    .col(uuid("exam_session_id"))
                    .col(big_integer("was_at"))
                    .col(big_integer("starts_at"))
                    .col(text("reason"))
                    .col(uuid("decided_by"))
                    .col(big_integer("decided_at"))
                    .foreign_key(
                        ForeignKey::create().from("exam_postponement", "exam_session_id").to("exam_session", "id"),
                    )
                    .to_owned(),
            )
            .await?;
        let of_session =
            Index::create().name("ix_exam_postponement").table("exam_postponement").col("exam_session_id").to_owned();
        manager.create_index(of_session).await
    }
}
