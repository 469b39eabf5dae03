//! What a test is for, and until when it is open if each candidate begins at a time of their own. All tests so far were
//! unified ones, which begin for everybody at once.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [string("kind").default("unified").to_owned(), big_integer_null("closes_at")] {
            manager.alter_table(Table::alter().table("exam_session").add_column(column).to_owned()).await?;
        }
        Ok(())
    }
}
