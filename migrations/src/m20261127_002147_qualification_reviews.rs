//! How far the registrations of a test are reviewed, and where each stands. Each decision is in the audit log; who was
//! refused reads the reason.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let reviewed = Table::alter().table("exam_session").add_column(string_null("reviewed_up_to")).to_owned();
        manager.alter_table(reviewed).await?;
        for column in [uuid_null("provider_id"), string_null("review"), text_null("review_reason")] {
            manager.alter_table(Table::alter().table("registration").add_column(column).to_owned()).await?;
        }
        let waiting = Index::create().name("ix_registration_review").table("registration").col("review").to_owned();
        manager.create_index(waiting).await
    }
}
