//! Two persons open the registration of a test: one finds its plan right, another opens it as it stands. Tests that were
//! opened before have no such person.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let first = Table::alter().table("exam_session").add_column(uuid_null("opened_first_by")).to_owned();
        manager.alter_table(first).await
    }
}
