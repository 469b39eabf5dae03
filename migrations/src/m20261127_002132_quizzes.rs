//! Quizzes that classes are set, and what their learners answered. A quiz holds its exercises as they were when it was
//! set, so that a newer version of the course changes no result; it is never edited, but may be withdrawn.
//!
//! `points` of an attempt has those of each exercise. Attempts are numbered by their order: two persons that became one
//! may both have made a first, and neither is lost.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("quiz")
                    .col(uuid("id").primary_key())
                    .col(uuid("class_id"))
                    .col(uuid("course_id"))
                    .col(string("title"))
                    .col(text("items"))
                    .col(integer("attempts"))
                    .col(string("feedback"))
                    .col(string("until"))
                    .col(uuid("set_by"))
                    .col(big_integer("set_at"))
                    .col(uuid_null("withdrawn_by"))
                    .col(big_integer_null("withdrawn_at"))
                    .foreign_key(ForeignKey::create().from("quiz", "class_id").to("class", "id"))
                    .to_owned(),
            )
            .await?;
        let of_class = Index::create().name("ix_quiz_class").table("quiz").col("class_id").col("id").to_owned();
        manager.create_index(of_class).await?;
        manager
            .create_table(
                Table::create()
                    .table("quiz_attempt")
                    .col(uuid("id").primary_key())
                    .col(uuid("quiz_id"))
                    .col(uuid("account_id"))
                    .col(text("responses"))
                    .col(text("points"))
                    .col(big_integer("handed_in_at"))
                    .foreign_key(ForeignKey::create().from("quiz_attempt", "quiz_id").to("quiz", "id"))
                    .foreign_key(ForeignKey::create().from("quiz_attempt", "account_id").to("account", "id"))
                    .to_owned(),
            )
            .await?;
        for (name, of) in [("quiz", "quiz_id"), ("account", "account_id")] {
            let index =
                Index::create().name(format!("ix_quiz_attempt_{name}")).table("quiz_attempt").col(of).to_owned();
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
