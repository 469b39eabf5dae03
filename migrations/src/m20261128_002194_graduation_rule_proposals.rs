//! Rules of graduation that were proposed, and what became of each. One that is approved is a rule beside those of
//! `graduation_rule`, which came with the program; it is withdrawn until its first day has come, and never changed. Of
//! one region, level and first day one proposal stands.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("graduation_rule_proposal")
                    .col(uuid("id").primary_key())
                    .col(string("region"))
                    .col(string("level"))
                    .col(string("valid_from"))
                    .col(boolean("needs_skill_certificate"))
                    .col(integer("credits"))
                    .col(integer("culture_cap"))
                    .col(integer("skill_cap"))
                    .col(text("reason"))
                    .col(string("state"))
                    .col(uuid("proposed_by"))
                    .col(big_integer("proposed_at"))
                    .col(uuid_null("approved_by"))
                    .col(big_integer_null("approved_at"))
                    .col(uuid_null("ended_by"))
                    .col(big_integer_null("ended_at"))
                    .col(text_null("answer"))
                    .to_owned(),
            )
            .await?;
        let stands = Index::create()
            .name("ux_graduation_rule_proposal_stands")
            .table("graduation_rule_proposal")
            .col("region")
            .col("level")
            .col("valid_from")
            .unique()
            .and_where(Expr::col("ended_at").is_null())
            .to_owned();
        manager.create_index(stands).await
    }
}
