//! A sitting keeps what its candidate was granted when it was made, beside the extra time that it has already.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// What it keeps.
const COLUMNS: [&str; 3] = ["needs_separate_room", "needs_large_print", "needs_accessible"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in COLUMNS {
            let added = Table::alter().table("sitting").add_column(boolean(column).default(false)).to_owned();
            manager.alter_table(added).await?;
        }
        Ok(())
    }
}
