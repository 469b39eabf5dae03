//! Who is told that a lesson was moved or cancelled: its teachers and the learners of the class, with a phone or without.
//! A notice is kept, and says when it was read.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("meeting_notice")
                    .col(uuid("id").primary_key())
                    .col(uuid("account_id"))
                    .col(uuid("meeting_id"))
                    .col(big_integer("was_at"))
                    .col(string("reason"))
                    .col(big_integer("told_at"))
                    .col(big_integer_null("read_at"))
                    .foreign_key(ForeignKey::create().from("meeting_notice", "account_id").to("account", "id"))
                    .foreign_key(ForeignKey::create().from("meeting_notice", "meeting_id").to("meeting", "id"))
                    .to_owned(),
            )
            .await?;
        let of_account = Index::create()
            .name("ix_meeting_notice_account")
            .table("meeting_notice")
            .col("account_id")
            .col("told_at")
            .to_owned();
        manager.create_index(of_account).await
    }
}
