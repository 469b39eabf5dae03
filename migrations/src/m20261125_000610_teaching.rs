//! Timetables and attendance: holidays, rooms, meetings of classes, and what was noted of who came.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        holidays(manager).await?;
        rooms(manager).await?;
        meetings(manager).await?;
        changes(manager).await?;
        roll_calls(manager).await
    }
}

/// Days off and worked weekend days of 2026: the State Council's notice of 2025-11-04. The province
/// enters the years after.
const HOLIDAYS_2026: &str = include_str!("holidays_2026.csv");

/// What is said of days. A day that is an ordinary one again stays, as such.
async fn holidays(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("holiday")
                .col(string("day").primary_key())
                .col(string("kind"))
                .col(string("name"))
                .col(uuid_null("changed_by"))
                .to_owned(),
        )
        .await?;
    let mut insert = Query::insert().into_table("holiday").columns(["day", "kind", "name"]).to_owned();
    for line in HOLIDAYS_2026.lines() {
        insert.values_panic(line.split(',').map(Expr::value));
    }
    manager.get_connection().execute(&insert).await?;
    Ok(())
}

/// Rooms of teaching points.
async fn rooms(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("room")
                .col(uuid("id").primary_key())
                .col(uuid("teaching_point_id"))
                .col(string("name"))
                .col(integer("seats"))
                .col(big_integer("created_at"))
                .foreign_key(ForeignKey::create().from("room", "teaching_point_id").to("teaching_point", "id"))
                .to_owned(),
        )
        .await?;
    let named =
        Index::create().name("ux_room_name").table("room").col("teaching_point_id").col("name").unique().to_owned();
    manager.create_index(named).await
}

/// Meetings. `check_in_secret` is the meeting's own and makes the codes on the screen.
async fn meetings(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("meeting")
                .col(uuid("id").primary_key())
                .col(uuid("class_id"))
                .col(uuid("course_id"))
                .col(string("topic"))
                .col(uuid_null("teacher_id"))
                .col(uuid_null("room_id"))
                .col(big_integer("starts_at"))
                .col(big_integer("ends_at"))
                .col(string("state"))
                .col(integer("version"))
                .col(binary("check_in_secret"))
                .col(uuid_null("entered_by"))
                .col(big_integer("entered_at"))
                .foreign_key(ForeignKey::create().from("meeting", "class_id").to("class", "id"))
                .foreign_key(ForeignKey::create().from("meeting", "course_id").to("course", "id"))
                .foreign_key(ForeignKey::create().from("meeting", "room_id").to("room", "id"))
                .to_owned(),
        )
        .await?;
    for (name, column) in
        [("ix_meeting_class", "class_id"), ("ix_meeting_teacher", "teacher_id"), ("ix_meeting_room", "room_id")]
    {
        let index = Index::create().name(name).table("meeting").col(column).col("starts_at").col("id").to_owned();
        manager.create_index(index).await?;
    }
    // Classes, teachers and rooms whose timetables are being written: who writes one queues at its row.
    manager.create_table(Table::create().table("timetable_lock").col(uuid("of").primary_key()).to_owned()).await
}

/// How meetings were before they were moved or cancelled. Rows are never changed.
async fn changes(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("meeting_change")
                .col(uuid("id").primary_key())
                .col(uuid("meeting_id"))
                .col(uuid_null("teacher_id"))
                .col(uuid_null("room_id"))
                .col(big_integer("starts_at"))
                .col(big_integer("ends_at"))
                .col(string("reason"))
                .col(uuid("changed_by"))
                .col(big_integer("changed_at"))
                .foreign_key(ForeignKey::create().from("meeting_change", "meeting_id").to("meeting", "id"))
                .to_owned(),
        )
        .await?;
    let index = Index::create().name("ix_meeting_change").table("meeting_change").col("meeting_id").to_owned();
    manager.create_index(index).await
}

/// What was noted of who came. Rows are never changed; the latest of a learner at a meeting counts.
async fn roll_calls(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("roll_call_entry")
                .col(uuid("id").primary_key())
                .col(uuid("meeting_id"))
                .col(uuid("learner_id"))
                .col(string("state"))
                .col(integer_null("minutes"))
                .col(big_integer("noted_at"))
                .col(uuid("noted_by"))
                .col(string("method"))
                .col(string("reason"))
                .col(big_integer("received_at"))
                .foreign_key(ForeignKey::create().from("roll_call_entry", "meeting_id").to("meeting", "id"))
                .foreign_key(ForeignKey::create().from("roll_call_entry", "learner_id").to("account", "id"))
                .to_owned(),
        )
        .await?;
    for (name, column) in [("ix_roll_call_meeting", "meeting_id"), ("ix_roll_call_learner", "learner_id")] {
        let index = Index::create().name(name).table("roll_call_entry").col(column).to_owned();
        manager.create_index(index).await?;
    }
    Ok(())
}
