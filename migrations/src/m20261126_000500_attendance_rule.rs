//! How attendance counts where and from which day on. Rows are added, never changed: a class keeps the row of its
//! first day in `class.rule_version`, such as `330000/2022-01-01`. The province's row is that of DOMAIN §1.9.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("attendance_rule")
                    .col(string("region"))
                    .col(string("valid_from"))
                    .col(small_integer("late_min"))
                    .col(small_integer("class_hour_min"))
                    .primary_key(Index::create().col("region").col("valid_from"))
                    .to_owned(),
            )
            .await?;
        let mut seed = Query::insert();
        seed.into_table("attendance_rule").columns(["region", "valid_from", "late_min", "class_hour_min"]);
        seed.values_panic(["33".into(), "2022-01-01".into(), 15_i16.into(), 45_i16.into()]);
        manager.exec_stmt(seed).await
    }
}
