//! A question on a material that a person marks is scored by itself: what it is worth stands beside what rules say of the
//! other questions of its item.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// `part` is the number of the question, from 1; 0 is everything else of an item.
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let part = Table::alter().table("scored_response").add_column(integer("part").default(0)).to_owned();
        manager.alter_table(part).await?;
        manager.drop_index(Index::drop().name("ux_scored_response").table("scored_response").to_owned()).await?;
        let once = Index::create()
            .name("ux_scored_response_part")
            .table("scored_response")
            .col("sitting_id")
            .col("item_id")
            .col("part")
            .unique()
            .to_owned();
        manager.create_index(once).await
    }
}
