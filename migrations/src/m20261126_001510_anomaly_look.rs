//! What teachers noted of unusual study that they have looked into. `mark` says what it is and names the facts that it
//! begins with, which stay whoever's they become; the learner stands in none of it.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("anomaly_look")
                    .col(uuid("class_id"))
                    .col(string("mark"))
                    .col(text("note"))
                    .col(uuid("looked_by"))
                    .col(big_integer("looked_at"))
                    .primary_key(Index::create().col("class_id").col("mark"))
                    .foreign_key(ForeignKey::create().from("anomaly_look", "class_id").to("class", "id"))
                    .to_owned(),
            )
            .await
    }
}
