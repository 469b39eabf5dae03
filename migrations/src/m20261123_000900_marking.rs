//! What each response is worth, and who or what said so.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("scored_response")
                    .col(uuid("id").primary_key())
                    .col(uuid("exam_session_id"))
                    .col(uuid("sitting_id"))
                    .col(uuid("item_id"))
                    .col(integer("item_version"))
                    .col(text("response"))
                    .col(integer("max_points"))
                    .col(integer_null("points"))
                    .col(integer_null("scorer_version"))
                    .col(uuid_null("marked_by"))
                    .col(big_integer_null("marked_at"))
                    .foreign_key(ForeignKey::create().from("scored_response", "sitting_id").to("sitting", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("ux_scored_response")
                    .table("scored_response")
                    .col("sitting_id")
                    .col("item_id")
                    .unique()
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("ix_scored_response_open")
                    .table("scored_response")
                    .col("exam_session_id")
                    .col("points")
                    .to_owned(),
            )
            .await?;
        Ok(())
    }
}
