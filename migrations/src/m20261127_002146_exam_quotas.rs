//! How many candidates from a place a test takes, and from where each registered. Who registered before is counted nowhere:
//! no test of theirs has a quota.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let quotas = Table::alter().table("exam_session").add_column(text_null("quotas")).to_owned();
        manager.alter_table(quotas).await?;
        let division = Table::alter().table("registration").add_column(string_null("division")).to_owned();
        manager.alter_table(division).await
    }
}
