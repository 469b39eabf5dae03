//! In which tests candidates saw an item. What was sat and scored before is known by its sealed paper.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const SAT_BEFORE: &str = "INSERT INTO item_use (item_id, exam_session_id, number, used_at) \
    SELECT paper_item.item_id, exam_session.id, paper_item.item_version, exam_session.starts_at \
    FROM exam_session JOIN paper_item ON paper_item.paper_id = exam_session.paper_id \
    WHERE exam_session.scored_at IS NOT NULL AND paper_item.item_version IS NOT NULL";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("item_use")
                    .col(uuid("item_id"))
                    .col(uuid("exam_session_id"))
                    .col(integer("number"))
                    .col(big_integer("used_at"))
                    .primary_key(Index::create().col("item_id").col("exam_session_id"))
                    .foreign_key(ForeignKey::create().from("item_use", "item_id").to("item", "id"))
                    .to_owned(),
            )
            .await?;
        manager.get_connection().execute_unprepared(SAT_BEFORE).await.map(drop)
    }
}
