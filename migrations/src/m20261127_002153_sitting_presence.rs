//! What candidates' devices told last of themselves, one row for each visit of the paper's page. Told every few seconds,
//! it is gathered and written for many at once; counts of a visit only grow. Evidence, never a verdict.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("sitting_presence")
                    .col(uuid("sitting_id"))
                    .col(uuid("visit"))
                    .col(uuid("exam_session_id"))
                    .col(boolean("is_ready"))
                    .col(big_integer("unsent"))
                    .col(big_integer("focus_losses"))
                    .col(big_integer("focus_lost_s"))
                    .col(big_integer("heard"))
                    .col(big_integer("seen_at"))
                    .primary_key(Index::create().col("sitting_id").col("visit"))
                    .foreign_key(ForeignKey::create().from("sitting_presence", "sitting_id").to("sitting", "id"))
                    .to_owned(),
            )
            .await?;
        let of_test = Index::create()
            .name("ix_sitting_presence_session")
            .table("sitting_presence")
            .col("exam_session_id")
            .to_owned();
        manager.create_index(of_test).await
    }
}
