//! Plans of the seats of exam sessions, and which of them was made to hold when. Both are only added to: the plan that
//! was confirmed last is in force, and to go back is to confirm an earlier one again.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(seat_plan()).await?;
        let of_exam_session =
            Index::create().name("ix_seat_plan_exam_session").table("seat_plan").col("exam_session_id").to_owned();
        manager.create_index(of_exam_session).await?;
        manager.create_table(confirmation()).await
    }
}

fn seat_plan() -> TableCreateStatement {
    Table::create()
        .table("seat_plan")
        .col(uuid("id").primary_key())
        .col(uuid("exam_session_id"))
        // What was asked for, and what came of it, as JSON.
        .col(text("request"))
        .col(big_integer("seed"))
        .col(integer("algorithm"))
        .col(text("outcome"))
        .col(integer("seated"))
        .col(integer("unseated"))
        .col(uuid("planned_by"))
        .col(big_integer("planned_at"))
        .foreign_key(ForeignKey::create().from("seat_plan", "exam_session_id").to("exam_session", "id"))
        .to_owned()
}

fn confirmation() -> TableCreateStatement {
    Table::create()
        .table("seat_plan_confirmation")
        .col(uuid("exam_session_id"))
        .col(integer("number"))
        .col(uuid("seat_plan_id"))
        .col(uuid("confirmed_by"))
        .col(big_integer("confirmed_at"))
        .primary_key(Index::create().col("exam_session_id").col("number"))
        .foreign_key(ForeignKey::create().from("seat_plan_confirmation", "seat_plan_id").to("seat_plan", "id"))
        .to_owned()
}
