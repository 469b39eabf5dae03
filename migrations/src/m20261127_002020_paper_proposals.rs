//! Two persons seal a paper: one finds it ready, in the versions that its items have by then, and another seals these
//! very versions. Papers that were sealed before have no such proposal.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let is_another = Expr::col("sealed_by").ne(Expr::col("proposed_by"));
        for column in [
            uuid_null("proposed_by"),
            big_integer_null("proposed_at"),
            string_null("sent_back_because"),
            uuid_null("sealed_by").check(is_another).to_owned(),
        ] {
            manager.alter_table(Table::alter().table("paper").add_column(column).to_owned()).await?;
        }
        let proposed_version = integer_null("proposed_version");
        manager.alter_table(Table::alter().table("paper_item").add_column(proposed_version).to_owned()).await
    }
}
