//! The version of the rules by which a response is scored, kept when the paper is sealed. Papers that were sealed before are
//! scored by the first.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let scorer_version = integer_null("scorer_version");
        manager.alter_table(Table::alter().table("paper_item").add_column(scorer_version).to_owned()).await
    }
}
