//! Points that the head of the marking took back, so that a response is marked again; each stays on record.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("marking_reopening")
                    .col(uuid("id").primary_key())
                    .col(uuid("response_id"))
                    .col(uuid("exam_session_id"))
                    .col(integer("points"))
                    .col(uuid("marked_by"))
                    .col(big_integer("marked_at"))
                    .col(text("reason"))
                    .col(uuid("reopened_by"))
                    .col(big_integer("reopened_at"))
                    .foreign_key(
                        ForeignKey::create().from("marking_reopening", "response_id").to("scored_response", "id"),
                    )
                    .to_owned(),
            )
            .await?;
        let of_test =
            Index::create().name("ix_marking_reopening").table("marking_reopening").col("exam_session_id").to_owned();
        manager.create_index(of_test).await
    }
}
