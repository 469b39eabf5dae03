//! The bytes of a survey list lie in parts, so that nobody holds a whole list in memory to read it.
//!
//! A list that waited in one piece is one of one part.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// `content` is sealed by the key at rest, each part for its own place in the list.
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("roster_file_part")
                    .col(uuid("batch_id"))
                    .col(integer("part"))
                    .col(blob("content"))
                    .primary_key(Index::create().col("batch_id").col("part"))
                    .foreign_key(ForeignKey::create().from("roster_file_part", "batch_id").to("roster_batch", "id"))
                    .to_owned(),
            )
            .await?;
        let whole =
            Query::select().column("batch_id").expr(Expr::cust("0")).column("content").from("roster_file").to_owned();
        let mut parts = Query::insert();
        parts.into_table("roster_file_part").columns(["batch_id", "part", "content"]);
        parts.select_from(whole).map_err(|error| DbErr::Custom(error.to_string()))?;
        manager.get_connection().execute(&parts).await?;
        manager.drop_table(Table::drop().table("roster_file").to_owned()).await
    }
}
