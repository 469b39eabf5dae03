//! A test may list the Browser Exam Keys of Safe Exam Browser by which it is sat. One list a test; one without takes every
//! version that runs by the settings of this installation.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let keys = Table::alter().table("exam_session").add_column(text_null("browser_exam_keys")).to_owned();
        manager.alter_table(keys).await
    }
}
