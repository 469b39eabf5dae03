//! Drafts of courses that were submitted, what became of each, and who has written which version. Of one version
//! one submission is open. Rows are never deleted; what was decided is not changed any more.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("course_review")
                    .col(uuid("id").primary_key())
                    .col(uuid("course_version_id"))
                    .col(string("state"))
                    .col(uuid("submitted_by"))
                    .col(big_integer("submitted_at"))
                    .col(uuid_null("decided_by"))
                    .col(big_integer_null("decided_at"))
                    .col(text("note"))
                    .col(text("remarks"))
                    .foreign_key(
                        ForeignKey::create().from("course_review", "course_version_id").to("course_version", "id"),
                    )
                    .to_owned(),
            )
            .await?;
        let open = Index::create()
            .name("ux_course_review_open")
            .table("course_review")
            .col("course_version_id")
            .unique()
            .and_where(Expr::col("decided_at").is_null())
            .to_owned();
        manager.create_index(open).await?;
        let of_version =
            Index::create().name("ix_course_review").table("course_review").col("course_version_id").to_owned();
        manager.create_index(of_version).await?;
        manager
            .create_table(
                Table::create()
                    .table("course_writer")
                    .col(uuid("course_version_id"))
                    .col(uuid("written_by"))
                    .primary_key(Index::create().col("course_version_id").col("written_by"))
                    .foreign_key(
                        ForeignKey::create().from("course_writer", "course_version_id").to("course_version", "id"),
                    )
                    .to_owned(),
            )
            .await?;
        // Of what was written before, the last writer of each is known.
        let fill = "INSERT INTO course_writer (course_version_id, written_by) \
                    SELECT id, edited_by FROM course_version WHERE published_at IS NOT NULL OR version > 1";
        manager.get_connection().execute_unprepared(fill).await?;
        Ok(())
    }
}
