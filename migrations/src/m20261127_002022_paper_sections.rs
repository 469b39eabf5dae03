//! Parts of papers, each with its title, its instructions, and what of it is shuffled. Papers without parts shuffle all.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let sections = text_null("sections");
        manager.alter_table(Table::alter().table("paper").add_column(sections).to_owned()).await
    }
}
