//! The edition alone says which certificate takes the place of which: that of the same sitting.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name("ix_certificate_supersedes").table("certificate").to_owned()).await?;
        manager.alter_table(Table::alter().table("certificate").drop_column("supersedes").to_owned()).await
    }
}
