//! Jobs with leases. The table of the first day was never written to: it makes way.

use sea_orm_migration::{
    prelude::*,
    schema::*,
    sea_orm::{Statement, prelude::Uuid},
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("job").to_owned()).await?;
        manager
            .create_table(
                Table::create()
                    .table("job")
                    .col(uuid("id").primary_key())
                    .col(string("kind"))
                    .col(text("input"))
                    // What is open at most once: empty when the job is finished.
                    .col(string_null("slot").unique_key())
                    .col(uuid_null("asked_by"))
                    .col(string("request_id"))
                    .col(big_integer("asked_at"))
                    .col(big_integer("run_at"))
                    .col(integer("claims"))
                    .col(big_integer_null("lease_until"))
                    .col(integer("failures"))
                    .col(integer("done"))
                    .col(integer("total"))
                    .col(text_null("result"))
                    .col(big_integer_null("finished_at"))
                    .col(string_null("problem"))
                    .to_owned(),
            )
            .await?;
        let due = Index::create().name("ix_job_open").table("job").col("finished_at").col("run_at").to_owned();
        manager.create_index(due).await?;
        let mut unsent = Index::create().name("ix_outbox_event_unsent").table("outbox_event").to_owned();
        manager.create_index(unsent.col("sent_at").col("topic").col("at").to_owned()).await?;
        tell_of_armed(manager).await
    }
}

/// Tests that were armed before arming told anybody are told of now, so that they are closed and scored.
async fn tell_of_armed(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let conn = manager.get_connection();
    let armed =
        "SELECT id, starts_at FROM exam_session WHERE state = 'armed' OR (state = 'marking' AND scored_at IS NULL)";
    for row in conn.query_all_raw(Statement::from_string(conn.get_database_backend(), armed)).await? {
        let (id, at): (Uuid, i64) = row.try_get_many_by_index()?;
        let event = Query::insert()
            .into_table("outbox_event")
            .columns(["id", "at", "topic", "payload"])
            .values_panic([
                id.into(),
                at.into(),
                "exam_session.armed".into(),
                format!("{{\"exam_session_id\":\"{id}\"}}").into(),
            ])
            .to_owned();
        conn.execute(&event).await?;
    }
    Ok(())
}
