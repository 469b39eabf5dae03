//! The options of the questions on one material that stay at their places, kept when the paper is sealed. Papers that were
//! sealed before have none, and show all of them in their author's order.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let pinned_parts = text_null("pinned_parts");
        manager.alter_table(Table::alter().table("paper_item").add_column(pinned_parts).to_owned()).await
    }
}
