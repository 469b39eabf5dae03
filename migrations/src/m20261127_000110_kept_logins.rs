//! A log-in on the learner's own device is kept for days; one that opened a sitting does not lie idle until the
//! sitting is over.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [boolean("is_kept").default(false).to_owned(), big_integer_null("busy_until")] {
            manager.alter_table(Table::alter().table("login").add_column(column).to_owned()).await?;
        }
        Ok(())
    }
}
