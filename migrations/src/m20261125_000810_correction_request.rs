//! Requests of persons to have their data corrected (PIPL art. 46). A request is answered once; of one
//! field of a person one is open.
//!
//! `content` is sealed: what the person says is right, and what stood there, masked.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("correction_request")
                    .col(uuid("id").primary_key())
                    .col(uuid("person_id"))
                    .col(string("field"))
                    .col(blob("content"))
                    .col(text("reason"))
                    .col(string("state"))
                    .col(uuid("asked_by"))
                    .col(big_integer("asked_at"))
                    .col(uuid_null("decided_by"))
                    .col(big_integer_null("decided_at"))
                    .col(text_null("answer"))
                    .foreign_key(ForeignKey::create().from("correction_request", "person_id").to("person", "id"))
                    .foreign_key(ForeignKey::create().from("correction_request", "asked_by").to("account", "id"))
                    .to_owned(),
            )
            .await?;
        let one_open = Index::create()
            .name("ux_correction_request_open")
            .table("correction_request")
            .col("person_id")
            .col("field")
            .unique()
            .and_where(Expr::col("decided_at").is_null())
            .to_owned();
        manager.create_index(one_open).await?;
        let by_person = Index::create()
            .name("ix_correction_request_person")
            .table("correction_request")
            .col("person_id")
            .col("id")
            .to_owned();
        manager.create_index(by_person).await?;
        let by_state = Index::create()
            .name("ix_correction_request_state")
            .table("correction_request")
            .col("state")
            .col("id")
            .to_owned();
        manager.create_index(by_state).await
    }
}
