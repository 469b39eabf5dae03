//! A job that an event met while it was under way runs once more when it ends: what it had read may be of before.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let again = Table::alter().table("job").add_column(boolean("again").default(false)).to_owned();
        manager.alter_table(again).await
    }
}
