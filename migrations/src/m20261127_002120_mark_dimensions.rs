//! What each dimension of an essay is worth, in their order, beside the sum; and the same where the sum was taken back.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["scored_response", "marking_reopening"] {
            let dimensions = Table::alter().table(table).add_column(text_null("dimension_points")).to_owned();
            manager.alter_table(dimensions).await?;
        }
        Ok(())
    }
}
