//! Courses and their versions, classes, and the facts of study.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("course")
                    .col(uuid("id").primary_key())
                    .col(string_uniq("code"))
                    .col(string("title"))
                    .col(string("level"))
                    .col(string("role"))
                    .col(integer("class_hours"))
                    .col(integer("face_to_face_hours"))
                    .col(text("summary"))
                    .col(uuid("created_by"))
                    .col(big_integer("created_at"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("course_version")
                    .col(uuid("id").primary_key())
                    .col(uuid("course_id"))
                    .col(integer("number"))
                    .col(integer("version"))
                    .col(text("content"))
                    .col(uuid("edited_by"))
                    .col(big_integer("edited_at"))
                    .col(big_integer_null("published_at"))
                    .foreign_key(ForeignKey::create().from("course_version", "course_id").to("course", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("ux_course_version")
                    .table("course_version")
                    .col("course_id")
                    .col("number")
                    .unique()
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("class")
                    .col(uuid("id").primary_key())
                    .col(uuid("provider_id"))
                    .col(string("name"))
                    .col(string("form"))
                    .col(big_integer("created_at"))
                    .foreign_key(ForeignKey::create().from("class", "provider_id").to("provider", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("class_course")
                    .col(uuid("class_id"))
                    .col(uuid("course_id"))
                    .col(uuid("course_version_id"))
                    .primary_key(Index::create().col("class_id").col("course_id"))
                    .foreign_key(ForeignKey::create().from("class_course", "class_id").to("class", "id"))
                    .foreign_key(
                        ForeignKey::create().from("class_course", "course_version_id").to("course_version", "id"),
                    )
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("class_member")
                    .col(uuid("class_id"))
                    .col(uuid("account_id"))
                    .col(big_integer("joined_at"))
                    .primary_key(Index::create().col("class_id").col("account_id"))
                    .foreign_key(ForeignKey::create().from("class_member", "class_id").to("class", "id"))
                    .foreign_key(ForeignKey::create().from("class_member", "account_id").to("account", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create().name("ix_class_member_account").table("class_member").col("account_id").to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("study_interval")
                    .col(uuid("id").primary_key())
                    .col(uuid("account_id"))
                    .col(uuid("course_id"))
                    .col(uuid("unit_id"))
                    .col(uuid("stream"))
                    .col(big_integer("from_at"))
                    .col(big_integer("to_at"))
                    .col(integer("read_pct"))
                    .foreign_key(ForeignKey::create().from("study_interval", "account_id").to("account", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("ix_study_interval")
                    .table("study_interval")
                    .col("account_id")
                    .col("course_id")
                    .col("unit_id")
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("exercise_answer")
                    .col(uuid("id").primary_key())
                    .col(uuid("account_id"))
                    .col(uuid("course_id"))
                    .col(uuid("unit_id"))
                    .col(integer("exercise"))
                    .col(text("response"))
                    .col(boolean_null("is_right"))
                    .col(big_integer("answered_at"))
                    .foreign_key(ForeignKey::create().from("exercise_answer", "account_id").to("account", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("ix_exercise_answer")
                    .table("exercise_answer")
                    .col("account_id")
                    .col("course_id")
                    .col("unit_id")
                    .to_owned(),
            )
            .await?;
        Ok(())
    }
}
