//! When the rooms of a test are closed, whoever still works.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let hard_stop = Table::alter().table("exam_session").add_column(big_integer_null("hard_stop_at")).to_owned();
        manager.alter_table(hard_stop).await
    }
}
