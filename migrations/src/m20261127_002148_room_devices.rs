//! How many devices of a room work, where that has been counted.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let devices = Table::alter().table("exam_room").add_column(integer_null("devices")).to_owned();
        manager.alter_table(devices).await
    }
}
