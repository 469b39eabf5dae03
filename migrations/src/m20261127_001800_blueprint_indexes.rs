//! Where a paper was planned and which form it was made of: both are asked by the paper, which comes last in their keys.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, table) in [("ix_paper_use_paper", "paper_use"), ("ix_assembly_paper_paper", "assembly_paper")] {
            let index = Index::create().name(name).table(table).col("paper_id").to_owned();
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
