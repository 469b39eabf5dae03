//! Options that stay at their places when an item is shuffled, kept when the paper is sealed. Papers that were sealed
//! before shuffle all.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let pinned_options = string_null("pinned_options");
        manager.alter_table(Table::alter().table("paper_item").add_column(pinned_options).to_owned()).await
    }
}
