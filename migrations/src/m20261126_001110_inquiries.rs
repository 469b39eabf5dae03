//! Questions of learners to those who keep or teach their class. Each is answered once, and ended by who asked; its
//! text and its answer never change.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("inquiry")
                    .col(uuid("id").primary_key())
                    .col(uuid("class_id"))
                    .col(uuid("course_id"))
                    .col(uuid("unit_id"))
                    .col(string("unit_title"))
                    .col(uuid("account_id"))
                    .col(text("text"))
                    .col(string("state"))
                    .col(big_integer("asked_at"))
                    .col(text_null("answer"))
                    .col(uuid_null("answered_by"))
                    .col(big_integer_null("answered_at"))
                    .col(big_integer_null("closed_at"))
                    .col(boolean("is_public"))
                    .foreign_key(ForeignKey::create().from("inquiry", "class_id").to("class", "id"))
                    .foreign_key(ForeignKey::create().from("inquiry", "account_id").to("account", "id"))
                    .to_owned(),
            )
            .await?;
        let of_class =
            Index::create().name("ix_inquiry_class").table("inquiry").col("class_id").col("state").col("id").to_owned();
        manager.create_index(of_class).await?;
        let of_learner =
            Index::create().name("ix_inquiry_account").table("inquiry").col("account_id").col("id").to_owned();
        manager.create_index(of_learner).await
    }
}
