//! How versions of items did in tests, from the moment when results were released; and the responses to one item of a
//! test, which are asked for then.

use sea_orm_migration::{
    prelude::*,
    schema::*,
    sea_orm::{Statement, prelude::Uuid},
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// Shares and correlations are in thousandths; `options` is a JSON list of counts.
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("item_statistic")
                    .col(uuid("item_id"))
                    .col(uuid("exam_session_id"))
                    .col(integer("number"))
                    .col(big_integer("held_at"))
                    .col(integer("candidates"))
                    .col(integer("difficulty"))
                    .col(integer_null("discrimination"))
                    .col(text("options"))
                    .col(integer("unanswered"))
                    .col(big_integer("measured_at"))
                    .primary_key(Index::create().col("item_id").col("exam_session_id"))
                    .foreign_key(ForeignKey::create().from("item_statistic", "item_id").to("item", "id"))
                    .to_owned(),
            )
            .await?;
        let mut of_item = Index::create().name("ix_scored_response_item").table("scored_response").to_owned();
        manager.create_index(of_item.col("exam_session_id").col("item_id").to_owned()).await?;
        tell_of_released(manager).await
    }
}

/// Makes the id of an event out of that of an exam session, which other events have already.
const OTHER: u128 = 0x0020_2611_2700_2031;

/// Tests whose results were out before releasing them told anybody are told of now, so that they are measured.
async fn tell_of_released(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let conn = manager.get_connection();
    let released = "SELECT id, starts_at FROM exam_session WHERE state = 'published'";
    for row in conn.query_all_raw(Statement::from_string(conn.get_database_backend(), released)).await? {
        let (id, at): (Uuid, i64) = row.try_get_many_by_index()?;
        let event = Query::insert()
            .into_table("outbox_event")
            .columns(["id", "at", "topic", "payload"])
            .values_panic([
                Uuid::from_u128(id.as_u128() ^ OTHER).into(),
                at.into(),
                "results.released".into(),
                format!("{{\"exam_session_id\":\"{id}\"}}").into(),
            ])
            .to_owned();
        conn.execute(&event).await?;
    }
    Ok(())
}
