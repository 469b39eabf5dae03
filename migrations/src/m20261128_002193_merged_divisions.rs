//! A township goes over into another: the change names the other one, and what went along keeps where it was before.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns =
            [("division_change", "other"), ("provider", "former_division"), ("roster_entry", "former_division")];
        for (table, column) in columns {
            manager.alter_table(Table::alter().table(table).add_column(string_null(column)).to_owned()).await?;
        }
        Ok(())
    }
}
