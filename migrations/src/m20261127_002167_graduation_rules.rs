//! What the diploma of a level asks for beside its courses, region by region, each from one day on. A learner keeps the
//! row of the day of enrolment. Sources: DOMAIN §1.2 (a vocational certificate and a diploma), §1.3 (the formula of
//! Jinhua: culture up to 60, skill up to 40, 80 graduate). The 80 credits that §1.9 supposes for the province ([D]) are not
//! counted until the text is at hand; an elective is asked for wherever the level has one, §1.9 says so of Huzhou alone.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("graduation_rule")
                    .col(string("region"))
                    .col(string("level"))
                    .col(string("valid_from"))
                    .col(boolean("needs_skill_certificate"))
                    .col(integer("credits"))
                    .col(integer("culture_cap"))
                    .col(integer("skill_cap"))
                    .primary_key(Index::create().col("region").col("level").col("valid_from"))
                    .to_owned(),
            )
            .await?;
        let mut seed = Query::insert();
        seed.into_table("graduation_rule").columns([
            "region",
            "level",
            "valid_from",
            "needs_skill_certificate",
            "credits",
            "culture_cap",
            "skill_cap",
        ]);
        for (region, level, credits) in [("33", "junior", 0_i32), ("33", "senior", 0), ("3307", "senior", 80)] {
            seed.values_panic([
                region.into(),
                level.into(),
                "2022-01-01".into(),
                true.into(),
                credits.into(),
                60_i32.into(),
                40_i32.into(),
            ]);
        }
        manager.exec_stmt(seed).await
    }
}
