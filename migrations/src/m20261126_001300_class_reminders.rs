//! Reminders of learners who studied nothing for a while, by who keeps or teaches their class. A reminder is shown to
//! the learner until they have read it, and never changed otherwise.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("class_reminder")
                    .col(uuid("id").primary_key())
                    .col(uuid("class_id"))
                    .col(uuid("account_id"))
                    .col(integer("days"))
                    .col(uuid("sent_by"))
                    .col(big_integer("sent_at"))
                    .col(big_integer_null("read_at"))
                    .foreign_key(ForeignKey::create().from("class_reminder", "class_id").to("class", "id"))
                    .foreign_key(ForeignKey::create().from("class_reminder", "account_id").to("account", "id"))
                    .to_owned(),
            )
            .await?;
        let of_class = Index::create()
            .name("ix_class_reminder_class")
            .table("class_reminder")
            .col("class_id")
            .col("id")
            .to_owned();
        manager.create_index(of_class).await?;
        let of_learner = Index::create()
            .name("ix_class_reminder_account")
            .table("class_reminder")
            .col("account_id")
            .col("id")
            .to_owned();
        manager.create_index(of_learner).await
    }
}
