//! What every feature writes through: the audit chain, the outbox, jobs and idempotency keys.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("audit_head")
                    .col(integer("id").primary_key())
                    .col(big_integer("seq"))
                    .col(string("hash"))
                    .to_owned(),
            )
            .await?;
        // The chain begins with a head that names no entry; every writer locks this row.
        manager
            .exec_stmt(
                Query::insert()
                    .into_table("audit_head")
                    .columns(["id", "seq", "hash"])
                    .values_panic([1.into(), 0i64.into(), "".into()])
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("audit_entry")
                    .col(big_integer("seq").primary_key())
                    .col(big_integer("at"))
                    .col(uuid_null("actor_id"))
                    .col(string("right"))
                    .col(string("target"))
                    .col(string("request_id"))
                    .col(text("detail"))
                    .col(string("previous_hash"))
                    .col(string("hash"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("outbox_event")
                    .col(uuid("id").primary_key())
                    .col(big_integer("at"))
                    .col(string("topic"))
                    .col(text("payload"))
                    .col(big_integer_null("sent_at"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("job")
                    .col(uuid("id").primary_key())
                    .col(string("kind"))
                    .col(string("state"))
                    .col(text("payload"))
                    .col(integer("tries"))
                    .col(integer("done"))
                    .col(integer("total"))
                    .col(text_null("result"))
                    .col(big_integer_null("lease_until"))
                    .col(big_integer("run_at"))
                    .col(big_integer("created_at"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("idempotency_key")
                    .col(uuid("account_id"))
                    .col(string("key"))
                    .col(string("request_hash"))
                    .col(text("reply"))
                    .col(big_integer("created_at"))
                    .primary_key(Index::create().col("account_id").col("key"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(Index::create().name("ix_job_due").table("job").col("state").col("run_at").to_owned())
            .await?;
        Ok(())
    }
}
