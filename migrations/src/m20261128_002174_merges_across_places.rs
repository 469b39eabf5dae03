//! A place asks that a person of its own and one whom another place keeps become one: each approves for its own.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let across = Table::alter().table("person_merge").add_column(boolean("is_across").default(false)).to_owned();
        manager.alter_table(across).await
    }
}
