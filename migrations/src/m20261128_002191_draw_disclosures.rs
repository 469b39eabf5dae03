//! Once candidates have sat the papers somebody discloses what they were drawn from, for everybody and for good.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let disclosure = Table::create()
            .table("assembly_disclosure")
            .col(uuid("assembly_id").primary_key())
            .col(uuid("disclosed_by"))
            .col(big_integer("disclosed_at"))
            .foreign_key(ForeignKey::create().from("assembly_disclosure", "assembly_id").to("assembly", "id"))
            .to_owned();
        manager.create_table(disclosure).await
    }
}
