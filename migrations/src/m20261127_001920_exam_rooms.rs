//! Rooms of exam sites, with the grid of their seats.
//!
//! Nothing here is ever deleted: it is closed. A change counts `version` up.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("exam_room")
                    .col(uuid("id").primary_key())
                    .col(uuid("exam_site_id"))
                    .col(integer("number"))
                    .col(string("name"))
                    .col(integer("seat_rows"))
                    .col(integer("seat_columns"))
                    .col(integer("capacity"))
                    // Numbers of seats; read and written as a whole.
                    .col(text("accessible_seats"))
                    .col(boolean("has_extra_time"))
                    .col(string("state"))
                    .col(integer("version"))
                    .col(big_integer("created_at"))
                    .foreign_key(ForeignKey::create().from("exam_room", "exam_site_id").to("exam_site", "id"))
                    .to_owned(),
            )
            .await?;
        let one_of_each_number = Index::create()
            .name("ux_exam_room_number")
            .table("exam_room")
            .col("exam_site_id")
            .col("number")
            .unique()
            .to_owned();
        manager.create_index(one_of_each_number).await
    }
}
