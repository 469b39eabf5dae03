//! The rules of a test: until when who is late is let in, from when candidates may hand in, how long the server waits. One
//! document a test; one without is sat by the rules that were there before.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let rules = Table::alter().table("exam_session").add_column(text_null("rules")).to_owned();
        manager.alter_table(rules).await
    }
}
