//! A sitting keeps how much working time was given back, and since when it stands still: its deadline is computed from
//! its row alone, on the path of every answer. Who gave it back and why, the acts of the room say.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [integer("returned_s").default(0).to_owned(), big_integer_null("paused_at")] {
            let added = Table::alter().table("sitting").add_column(column).to_owned();
            manager.alter_table(added).await?;
        }
        Ok(())
    }
}
