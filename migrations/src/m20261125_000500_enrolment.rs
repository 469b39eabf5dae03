//! 学籍: the rules of enrolment, learners' records and their papers, numbers, and codes of the first
//! log-in; and what the roster knows of learners.
//!
//! `content` of a photo is sealed by the key at rest: papers show whole numbers. A code is kept as its
//! blind index alone.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        rules(manager).await?;
        records(manager).await?;
        steps(manager).await?;
        attachments(manager).await?;
        activation_codes(manager).await?;
        number_counters(manager).await?;
        roster_learners(manager).await
    }
}

/// Who may enrol where, at which level and from which day on. Rows are added, never changed: learners
/// keep the row of their day. The province's rows are those of DOMAIN §1.9.
async fn rules(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("enrolment_rule")
                .col(string("region"))
                .col(string("level"))
                .col(string("valid_from"))
                .col(small_integer("youngest"))
                .col(small_integer("oldest"))
                .col(string("prior"))
                .col(boolean("is_literacy_enough"))
                .primary_key(Index::create().col("region").col("level").col("valid_from"))
                .to_owned(),
        )
        .await?;
    let mut seed = Query::insert();
    seed.into_table("enrolment_rule").columns([
        "region",
        "level",
        "valid_from",
        "youngest",
        "oldest",
        "prior",
        "is_literacy_enough",
    ]);
    for (level, prior, is_literacy_enough) in [("junior", "81", true), ("senior", "71", false)] {
        seed.values_panic([
            "33".into(),
            level.into(),
            "2022-01-01".into(),
            16_i16.into(),
            60_i16.into(),
            prior.into(),
            is_literacy_enough.into(),
        ]);
    }
    manager.exec_stmt(seed).await
}

/// A learner's record at one school and level. A person has one that runs, wherever it is: two offices
/// that enrol them at the same moment make one record. `name_key` holds the bytes of the name, whose
/// order is the same in every store.
async fn records(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("student_record")
                .col(uuid("id").primary_key())
                .col(integer("version"))
                .col(uuid("person_id"))
                .col(uuid("provider_id"))
                .col(string("division"))
                .col(string("residence_division"))
                .col(string("level"))
                .col(string("state"))
                .col(boolean("is_running"))
                .col(string("name"))
                .col(blob("name_key"))
                .col(uuid_null("roster_entry_id"))
                .col(string_null("education_level"))
                .col(boolean("is_literate"))
                .col(string("rule_region"))
                .col(string("rule_valid_from"))
                .col(small_integer("age"))
                .col(string("enrolled_on"))
                .col(string_null("learner_number").unique_key())
                .col(uuid_null("account_id"))
                .col(uuid_null("entered_by"))
                .col(big_integer("entered_at"))
                .col(big_integer("moved_at"))
                .foreign_key(ForeignKey::create().from("student_record", "person_id").to("person", "id"))
                .foreign_key(ForeignKey::create().from("student_record", "provider_id").to("provider", "id"))
                .foreign_key(ForeignKey::create().from("student_record", "roster_entry_id").to("roster_entry", "id"))
                .foreign_key(ForeignKey::create().from("student_record", "account_id").to("account", "id"))
                .foreign_key(
                    ForeignKey::create()
                        .from("student_record", ("rule_region", "level", "rule_valid_from"))
                        .to("enrolment_rule", ("region", "level", "valid_from")),
                )
                .to_owned(),
        )
        .await?;
    let mut once = Index::create();
    once.name("ux_student_record_running").table("student_record").col("person_id").unique();
    manager.create_index(once.and_where(Expr::col("is_running").eq(true)).to_owned()).await?;
    index(manager, "ix_student_record_person", "student_record", &["person_id"]).await?;
    index(manager, "ix_student_record_account", "student_record", &["account_id"]).await?;
    index(manager, "ix_student_record_place", "student_record", &["division", "id"]).await?;
    index(manager, "ix_student_record_name", "student_record", &["division", "name_key", "id"]).await?;
    for filter in ["state", "level", "provider_id"] {
        index(manager, &format!("ix_student_record_{filter}"), "student_record", &[filter, "division", "id"]).await?;
    }
    Ok(())
}

/// Every step of a record, in order; rows are never changed.
async fn steps(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("record_step")
                .col(uuid("record_id"))
                .col(integer("seq"))
                .col(string("step"))
                .col(string("from_state"))
                .col(string("to_state"))
                .col(text("reason"))
                .col(uuid_null("taken_by"))
                .col(big_integer("taken_at"))
                .primary_key(Index::create().col("record_id").col("seq"))
                .foreign_key(ForeignKey::create().from("record_step", "record_id").to("student_record", "id"))
                .to_owned(),
        )
        .await
}

/// Photos of papers. One that was taken away keeps its row, without its content.
async fn attachments(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("record_attachment")
                .col(uuid("id").primary_key())
                .col(uuid("record_id"))
                .col(string("kind"))
                .col(blob("content"))
                .col(integer("width"))
                .col(integer("height"))
                .col(integer("bytes"))
                .col(uuid("added_by"))
                .col(big_integer("added_at"))
                .col(uuid_null("removed_by"))
                .col(big_integer_null("removed_at"))
                .foreign_key(ForeignKey::create().from("record_attachment", "record_id").to("student_record", "id"))
                .to_owned(),
        )
        .await?;
    index(manager, "ix_record_attachment_record", "record_attachment", &["record_id", "added_at"]).await
}

/// Codes of a learner's first log-in. At most one of a record is not spent.
async fn activation_codes(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("activation_code")
                .col(uuid("id").primary_key())
                .col(uuid("record_id"))
                .col(blob("code_index").unique_key())
                .col(uuid("issued_by"))
                .col(big_integer("issued_at"))
                .col(integer("failed_tries"))
                .col(big_integer_null("spent_at"))
                .col(boolean("is_used"))
                .foreign_key(ForeignKey::create().from("activation_code", "record_id").to("student_record", "id"))
                .to_owned(),
        )
        .await?;
    index(manager, "ix_activation_code_record", "activation_code", &["record_id"]).await
}

/// The last serial of learners' numbers, by year, county and level.
async fn number_counters(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("learner_number_counter")
                .col(string("name").primary_key())
                .col(integer("last"))
                .to_owned(),
        )
        .await
}

/// How far persons have come as learners, for the states of their entries on rosters.
async fn roster_learners(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("roster_learner")
                .col(uuid("person_id"))
                .col(string("level"))
                .col(string("stage"))
                .primary_key(Index::create().col("person_id").col("level"))
                .foreign_key(ForeignKey::create().from("roster_learner", "person_id").to("person", "id"))
                .to_owned(),
        )
        .await?;
    index(manager, "ix_roster_entry_person", "roster_entry", &["person_id"]).await
}

async fn index(manager: &SchemaManager<'_>, name: &str, table: &str, columns: &[&str]) -> Result<(), DbErr> {
    let mut index = Index::create();
    index.name(name).table(table.to_owned());
    for column in columns {
        index.col((*column).to_owned());
    }
    manager.create_index(index).await
}
