//! Candidates who went on at another seat of their room than the one that the plan in force gave them. Seats of plans are
//! never changed; a plan that comes to hold later begins without changes. Numbered within their plan, the last one counts.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let changes = Table::create()
            .table("seat_change")
            .col(uuid("seat_plan_id"))
            .col(integer("number"))
            .col(uuid("sitting_id"))
            .col(integer("seat"))
            .col(big_integer("changed_at"))
            .primary_key(Index::create().col("seat_plan_id").col("number"))
            .foreign_key(ForeignKey::create().from("seat_change", "seat_plan_id").to("seat_plan", "id"))
            .foreign_key(ForeignKey::create().from("seat_change", "sitting_id").to("sitting", "id"))
            .to_owned();
        manager.create_table(changes).await
    }
}
