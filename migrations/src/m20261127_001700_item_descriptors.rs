//! What items are about and how hard they are, in versions of their own; the item says which is in force, 0 before
//! anything was said.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let described = integer("described").default(0).to_owned();
        manager.alter_table(Table::alter().table("item").add_column(described).to_owned()).await?;
        manager
            .create_table(
                Table::create()
                    .table("item_descriptor")
                    .col(uuid("item_id"))
                    .col(integer("number"))
                    .col(string("module"))
                    .col(string("knowledge_point"))
                    .col(string("ability"))
                    .col(integer("difficulty"))
                    .col(string("enemies"))
                    .col(uuid("described_by"))
                    .col(big_integer("described_at"))
                    .primary_key(Index::create().col("item_id").col("number"))
                    .foreign_key(ForeignKey::create().from("item_descriptor", "item_id").to("item", "id"))
                    .to_owned(),
            )
            .await
    }
}
