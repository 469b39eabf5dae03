//! Certificates are narrowed down by exam session and by course.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in ["exam_session_id", "course_id"] {
            let mut index = Index::create();
            index.name(format!("ix_certificate_by_{column}")).table("certificate").col(column).col("state").col("id");
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
