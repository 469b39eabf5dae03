//! Files that learners hand in: they lie sealed beside the photos for an assignment, each with its kind; a hand-in says
//! which ones belong to it. What was sent before is a photo, and was handed in without files.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let kind = string("kind").default("jpg").to_owned();
        manager.alter_table(Table::alter().table("assignment_photo").add_column(kind).to_owned()).await?;
        let files = text("files").default("[]").to_owned();
        manager.alter_table(Table::alter().table("assignment_hand_in").add_column(files).to_owned()).await
    }
}
