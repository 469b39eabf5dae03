//! Rules of courses that were proposed, and what became of each. One that is approved holds from its first day on; until
//! then it is withdrawn, and later never changed. Of one course and first day one proposal stands.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("course_rule_proposal")
                    .col(uuid("id").primary_key())
                    .col(uuid("course_id"))
                    .col(string("valid_from"))
                    .col(integer("class_hours"))
                    .col(integer("face_to_face_hours"))
                    .col(integer("credits"))
                    .col(integer("pass_pct"))
                    .col(integer("gate_task_pct"))
                    .col(text("reason"))
                    .col(string("state"))
                    .col(uuid("proposed_by"))
                    .col(big_integer("proposed_at"))
                    .col(uuid_null("approved_by"))
                    .col(big_integer_null("approved_at"))
                    .col(uuid_null("ended_by"))
                    .col(big_integer_null("ended_at"))
                    .col(text_null("answer"))
                    .foreign_key(ForeignKey::create().from("course_rule_proposal", "course_id").to("course", "id"))
                    .to_owned(),
            )
            .await?;
        let stands = Index::create()
            .name("ux_course_rule_proposal_stands")
            .table("course_rule_proposal")
            .col("course_id")
            .col("valid_from")
            .unique()
            .and_where(Expr::col("ended_at").is_null())
            .to_owned();
        manager.create_index(stands).await
    }
}
