//! The content key of a paper, wrapped by what is read out where the network fails at the start; sealed with the package.
//! Papers that were sealed before have none, and open with the key that the server tells alone.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let spoken_key = blob_null("spoken_key");
        manager.alter_table(Table::alter().table("paper").add_column(spoken_key).to_owned()).await
    }
}
