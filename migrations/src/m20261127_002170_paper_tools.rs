//! What lies beside a paper for its candidates: a calculator, a formula sheet. Papers of before have neither.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tools = text_null("tools");
        manager.alter_table(Table::alter().table("paper").add_column(tools).to_owned()).await
    }
}
