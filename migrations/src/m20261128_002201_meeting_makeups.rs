//! Missed meetings that learners made up: at another meeting of the course, or by a task. What was taken back stays, and
//! says who did and why; of one learner one makeup of a meeting counts.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("meeting_makeup")
                    .col(uuid("id").primary_key())
                    .col(uuid("meeting_id"))
                    .col(uuid("learner_id"))
                    .col(uuid_null("by_meeting_id"))
                    .col(integer("minutes"))
                    .col(text("note"))
                    .col(uuid("granted_by"))
                    .col(big_integer("granted_at"))
                    .col(uuid_null("withdrawn_by"))
                    .col(big_integer_null("withdrawn_at"))
                    .col(text("withdrawn_because"))
                    .foreign_key(ForeignKey::create().from("meeting_makeup", "meeting_id").to("meeting", "id"))
                    .foreign_key(ForeignKey::create().from("meeting_makeup", "by_meeting_id").to("meeting", "id"))
                    .to_owned(),
            )
            .await?;
        let mut once = Index::create();
        once.name("ux_meeting_makeup").table("meeting_makeup").col("meeting_id").col("learner_id").unique();
        once.and_where(Expr::col("withdrawn_at").is_null());
        manager.create_index(once).await?;
        let of_learner =
            Index::create().name("ix_meeting_makeup_learner").table("meeting_makeup").col("learner_id").to_owned();
        manager.create_index(of_learner).await
    }
}
