//! Items are reviewed before papers hold them. Each review stays; the state says where the newest version stands.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// What is in the bank already was found right before there were reviews. A version is reviewed once.
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let state = string("state").default("approved").to_owned();
        manager.alter_table(Table::alter().table("item").add_column(state).to_owned()).await?;
        let by_state = Index::create().name("ix_item_state").table("item").col("state").col("id").to_owned();
        manager.create_index(by_state).await?;
        manager
            .create_table(
                Table::create()
                    .table("item_review")
                    .col(uuid("item_id"))
                    .col(integer("number"))
                    .col(string("state"))
                    .col(text("reason"))
                    .col(uuid("reviewed_by"))
                    .col(big_integer("reviewed_at"))
                    .primary_key(Index::create().col("item_id").col("number"))
                    .foreign_key(ForeignKey::create().from("item_review", "item_id").to("item", "id"))
                    .to_owned(),
            )
            .await
    }
}
