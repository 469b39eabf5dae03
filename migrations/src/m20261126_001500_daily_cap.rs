//! How much of what is studied online counts a day, where, and from which day on. Rows are added, never changed: each
//! day keeps the row that held on it. The province's row is that of DOMAIN §4.7.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("daily_cap")
                    .col(string("region"))
                    .col(string("valid_from"))
                    .col(small_integer("minutes"))
                    .primary_key(Index::create().col("region").col("valid_from"))
                    .to_owned(),
            )
            .await?;
        let mut seed = Query::insert();
        seed.into_table("daily_cap").columns(["region", "valid_from", "minutes"]);
        seed.values_panic(["33".into(), "2022-01-01".into(), 480_i16.into()]);
        manager.exec_stmt(seed).await
    }
}
