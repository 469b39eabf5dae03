//! What is done in exam rooms on the day of a test, and who watches which room. Acts are never changed; they are numbered
//! within their exam session, without gaps, so that a node reads what is new since the last that it knows. An act
//! without a sitting is for all of its room, one without a room for all of its site, one without a site for everybody.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("room_act")
                    .col(uuid("exam_session_id"))
                    .col(big_integer("number"))
                    .col(uuid_null("exam_site_id"))
                    .col(uuid_null("exam_room_id"))
                    .col(uuid_null("sitting_id"))
                    .col(string("kind"))
                    .col(text_null("text"))
                    .col(integer_null("seconds"))
                    .col(integer_null("epoch"))
                    .col(integer_null("seat"))
                    .col(boolean_null("is_identity_right"))
                    .col(uuid("acted_by"))
                    .col(big_integer("acted_at"))
                    .primary_key(Index::create().col("exam_session_id").col("number"))
                    .foreign_key(ForeignKey::create().from("room_act", "exam_session_id").to("exam_session", "id"))
                    .foreign_key(ForeignKey::create().from("room_act", "sitting_id").to("sitting", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("room_watch")
                    .col(uuid("exam_session_id"))
                    .col(uuid("exam_room_id"))
                    .col(uuid("invigilator_id"))
                    .col(uuid("assigned_by"))
                    .col(big_integer("assigned_at"))
                    .primary_key(Index::create().col("exam_session_id").col("exam_room_id").col("invigilator_id"))
                    .foreign_key(ForeignKey::create().from("room_watch", "exam_session_id").to("exam_session", "id"))
                    .to_owned(),
            )
            .await?;
        let of_person =
            Index::create().name("ix_room_watch_invigilator").table("room_watch").col("invigilator_id").to_owned();
        manager.create_index(of_person).await
    }
}
