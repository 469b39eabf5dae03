//! As whom tools of others know learners, which learner was sent to which of them, and what they reported.
//!
//! A subject is another one at each tool. Two persons that became one may have two at the same tool: what is reported of
//! either is the survivor's. A launch is answered once, in the browser that holds what is hashed here, and forgotten
//! after a day; scores are facts, of one moment one.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("external_subject")
                    .col(uuid("id").primary_key())
                    .col(uuid("tool_id"))
                    .col(uuid("account_id"))
                    .col(big_integer("made_at"))
                    .foreign_key(ForeignKey::create().from("external_subject", "tool_id").to("external_tool", "id"))
                    .foreign_key(ForeignKey::create().from("external_subject", "account_id").to("account", "id"))
                    .to_owned(),
            )
            .await?;
        let of_account =
            Index::create().name("ix_external_subject_account").table("external_subject").col("account_id").to_owned();
        manager.create_index(of_account).await?;
        manager
            .create_table(
                Table::create()
                    .table("external_launch")
                    .col(uuid("id").primary_key())
                    .col(uuid("subject_id"))
                    .col(uuid("activity_id"))
                    .col(big_integer("made_at"))
                    .col(blob("browser_hash"))
                    .col(big_integer_null("answered_at"))
                    .foreign_key(
                        ForeignKey::create().from("external_launch", "subject_id").to("external_subject", "id"),
                    )
                    .to_owned(),
            )
            .await?;
        let made = Index::create().name("ix_external_launch_made").table("external_launch").col("made_at").to_owned();
        manager.create_index(made).await?;
        manager
            .create_table(
                Table::create()
                    .table("external_score")
                    .col(uuid("id").primary_key())
                    .col(uuid("subject_id"))
                    .col(uuid("activity_id"))
                    .col(uuid("course_id"))
                    .col(uuid("unit_id"))
                    .col(big_integer("scored_at"))
                    .col(boolean("is_completed"))
                    .col(integer_null("given"))
                    .col(integer_null("most"))
                    .col(big_integer("received_at"))
                    .foreign_key(ForeignKey::create().from("external_score", "subject_id").to("external_subject", "id"))
                    .to_owned(),
            )
            .await?;
        let of_one_moment = Index::create()
            .name("ux_external_score_moment")
            .table("external_score")
            .col("subject_id")
            .col("activity_id")
            .col("scored_at")
            .unique()
            .to_owned();
        manager.create_index(of_one_moment).await
    }
}
