//! The days around a test: when learners register, and until when each step is to be taken. One document a test, for they
//! are planned and changed together; tests without one register whenever their state allows it.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let calendar = Table::alter().table("exam_session").add_column(text_null("calendar")).to_owned();
        manager.alter_table(calendar).await
    }
}
