//! Text messages to persons. A row is written with the fact that it tells of, and keeps what became of it.
//!
//! `phone` and `parameters` are sealed field by field; `phone_index` is blind. The parameters are what the
//! template does not say, a code among them: they are erased after thirty days. Of a code of a first log-in
//! it is known whether it went by text: then the phone alone proves nothing.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("text_message")
                    .col(uuid("id").primary_key())
                    .col(string("kind"))
                    .col(uuid("person_id"))
                    .col(blob("phone"))
                    .col(blob("phone_index"))
                    .col(blob_null("parameters"))
                    .col(string("state"))
                    .col(string_null("failure"))
                    .col(integer("attempts"))
                    .col(big_integer("next_try_at"))
                    .col(big_integer("expires_at"))
                    .col(string_null("provider_message_id"))
                    .col(uuid("asked_by"))
                    .col(big_integer("created_at"))
                    .col(big_integer_null("sent_at"))
                    .foreign_key(ForeignKey::create().from("text_message", "person_id").to("person", "id"))
                    .to_owned(),
            )
            .await?;
        for (name, of) in [("person", "person_id"), ("phone", "phone_index"), ("sender", "asked_by")] {
            let index = Index::create()
                .name(format!("ix_text_message_{name}"))
                .table("text_message")
                .col(of)
                .col("created_at")
                .to_owned();
            manager.create_index(index).await?;
        }
        let texted = Table::alter().table("activation_code").add_column(boolean("is_texted").default(false)).to_owned();
        manager.alter_table(texted).await
    }
}
