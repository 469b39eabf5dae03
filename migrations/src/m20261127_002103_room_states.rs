//! A room of a teaching point can be given another name and other seats, or closed. Those of earlier days are open.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // One column a statement: that is all that SQLite takes.
        let state = Table::alter().table("room").add_column(string("state").default("open")).to_owned();
        manager.alter_table(state).await?;
        let version = Table::alter().table("room").add_column(integer("version").default(1)).to_owned();
        manager.alter_table(version).await
    }
}
