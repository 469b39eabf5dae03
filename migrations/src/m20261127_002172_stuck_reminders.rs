//! Who is stuck in a unit is reminded, too: the reminder keeps the title of the unit, as it was then.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let unit = Table::alter().table("class_reminder").add_column(text_null("unit_title")).to_owned();
        manager.alter_table(unit).await
    }
}
