//! Who closes a teaching point is told of the classes that meet there.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut by_point = Index::create();
        by_point.name("ix_class_teaching_point").table("class").col("teaching_point_id").col("state");
        manager.create_index(by_point).await
    }
}
