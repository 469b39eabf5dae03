//! Tests of several courses that were planned at once, by one template of dates: each exam session says with which others.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let window = Table::create()
            .table("exam_window")
            .col(uuid("id").primary_key())
            .col(string("title"))
            .col(uuid("created_by"))
            .col(big_integer("created_at"))
            .to_owned();
        manager.create_table(window).await?;
        let column = uuid_null("exam_window_id");
        manager.alter_table(Table::alter().table("exam_session").add_column(column).to_owned()).await?;
        let of_window =
            Index::create().name("ix_exam_session_window").table("exam_session").col("exam_window_id").to_owned();
        manager.create_index(of_window).await
    }
}
