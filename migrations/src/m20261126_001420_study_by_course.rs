//! Who asks in which units of a course learners stop begins at the course, and looks for what each studied last.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let by_course = Index::create()
            .name("ix_study_interval_course")
            .table("study_interval")
            .col("course_id")
            .col("account_id")
            .col("to_at")
            .to_owned();
        manager.create_index(by_course).await
    }
}
