//! Providers of every kind with codes of their own, and where they teach (教学点), where the credit
//! bank is served (受理点) and where unified tests are sat (考点).
//!
//! Nothing here is ever deleted: it is closed. A change counts `version` up. Lists go by division.

use sea_orm_migration::{
    prelude::*,
    schema::*,
    sea_orm::{Statement, prelude::Uuid},
};
use std::collections::BTreeMap;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // The last number that was given to a provider, by county and type.
        manager
            .create_table(
                Table::create()
                    .table("org_code_counter")
                    .col(string("prefix").primary_key())
                    .col(integer("last"))
                    .to_owned(),
            )
            .await?;
        extend_providers(manager).await?;
        number_providers(manager).await?;
        manager
            .create_index(
                Index::create().name("ux_provider_org_code").table("provider").col("org_code").unique().to_owned(),
            )
            .await?;
        // A school of a city may be a provider in several of its counties, with one credit code.
        manager
            .create_index(
                Index::create()
                    .name("ux_provider_credit_code")
                    .table("provider")
                    .col("county")
                    .col("credit_code")
                    .unique()
                    .to_owned(),
            )
            .await?;
        let mut teaching_point = place("teaching_point");
        let teaching_point = of_provider(&mut teaching_point, "teaching_point").col(string("phone")).to_owned();
        manager.create_table(teaching_point).await?;
        let mut service_point = place("service_point");
        let service_point = of_provider(&mut service_point, "service_point")
            .col(string("phone"))
            .col(string("opening_hours"))
            // Names, and who is in charge; read and written as a whole.
            .col(text("staff"))
            .to_owned();
        manager.create_table(service_point).await?;
        let exam_site = place("exam_site")
            .col(integer("capacity"))
            .col(boolean("is_accessible"))
            .col(string("contact_name"))
            .col(string("contact_phone"))
            .to_owned();
        manager.create_table(exam_site).await?;
        for table in ["provider", "teaching_point", "service_point", "exam_site"] {
            let name = format!("ix_{table}_division");
            manager.create_index(Index::create().name(name).table(table).col("division").col("id").to_owned()).await?;
        }
        for table in ["teaching_point", "service_point"] {
            let name = format!("ix_{table}_provider");
            manager.create_index(Index::create().name(name).table(table).col("provider_id").to_owned()).await?;
        }
        manager
            .create_index(Index::create().name("ix_division_parent").table("division").col("parent").to_owned())
            .await
    }
}

/// What every place has.
fn place(table: &'static str) -> TableCreateStatement {
    Table::create()
        .table(table)
        .col(uuid("id").primary_key())
        .col(string("name"))
        .col(string("division"))
        .col(string("address"))
        .col(string("state"))
        .col(integer("version"))
        .col(big_integer("created_at"))
        .to_owned()
}

fn of_provider<'a>(point: &'a mut TableCreateStatement, table: &'static str) -> &'a mut TableCreateStatement {
    point.col(uuid("provider_id")).foreign_key(ForeignKey::create().from(table, "provider_id").to("provider", "id"))
}

async fn extend_providers(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        string("kind").default("adult_school").to_owned(),
        // Filled in at once below, and whenever a provider is entered.
        string("county").default("").to_owned(),
        string("org_code").default("").to_owned(),
        string_null("credit_code"),
        string_null("credit_code_reason"),
        string("state").default("open").to_owned(),
        integer("version").default(1).to_owned(),
    ];
    for column in columns {
        manager.alter_table(Table::alter().table("provider").add_column(column).to_owned()).await?;
    }
    Ok(())
}

/// The providers of earlier days were adult schools: type 1, in the order in which they came.
async fn number_providers(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let conn = manager.get_connection();
    let known = Statement::from_string(
        conn.get_database_backend(),
        "SELECT id, division FROM provider ORDER BY created_at, id",
    );
    let mut last: BTreeMap<String, i32> = BTreeMap::new();
    for row in conn.query_all_raw(known).await? {
        let (id, division): (Uuid, String) = row.try_get_many_by_index()?;
        let county = format!("{division:0<6}").chars().take(6).collect::<String>();
        let prefix = format!("{county}1");
        let number = last.entry(prefix.clone()).or_default();
        *number += 1;
        let update = Query::update()
            .table("provider")
            .values([("county", county.into()), ("org_code", format!("{prefix}{number:03}").into())])
            .and_where(Expr::col("id").eq(id))
            .to_owned();
        conn.execute(&update).await?;
    }
    for (prefix, last) in last {
        let insert = Query::insert()
            .into_table("org_code_counter")
            .columns(["prefix", "last"])
            .values_panic([prefix.into(), last.into()])
            .to_owned();
        conn.execute(&insert).await?;
    }
    Ok(())
}
