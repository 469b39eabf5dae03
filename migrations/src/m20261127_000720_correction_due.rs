//! The day by which a request for a correction is to be answered: a promise that is made when it comes in. Older
//! requests have none; their days are counted without holidays.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let due_on = Table::alter().table("correction_request").add_column(string_null("due_on")).to_owned();
        manager.alter_table(due_on).await
    }
}
