//! Course certificates, the events that led each to its state, and the counters of their numbers.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("certificate")
                    .col(uuid("id").primary_key())
                    .col(string_uniq("number"))
                    // The place in the status lists: unique over all years and divisions.
                    .col(big_integer_uniq("status_index"))
                    .col(uuid("account_id"))
                    .col(uuid("course_id"))
                    .col(uuid("exam_session_id"))
                    .col(uuid("sitting_id"))
                    .col(string("division"))
                    .col(string("state"))
                    .col(integer("version"))
                    .col(text("reason"))
                    // What the document says, for lists.
                    .col(string("course_title"))
                    .col(string("exam_session_title"))
                    .col(integer("score"))
                    .col(string("grade"))
                    // The signed credential, never changed.
                    .col(text("document"))
                    .col(uuid("issued_by"))
                    .col(big_integer("issued_at"))
                    .foreign_key(ForeignKey::create().from("certificate", "account_id").to("account", "id"))
                    .foreign_key(ForeignKey::create().from("certificate", "sitting_id").to("sitting", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("ux_certificate_sitting")
                    .table("certificate")
                    .col("sitting_id")
                    .unique()
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create().name("ix_certificate_account").table("certificate").col("account_id").to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("certificate_event")
                    .col(uuid("id").primary_key())
                    .col(uuid("certificate_id"))
                    .col(string("state"))
                    .col(text("reason"))
                    .col(uuid("actor_id"))
                    .col(big_integer("at"))
                    .foreign_key(
                        ForeignKey::create().from("certificate_event", "certificate_id").to("certificate", "id"),
                    )
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("ix_certificate_event_certificate")
                    .table("certificate_event")
                    .col("certificate_id")
                    .to_owned(),
            )
            .await?;
        // The next serial of a year and division, and the next place in the status lists. Writers
        // lock the row, so no number is given twice.
        manager
            .create_table(
                Table::create()
                    .table("certificate_counter")
                    .col(string("name").primary_key())
                    .col(big_integer("next"))
                    .to_owned(),
            )
            .await?;
        Ok(())
    }
}
