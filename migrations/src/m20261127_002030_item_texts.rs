//! What items are found by: their letters, and the bands of their signatures; and which of them are alike. All of it is
//! derived from the newest versions, and made anew when they are.
//!
//! Items that are in the bank already have none of it: an event asks for it, so that the rule stands in one place.

use sea_orm_migration::{
    prelude::*,
    schema::*,
    sea_orm::{Statement, prelude::Uuid},
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// The one event of this migration.
const EVENT: Uuid = Uuid::from_u128(0x0020_2611_2700_2030);

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("item_text")
                    .col(uuid("item_id").primary_key())
                    .col(integer("rule"))
                    .col(text("text"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("item_band")
                    .col(uuid("course_id"))
                    .col(big_integer("band"))
                    .col(uuid("item_id"))
                    .primary_key(Index::create().col("course_id").col("band").col("item_id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("item_alike")
                    .col(uuid("item_id"))
                    .col(uuid("other_id"))
                    .col(integer("resemblance"))
                    .primary_key(Index::create().col("item_id").col("other_id"))
                    .to_owned(),
            )
            .await?;
        for (name, table, column) in
            [("ix_item_band_item", "item_band", "item_id"), ("ix_item_alike_other", "item_alike", "other_id")]
        {
            manager.create_index(Index::create().name(name).table(table).col(column).to_owned()).await?;
        }
        ask_for_texts(manager).await
    }
}

async fn ask_for_texts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let conn = manager.get_connection();
    let any = "SELECT id FROM item LIMIT 1";
    if conn.query_one_raw(Statement::from_string(conn.get_database_backend(), any)).await?.is_none() {
        return Ok(());
    }
    let event = Query::insert()
        .into_table("outbox_event")
        .columns(["id", "at", "topic", "payload"])
        .values_panic([EVENT.into(), 0_i64.into(), "items.without_text".into(), "{}".into()])
        .to_owned();
    conn.execute(&event).await.map(drop)
}
