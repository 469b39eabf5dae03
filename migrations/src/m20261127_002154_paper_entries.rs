//! What was written on papers that were handed out, as it was entered; never changed. It counts when two persons have
//! entered the same, and is then in the journal of answers like any other.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("paper_entry")
                    .col(uuid("sitting_id"))
                    .col(integer("number"))
                    .col(text("answers"))
                    .col(boolean("is_counted"))
                    .col(uuid("entered_by"))
                    .col(big_integer("entered_at"))
                    .primary_key(Index::create().col("sitting_id").col("number"))
                    .foreign_key(ForeignKey::create().from("paper_entry", "sitting_id").to("sitting", "id"))
                    .to_owned(),
            )
            .await
    }
}
