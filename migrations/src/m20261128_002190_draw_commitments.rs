//! When forms are drawn it is published what binds all that they came of: seed, bank, blueprint and algorithm. The bank as it
//! was, and what keeps the seed from being guessed, lie beside it until candidates have sat the papers.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let commitment = Table::create()
            .table("assembly_commitment")
            .col(uuid("assembly_id").primary_key())
            .col(text("commitment"))
            .col(integer("algorithm"))
            .col(boolean("is_seed_chosen"))
            .col(text("nonce"))
            .col(text("bank"))
            .col(big_integer("committed_at"))
            .foreign_key(ForeignKey::create().from("assembly_commitment", "assembly_id").to("assembly", "id"))
            .to_owned();
        manager.create_table(commitment).await
    }
}
