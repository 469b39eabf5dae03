//! What authors and reviewers say of items quotes what these ask: it lies sealed as the items do.
//!
//! What was said before is sealed by a job, which has the key.

use sea_orm_migration::{
    prelude::*,
    schema::*,
    sea_orm::{Statement, prelude::Uuid},
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// The one event of this migration.
const EVENT: Uuid = Uuid::from_u128(0x0020_2611_2700_2163);

/// Whether anybody has said anything.
const ANY: &str =
    "SELECT item_id FROM item_comment UNION ALL SELECT item_id FROM item_review WHERE reason <> '' LIMIT 1";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["item_comment", "item_review"] {
            let sealed = blob_null("sealed");
            manager.alter_table(Table::alter().table(table).add_column(sealed).to_owned()).await?;
        }
        ask_for_seals(manager).await
    }
}

async fn ask_for_seals(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let conn = manager.get_connection();
    if conn.query_one_raw(Statement::from_string(conn.get_database_backend(), ANY)).await?.is_none() {
        return Ok(());
    }
    let event = Query::insert()
        .into_table("outbox_event")
        .columns(["id", "at", "topic", "payload"])
        .values_panic([EVENT.into(), 0_i64.into(), "items.open_remarks".into(), "{}".into()])
        .to_owned();
    conn.execute(&event).await.map(drop)
}
