//! A seat says in which room of which site it is, and where that lies: who watches a room finds its seats by it. Seats of
//! plans that were made to hold before say nothing of it, and are watched by nobody.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [uuid_null("exam_site_id"), uuid_null("exam_room_id"), string_null("division")] {
            let added = Table::alter().table("seat").add_column(column).to_owned();
            manager.alter_table(added).await?;
        }
        let of_room =
            Index::create().name("ix_seat_room").table("seat").col("seat_plan_id").col("exam_room_id").to_owned();
        manager.create_index(of_room).await
    }
}
