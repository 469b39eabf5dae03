//! Who sits where by a plan of seats that was made to hold: what the candidate is told, as it was then.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("seat")
                    .col(uuid("seat_plan_id"))
                    .col(uuid("sitting_id"))
                    .col(string("site_name"))
                    .col(string("address"))
                    .col(integer("room_number"))
                    .col(string("room_name"))
                    .col(integer("number"))
                    .col(integer("form"))
                    .primary_key(Index::create().col("seat_plan_id").col("sitting_id"))
                    .foreign_key(ForeignKey::create().from("seat", "seat_plan_id").to("seat_plan", "id"))
                    .foreign_key(ForeignKey::create().from("seat", "sitting_id").to("sitting", "id"))
                    .to_owned(),
            )
            .await
    }
}
