//! Blueprints of papers, the assemblies of parallel forms that were drawn by them, and the papers that came of the
//! forms. And which papers were planned for which exam session, so that the next ones differ from them.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("blueprint")
                    .col(uuid("id").primary_key())
                    .col(uuid("course_id"))
                    .col(string("title"))
                    .col(integer("version"))
                    .col(text("content"))
                    .col(uuid("created_by"))
                    .col(uuid("changed_by"))
                    .col(big_integer("changed_at"))
                    .foreign_key(ForeignKey::create().from("blueprint", "course_id").to("course", "id"))
                    .to_owned(),
            )
            .await?;
        let by_course = Index::create().name("ix_blueprint_course").table("blueprint").col("course_id").to_owned();
        manager.create_index(by_course).await?;
        manager
            .create_table(
                Table::create()
                    .table("assembly")
                    .col(uuid("id").primary_key())
                    .col(uuid("blueprint_id"))
                    .col(integer("blueprint_version"))
                    .col(text("draft"))
                    .col(big_integer("seed"))
                    .col(integer("algorithm"))
                    .col(string("bank_sha256"))
                    .col(text("outcome"))
                    .col(uuid("drawn_by"))
                    .col(big_integer("drawn_at"))
                    .foreign_key(ForeignKey::create().from("assembly", "blueprint_id").to("blueprint", "id"))
                    .to_owned(),
            )
            .await?;
        let of_blueprint =
            Index::create().name("ix_assembly_blueprint").table("assembly").col("blueprint_id").to_owned();
        manager.create_index(of_blueprint).await?;
        manager.create_table(assembly_paper()).await?;
        manager.create_table(paper_use()).await?;
        let planned = Query::select().column("id").column("paper_id").from("exam_session").to_owned();
        let mut uses = Query::insert();
        uses.into_table("paper_use").columns(["exam_session_id", "paper_id"]);
        uses.select_from(planned).map_err(|error| DbErr::Custom(error.to_string()))?;
        manager.get_connection().execute(&uses).await.map(drop)
    }
}

fn assembly_paper() -> TableCreateStatement {
    Table::create()
        .table("assembly_paper")
        .col(uuid("assembly_id"))
        .col(integer("form"))
        .col(uuid("paper_id"))
        .primary_key(Index::create().col("assembly_id").col("form"))
        .foreign_key(ForeignKey::create().from("assembly_paper", "assembly_id").to("assembly", "id"))
        .foreign_key(ForeignKey::create().from("assembly_paper", "paper_id").to("paper", "id"))
        .to_owned()
}

fn paper_use() -> TableCreateStatement {
    Table::create()
        .table("paper_use")
        .col(uuid("exam_session_id"))
        .col(uuid("paper_id"))
        .primary_key(Index::create().col("exam_session_id").col("paper_id"))
        .foreign_key(ForeignKey::create().from("paper_use", "paper_id").to("paper", "id"))
        .to_owned()
}
