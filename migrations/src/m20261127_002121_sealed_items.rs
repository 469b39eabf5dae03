//! What items ask lies sealed, and from the seal of a paper on, until candidates have sat it, its items are closed.
//!
//! What was stored before is sealed by a job, which has the key. Items of papers that are sealed already and that nobody
//! has sat are closed at once, and the words that they were found by are forgotten.

use sea_orm_migration::{
    prelude::*,
    schema::*,
    sea_orm::{Statement, prelude::Uuid},
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// The one event of this migration.
const EVENT: Uuid = Uuid::from_u128(0x0020_2611_2700_2121);

/// A version of an item is named in its paper once that is sealed.
const CLOSE: &str = "UPDATE item SET frozen_version = (SELECT MAX(p.item_version) FROM paper_item p \
     WHERE p.item_id = item.id AND NOT EXISTS (SELECT 1 FROM item_use u \
     WHERE u.item_id = p.item_id AND u.number >= p.item_version))";

/// Items whose newest version is closed.
const CLOSED: &str = "SELECT i.id FROM item i WHERE i.frozen_version IS NOT NULL AND NOT EXISTS \
     (SELECT 1 FROM item_version v WHERE v.item_id = i.id AND v.number > i.frozen_version)";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let frozen = integer_null("frozen_version");
        manager.alter_table(Table::alter().table("item").add_column(frozen).to_owned()).await?;
        let sealed = blob_null("sealed");
        manager.alter_table(Table::alter().table("item_version").add_column(sealed).to_owned()).await?;
        let conn = manager.get_connection();
        conn.execute_unprepared(CLOSE).await?;
        conn.execute_unprepared(&format!("DELETE FROM item_text WHERE item_id IN ({CLOSED})")).await?;
        let mut own = Index::create();
        own.name("ix_item_frozen").table("item").col("created_by").col("frozen_version");
        manager.create_index(own).await?;
        ask_for_seals(manager).await
    }
}

async fn ask_for_seals(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let conn = manager.get_connection();
    let any = "SELECT item_id FROM item_version LIMIT 1";
    if conn.query_one_raw(Statement::from_string(conn.get_database_backend(), any)).await?.is_none() {
        return Ok(());
    }
    let event = Query::insert()
        .into_table("outbox_event")
        .columns(["id", "at", "topic", "payload"])
        .values_panic([EVENT.into(), 0_i64.into(), "items.open_versions".into(), "{}".into()])
        .to_owned();
    conn.execute(&event).await.map(drop)
}
