//! A place asks for a person whom another keeps: the same transfer, begun by its receiver and answered by its sender.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let asked = Table::alter().table("person_transfer").add_column(boolean("is_asked").default(false)).to_owned();
        manager.alter_table(asked).await
    }
}
