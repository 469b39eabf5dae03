//! Why an office decided so about an accommodation may tell of an illness: it lies sealed from now on, and the row is found
//! by the turn in which the office decided. What was said before lay open and is taken away; the decisions stay.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// What the offices decided before.
const COPY: &str = "INSERT INTO sealed_answer (accommodation_id, turn, office, is_granted, decided_by, decided_at) \
    SELECT accommodation_id, CASE office WHEN 'county' THEN 1 ELSE 2 END, office, is_granted, decided_by, decided_at \
    FROM accommodation_answer";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(sealed_answer()).await?;
        manager.get_connection().execute_unprepared(COPY).await?;
        manager.drop_table(Table::drop().table("accommodation_answer").to_owned()).await?;
        manager.rename_table(Table::rename().table("sealed_answer", "accommodation_answer").to_owned()).await
    }
}

fn sealed_answer() -> TableCreateStatement {
    Table::create()
        .table("sealed_answer")
        .col(uuid("accommodation_id"))
        .col(integer("turn"))
        .col(string("office"))
        .col(boolean("is_granted"))
        .col(blob_null("reason"))
        .col(uuid("decided_by"))
        .col(big_integer("decided_at"))
        .primary_key(Index::create().col("accommodation_id").col("turn"))
        .foreign_key(ForeignKey::create().from("sealed_answer", "accommodation_id").to("accommodation", "id"))
        .to_owned()
}
