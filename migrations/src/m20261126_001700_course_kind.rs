//! What a course teaches: culture, or a skill. Those of before teach culture.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let add = Table::alter().table("course").add_column(string("kind").default("culture")).to_owned();
        manager.alter_table(add).await
    }
}
