//! Versions of the rules of enrolment that were proposed, and what became of each. An approved one is added to
//! `enrolment_rule`, whose rows are never changed. Of one region, level and first day one proposal is open.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("enrolment_rule_proposal")
                    .col(uuid("id").primary_key())
                    .col(string("region"))
                    .col(string("level"))
                    .col(string("valid_from"))
                    .col(small_integer("youngest"))
                    .col(small_integer("oldest"))
                    .col(string("prior"))
                    .col(boolean("is_literacy_enough"))
                    .col(text("reason"))
                    .col(string("state"))
                    .col(uuid("proposed_by"))
                    .col(big_integer("proposed_at"))
                    .col(uuid_null("decided_by"))
                    .col(big_integer_null("decided_at"))
                    .col(text_null("answer"))
                    .to_owned(),
            )
            .await?;
        let open = Index::create()
            .name("ux_enrolment_rule_proposal_open")
            .table("enrolment_rule_proposal")
            .col("region")
            .col("level")
            .col("valid_from")
            .unique()
            .and_where(Expr::col("decided_at").is_null())
            .to_owned();
        manager.create_index(open).await
    }
}
