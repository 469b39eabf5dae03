//! Papers of mock tests are none of those that the next ones are to differ from: only what was planned for unified tests
//! counts as used.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mock_tests =
            Query::select().column("id").from("exam_session").and_where(Expr::col("kind").eq("mock")).to_owned();
        let delete = Query::delete()
            .from_table("paper_use")
            .and_where(Expr::col("exam_session_id").in_subquery(mock_tests))
            .to_owned();
        manager.get_connection().execute(&delete).await.map(drop)
    }
}
