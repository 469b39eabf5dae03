//! Who may be sent to the persons on a roster is asked by the place at which they hold a role.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut by_place = Index::create();
        by_place.name("ix_role_grant_place").table("role_grant").col("place").col("role");
        manager.create_index(by_place).await
    }
}
