//! Exam sessions, registrations, and the sittings made before the start.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("exam_session")
                    .col(uuid("id").primary_key())
                    .col(string("title"))
                    .col(uuid("course_id"))
                    .col(uuid("paper_id"))
                    .col(string("division"))
                    .col(big_integer("starts_at"))
                    .col(integer("duration_min"))
                    .col(string("state"))
                    .col(integer("version"))
                    .col(uuid("created_by"))
                    .col(uuid_null("armed_first_by"))
                    .col(uuid_null("released_first_by"))
                    .col(big_integer_null("scored_at"))
                    .col(integer("to_mark"))
                    .foreign_key(ForeignKey::create().from("exam_session", "course_id").to("course", "id"))
                    .foreign_key(ForeignKey::create().from("exam_session", "paper_id").to("paper", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("registration")
                    .col(uuid("exam_session_id"))
                    .col(uuid("account_id"))
                    .col(big_integer("registered_at"))
                    .primary_key(Index::create().col("exam_session_id").col("account_id"))
                    .foreign_key(ForeignKey::create().from("registration", "exam_session_id").to("exam_session", "id"))
                    .foreign_key(ForeignKey::create().from("registration", "account_id").to("account", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("sitting")
                    .col(uuid("id").primary_key())
                    .col(uuid("exam_session_id"))
                    .col(uuid("account_id"))
                    .col(uuid("paper_id"))
                    .col(string_uniq("ticket_number"))
                    .col(big_integer("seed"))
                    .col(integer("extra_min"))
                    .col(integer("epoch"))
                    .col(uuid_null("device"))
                    .col(big_integer_null("opened_at"))
                    .col(big_integer_null("epoch_opened_at"))
                    .col(big_integer_null("closed_at"))
                    .col(boolean("by_candidate"))
                    .col(integer("answered"))
                    .col(string("digest"))
                    .foreign_key(ForeignKey::create().from("sitting", "exam_session_id").to("exam_session", "id"))
                    .foreign_key(ForeignKey::create().from("sitting", "account_id").to("account", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("ux_sitting_candidate")
                    .table("sitting")
                    .col("exam_session_id")
                    .col("account_id")
                    .unique()
                    .to_owned(),
            )
            .await?;
        // Ticket numbers are counted by year and county, over all exam sessions.
        manager
            .create_table(
                Table::create()
                    .table("ticket_counter")
                    .col(string("prefix").primary_key())
                    .col(integer("next"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create().name("ix_registration_account").table("registration").col("account_id").to_owned(),
            )
            .await?;
        manager
            .create_index(Index::create().name("ix_exam_session_state").table("exam_session").col("state").to_owned())
            .await?;
        manager
            .create_index(Index::create().name("ix_sitting_account").table("sitting").col("account_id").to_owned())
            .await?;
        Ok(())
    }
}
