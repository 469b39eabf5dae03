//! Tools of others to which learners are sent, and what became of each registration: proposed by one person, approved by
//! another, switched off by one. The id is what the tool calls its client id. `redirect_urls` and `keys` are JSON; what was
//! registered is never changed. A number of an assertion of a tool is remembered as long as the assertion is good.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("external_tool")
                    .col(uuid("id").primary_key())
                    .col(string("title"))
                    .col(text("login_url"))
                    .col(text("redirect_urls"))
                    .col(text("keys"))
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
        manager
            .create_table(
                Table::create()
                    .table("external_assertion")
                    .col(uuid("tool_id"))
                    .col(string("number"))
                    .col(big_integer("good_until"))
                    .primary_key(Index::create().col("tool_id").col("number"))
                    .foreign_key(ForeignKey::create().from("external_assertion", "tool_id").to("external_tool", "id"))
                    .to_owned(),
            )
            .await?;
        let ended = Index::create()
            .name("ix_external_assertion_ended")
            .table("external_assertion")
            .col("good_until")
            .to_owned();
        manager.create_index(ended).await
    }
}
