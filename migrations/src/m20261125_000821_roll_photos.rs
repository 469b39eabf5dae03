//! Photos of the signed rolls of meetings, sealed by the key at rest. The row of one that was taken away
//! says who did and why; its content is empty then.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("roll_photo")
                    .col(uuid("id").primary_key())
                    .col(uuid("meeting_id"))
                    .col(blob("content"))
                    .col(integer("width"))
                    .col(integer("height"))
                    .col(integer("bytes"))
                    .col(uuid("added_by"))
                    .col(big_integer("added_at"))
                    .col(uuid_null("removed_by"))
                    .col(big_integer_null("removed_at"))
                    .col(string("removed_because").default(""))
                    .foreign_key(ForeignKey::create().from("roll_photo", "meeting_id").to("meeting", "id"))
                    .to_owned(),
            )
            .await?;
        let of_meeting =
            Index::create().name("ix_roll_photo_meeting").table("roll_photo").col("meeting_id").col("id").to_owned();
        manager.create_index(of_meeting).await
    }
}
