//! Announcements of classes, and which learner has read which version of one. `version` changes at every edit; what
//! was changed is unread again. Nothing is deleted: an announcement ends by its day, or is withdrawn.
//!
//! A learner reads a version once; two persons that became one may have read it each, and neither mark is lost.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("announcement")
                    .col(uuid("id").primary_key())
                    .col(uuid("class_id"))
                    .col(string("title"))
                    .col(text("text"))
                    .col(string("until"))
                    .col(integer("version"))
                    .col(uuid("written_by"))
                    .col(big_integer("written_at"))
                    .col(big_integer_null("edited_at"))
                    .col(uuid_null("withdrawn_by"))
                    .col(big_integer_null("withdrawn_at"))
                    .foreign_key(ForeignKey::create().from("announcement", "class_id").to("class", "id"))
                    .to_owned(),
            )
            .await?;
        let of_class =
            Index::create().name("ix_announcement_class").table("announcement").col("class_id").col("id").to_owned();
        manager.create_index(of_class).await?;
        manager
            .create_table(
                Table::create()
                    .table("announcement_reading")
                    .col(uuid("id").primary_key())
                    .col(uuid("announcement_id"))
                    .col(uuid("account_id"))
                    .col(integer("version"))
                    .col(big_integer("read_at"))
                    .foreign_key(
                        ForeignKey::create().from("announcement_reading", "announcement_id").to("announcement", "id"),
                    )
                    .foreign_key(ForeignKey::create().from("announcement_reading", "account_id").to("account", "id"))
                    .to_owned(),
            )
            .await?;
        for (name, of) in [("announcement", "announcement_id"), ("account", "account_id")] {
            let index = Index::create()
                .name(format!("ix_announcement_reading_{name}"))
                .table("announcement_reading")
                .col(of)
                .to_owned();
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
