//! Rechecks of results: what a candidate asked for and what came of it, one for each result; and what a result is since
//! one of them corrected it. What was released stays as it was.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(recheck()).await?;
        manager.create_table(correction()).await?;
        let mut by_sitting = Index::create();
        by_sitting.name("ux_score_recheck_sitting").table("score_recheck").col("sitting_id").unique();
        manager.create_index(by_sitting).await?;
        let mut by_state = Index::create();
        by_state.name("ix_score_recheck_state").table("score_recheck").col("state").col("division");
        manager.create_index(by_state).await
    }
}

fn recheck() -> TableCreateStatement {
    Table::create()
        .table("score_recheck")
        .col(uuid("id").primary_key())
        .col(uuid("sitting_id"))
        .col(uuid("exam_session_id"))
        .col(string("division"))
        .col(string("state"))
        .col(big_integer("asked_at"))
        .col(uuid_null("settled_by"))
        .col(big_integer_null("settled_at"))
        .col(text_null("reason"))
        .col(text_null("corrections"))
        .col(integer_null("score_after"))
        .col(uuid_null("confirmed_by"))
        .col(big_integer_null("confirmed_at"))
        .foreign_key(ForeignKey::create().from("score_recheck", "sitting_id").to("result", "sitting_id"))
        .to_owned()
}

fn correction() -> TableCreateStatement {
    Table::create()
        .table("result_correction")
        .col(uuid("sitting_id").primary_key())
        .col(uuid("recheck_id"))
        .col(integer("score"))
        .col(string("grade"))
        .col(boolean("has_passed"))
        .col(uuid("corrected_by"))
        .col(big_integer("corrected_at"))
        .foreign_key(ForeignKey::create().from("result_correction", "sitting_id").to("result", "sitting_id"))
        .foreign_key(ForeignKey::create().from("result_correction", "recheck_id").to("score_recheck", "id"))
        .to_owned()
}
